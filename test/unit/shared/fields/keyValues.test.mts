/** Free key-value data, as pairs and as JSON. */
import { describe, expect, test } from '@jest/globals';

import { keyValueFields, keyValues } from '../../../../nodes/shared/fields/keyValues.ts';

describe('pairs', () => {
	test.each([
		[{ pairs: [{ key: 'art', value: 'fair' }] }, { art: 'fair' }],
		[{ pairs: [{ key: ' art ', value: ' fair ' }] }, { art: ' fair ' }],
		[{ pairs: [{ key: 'n', value: 7 }] }, { n: 7 }],
		[{ pairs: [{ key: 'empty', value: '' }] }, { empty: '' }],
		[
			{
				pairs: [
					{ key: 'a', value: '1' },
					{ key: 'a', value: '2' },
				],
			},
			{ a: '2' },
		],
		[{ pairs: [] }, {}],
		[{}, {}],
	])('%j are %j', (given, result) => {
		expect(keyValues.parse(given)).toEqual(result);
	});

	test('a key that every object has is data like any other', () => {
		const pairs = [{ key: '__proto__', value: 'x' }];

		expect(JSON.stringify(keyValues.parse({ pairs }))).toBe('{"__proto__":"x"}');
	});

	test.each([
		[{ pairs: [{ key: '', value: 'x' }] }, 'has a pair without a key'],
		[{ pairs: [{ value: 'x' }] }, 'has a pair without a key'],
		[{ pairs: ['x'] }, 'must be a list of keys with their values'],
	])('%j are rejected', (given, issue) => {
		expect(keyValues.safeParse(given).error?.issues[0]?.message).toBe(issue);
	});

	test('have two fields, for pairs and for JSON', () => {
		expect(
			keyValueFields('Meta Data', 'metaData', 'Data of your own').map(({ displayName, name }) => [
				displayName,
				name,
			]),
		).toEqual([
			['Meta Data', 'metaData'],
			['Meta Data (JSON)', 'metaDataJson'],
		]);
	});
});

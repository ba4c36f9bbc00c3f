/** Eventtia: ids, event addresses, prices and quantities as users enter them. */
import { describe, expect, test } from '@jest/globals';

import { byAttendeeType } from '../../../nodes/Eventtia/customFields/byAttendeeType.ts';
import { eventUri, numericId, numericIds } from '../../../nodes/Eventtia/fields.ts';
import { quantities } from '../../../nodes/Eventtia/customFields/quantities.ts';

function readIssue(result: { success: boolean; error?: { issues: Array<{ message: string }> } }) {
	return result.success ? undefined : result.error?.issues[0]?.message;
}

describe('the URI of an event', () => {
	test.each([
		['spring-fair', 'spring-fair'],
		['https://live.eventtia.com/es/firsttest', 'firsttest'],
		['https://live.eventtia.com/firsttest', 'firsttest'],
		['http://LIVE.eventtia.com/en/firsttest/agenda?x=1#y', 'firsttest'],
		['HTTPS://live.eventtia.com/en/first%20test', 'first test'],
		['https://live.eventtia.com/en/100%', '100%'],
		['https://live.eventtia.com/english/talk', 'english'],
		['https://live.eventtia.com/', undefined],
		['https://live.eventtia.com', undefined],
	])('in %s is %s', (text, expected) => {
		expect(eventUri.safeParse(text).data).toBe(expected);
	});
});

describe('ids', () => {
	test.each([
		['12', 12],
		[12, 12],
		[' 12 ', 12],
		['123456789012345', 123456789012345],
	])('%j is %i', (value, expected) => {
		expect(numericId.parse(value)).toBe(expected);
	});

	test.each(['', 'vip', '-1', '1.5', '1e3', '0x1', '1234567890123456', null, undefined, {}])(
		'%j is not an id',
		(value) => {
			expect(readIssue(numericId.safeParse(value))).toMatch(/is empty|must be/);
		},
	);

	test('several can be a list or a text', () => {
		expect(numericIds.parse(['1', 2, ''])).toEqual([1, 2]);
		expect(numericIds.parse('1, 2')).toEqual([1, 2]);
		expect(numericIds.parse([])).toEqual([]);
		expect(readIssue(numericIds.safeParse(['1', 'x']))).toBe(
			'must be IDs of Eventtia: digits only',
		);
	});
});

describe('prices by attendee type', () => {
	const price = byAttendeeType('price');

	test.each([
		[
			{
				rows: [
					{ attendeeTypeId: '1', price: 2.5 },
					{ attendeeTypeId: 2, price: '3' },
				],
			},
			{ '1': 2.5, '2': 3 },
		],
		[{}, {}],
		[{ rows: [] }, {}],
	])('%j', (value, expected) => {
		expect(price.parse(value)).toEqual(expected);
	});

	test.each([
		['text', 'must be values by attendee type'],
		[{ rows: ['x'] }, 'must be a list of attendee types with values'],
		[{ rows: [{ price: 1 }] }, 'has a row without an attendee type'],
		[{ rows: [{ attendeeTypeId: '1' }] }, 'has a price that is not a number from 0 on'],
		// An expression that finds nothing gives these. They must not become a price of 0.
		[{ rows: [{ attendeeTypeId: '1', price: '' }] }, 'has a price that is not a number from 0 on'],
		[{ rows: [{ attendeeTypeId: '1', price: [] }] }, 'has a price that is not a number from 0 on'],
		[{ rows: [{ attendeeTypeId: '1', price: -1 }] }, 'has a price that is not a number from 0 on'],
		[{ '1': 200 }, 'must be a list of attendee types with values'],
	])('%j %s', (value, expected) => {
		expect(readIssue(price.safeParse(value))).toBe(expected);
	});

	test('visibility is sent as text', () => {
		expect(
			byAttendeeType('shown').parse({
				rows: [
					{ attendeeTypeId: '1', shown: true },
					{ attendeeTypeId: '2', shown: false },
					{ attendeeTypeId: '3', shown: 'true' },
				],
			}),
		).toEqual({ '1': 'true', '2': 'false', '3': 'true' });
	});

	test.each([undefined, null, '', 'yes', 1])('%j is no visibility', (shown) => {
		const rows = [{ attendeeTypeId: '4', shown }];

		expect(readIssue(byAttendeeType('shown').safeParse({ rows }))).toBe(
			'has a row that is neither shown nor hidden',
		);
	});
});

describe('quantities of purchase items', () => {
	test.each([
		[{ rows: [{ purchaseItemId: '701', quantity: 2 }] }, { '701': 2 }],
		[{}, {}],
	])('%j', (value, expected) => {
		expect(quantities.parse(value)).toEqual(expected);
	});

	test.each([
		[[], 'must be quantities by purchase item'],
		[{ rows: [1] }, 'must be a list of purchase items with quantities'],
		[{ rows: [{ quantity: 1 }] }, 'has a row without a purchase item'],
		[
			{ rows: [{ purchaseItemId: '1', quantity: 1.5 }] },
			'has a quantity that is not a whole number',
		],
		[{ '701': 1 }, 'must be a list of purchase items with quantities'],
	])('%j %s', (value, expected) => {
		expect(readIssue(quantities.safeParse(value))).toBe(expected);
	});
});

/** The fields that every list has: search pages, *Return All*, *Limit*, *Simplify*, and the run options. */
import { describe, expect, test } from '@jest/globals';

import {
	limitField,
	readLimit,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../../nodes/shared/fields/lists.ts';
import {
	toLimits,
	runOptionValidators,
	runOptions,
} from '../../../../nodes/shared/fields/runOptions.ts';
import { searchPage } from '../../../../nodes/shared/fields/search.ts';
import { itemWith } from '../support/items.mts';

const entries = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Guest ${index}`, value: `g${index}` }));

describe('searchPage', () => {
	test('returns pages of 100 until the end', () => {
		const all = entries(205);
		const seen = [];
		let token: string | undefined;
		const sizes = [];
		do {
			const page = searchPage(all, undefined, token);
			seen.push(...page.results);
			sizes.push(page.results.length);
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		expect(sizes).toEqual([100, 100, 5]);
		expect(seen).toEqual(all);
	});

	test.each([0, 1, 100])('%i entries are one page', (count) => {
		expect(searchPage(entries(count), '', undefined)).toEqual({ results: entries(count) });
	});

	test('matches any part of a name or value, ignoring case', () => {
		const list = [
			{ name: 'Jane Doe', value: 'jane@example.com' },
			{ name: 'VIP', value: 5 },
		];
		expect(searchPage(list, ' DOE ', undefined).results).toEqual([list[0]]);
		expect(searchPage(list, '@EXAMPLE', undefined).results).toEqual([list[0]]);
		expect(searchPage(list, '5', undefined).results).toEqual([list[1]]);
		expect(searchPage(list, 'nobody', undefined)).toEqual({ results: [] });
		expect(searchPage(list, '  ', undefined).results).toEqual(list);
	});

	test('pages contain only entries that match', () => {
		const list = entries(300);
		const first = searchPage(list, 'guest 1', undefined);
		expect(first.results).toHaveLength(100);
		expect(searchPage(list, 'guest 1', String(first.paginationToken)).results).toHaveLength(11);
	});

	test.each(['rubbish', '', '1000'])('an invalid page token %j is ignored', (token) => {
		expect(searchPage(entries(3), '', token).results).toHaveLength(token === '1000' ? 0 : 3);
	});
});

describe('Return All and Limit', () => {
	test.each([
		[{ returnAll: true, limit: 5 }, Infinity],
		[{ returnAll: true }, Infinity],
		[{ returnAll: false, limit: 5 }, 5],
		[{ returnAll: 'false', limit: '7' }, 7],
	])('%j', (parameters, limit) => {
		expect(readLimit(itemWith(parameters))).toBe(limit);
	});

	test.each([0, -1, 1.5, 'all', 10_000_001])(
		'a limit of %j is rejected with its label',
		(limit) => {
			const item = itemWith({ returnAll: false, limit }, [returnAllField, limitField]);
			expect(() => readLimit(item)).toThrow(/^"Limit" must be/);
		},
	);
});

test('Simplify chooses between the simplified record and a copy', () => {
	const simplify = ({ id }: { id: string; rest: number }) => ({ id });
	const record = { id: 'a', rest: 1 };
	expect(readSimplify(itemWith({ simplify: true }), simplify)(record)).toEqual({ id: 'a' });
	const raw = readSimplify(itemWith({ simplify: false }), simplify)(record);
	expect(raw).toEqual(record);
	expect(raw).not.toBe(record);
	const item = itemWith({ simplify: 'perhaps' }, [simplifyField]);
	expect(() => readSimplify(item, simplify)).toThrow('"Simplify" must be true or false');
});

const VENDOR = { name: 'Vendor', defaultConcurrency: 4 };

describe('run options', () => {
	test('converts seconds to milliseconds; the defaults are 30 s and 5 minutes', () => {
		expect(toLimits(VENDOR, {})).toEqual({ timeoutMs: 30_000, maxWaitMs: 300_000 });
		expect(toLimits(VENDOR, { timeout: 1, maxWait: 0 })).toEqual({
			timeoutMs: 1_000,
			maxWaitMs: 0,
		});
	});

	test('the validators accept the defaults and bounds of the fields, and nothing beyond', () => {
		for (const field of runOptions(VENDOR)) {
			const { minValue, maxValue } = field.typeOptions ?? {};
			const validator = Object.entries(runOptionValidators).find(
				([name]) => name === field.name,
			)?.[1];
			const accepts = (value: unknown) => validator?.safeParse(value).success;
			expect([field.default, minValue, maxValue].map(accepts)).toEqual([true, true, true]);
			expect([Number(minValue) - 1, Number(maxValue) + 1].map(accepts)).toEqual([false, false]);
		}
	});

	test('without a choice, the limits are the defaults of the fields', () => {
		const shown = Object.fromEntries(runOptions(VENDOR).map((f) => [f.name, f.default]));
		expect(
			toLimits(VENDOR, { timeout: Number(shown.timeout), maxWait: Number(shown.maxWait) }),
		).toEqual(toLimits(VENDOR, {}));
		expect(shown.concurrency).toBe(4);
	});
});

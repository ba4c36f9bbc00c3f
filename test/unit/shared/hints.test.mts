/** Hints of several items become one. */
import { describe, expect, test } from '@jest/globals';

import {
	describeItems,
	describePositions,
	Hints,
	type HintTopic,
} from '../../../nodes/shared/hints.ts';

const NOT_USED: HintTopic<string> = {
	type: 'info',
	write: (facts) =>
		`${facts.map(({ fact }) => fact).join(', ')} not used (${describeItems(facts) ?? 'no item'}).`,
};
const CLOCK: HintTopic<number> = { type: 'warning', write: ([first]) => `Off by ${first?.fact}.` };
const NOTHING: HintTopic<number> = { type: 'info', write: () => undefined };

describe('Hints', () => {
	test('has none at first', () => {
		expect(new Hints().all()).toEqual([]);
	});

	test('writes one hint for each topic, with the facts in the order of the items', () => {
		const hints = new Hints();
		hints.add(NOT_USED, 'Diett', 2);
		hints.add(CLOCK, 7);
		hints.add(NOT_USED, 'Nam', 0);

		expect(hints.all()).toEqual([
			{ message: 'Nam, Diett not used (items 1 and 3).', type: 'info', location: 'outputPane' },
			{ message: 'Off by 7.', type: 'warning', location: 'outputPane' },
		]);
	});

	test('a topic may find that there is nothing to say', () => {
		const hints = new Hints();
		hints.add(NOTHING, 1);

		expect(hints.all()).toEqual([]);
	});
});

test.each<[Array<number | undefined>, string | undefined]>([
	[[undefined], undefined],
	[[0], 'item 1'],
	[[0, 0], 'item 1'],
	[[0, 3, undefined, 6], 'items 1, 4 and 7'],
	[Array.from({ length: 30 }, (_, index) => index), 'items 1, 2, 3, 4, 5 and 25 more'],
])('items %j are called %s', (items, expected) => {
	expect(describeItems(items.map((item) => ({ item, fact: null })))).toBe(expected);
});

test('positions are counted beyond the fifth', () => {
	expect(describePositions([9])).toBe('9');
	expect(describePositions([1, 2, 3, 4, 5])).toBe('1, 2, 3, 4 and 5');
	expect(describePositions([1, 2, 3, 4, 5, 6])).toBe('1, 2, 3, 4, 5 and 1 more');
});

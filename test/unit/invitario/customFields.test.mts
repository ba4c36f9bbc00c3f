/** Labels for custom fields. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
	customFieldKey,
	isCustomField,
	applyLabels,
} from '../../../nodes/Invitario/customFields.ts';

const FIELDS = {
	lastName: 'Smith',
	customField1: 'green',
	customField13: 'yes',
	customField47: ['vegetarian', 'vegan'],
};

test.each([
	['customField13', 'customField13'],
	[' customField13 ', 'customField13'],
	['13', 'customField13'],
	['013', 'customField13'],
	[' 0 ', 'customField0'],
	['', undefined],
	['host', undefined],
	['customField', undefined],
	['customField1a', undefined],
	['CustomField1', undefined],
	['-1', undefined],
	['1.5', undefined],
])('%j means the key %j', (field, key) => {
	expect(customFieldKey(field)).toBe(key);
});

test.each([
	['customField1', true],
	['customField', false],
	['mycustomField1', false],
	['customField1 ', false],
	['lastName', false],
])('%j is a custom field: %s', (key, expected) => {
	expect(isCustomField(key)).toBe(expected);
});

describe('applyLabels', () => {
	test('returns only custom fields, under their labels, with unchanged values', () => {
		const labels = new Map([
			['customField13', 'Host'],
			['customField47', 'Meal'],
			['customField99', 'Not there'],
		]);
		expect(applyLabels(FIELDS, labels)).toEqual({
			customField1: 'green',
			Host: 'yes',
			Meal: ['vegetarian', 'vegan'],
		});
	});

	test('accepts __proto__ as a label', () => {
		const result = applyLabels(
			{ customField1: ['green'] },
			new Map([['customField1', '__proto__']]),
		);
		expect(Object.entries(result)).toEqual([['__proto__', ['green']]]);
		expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
	});

	test('adds the key to a label that is given twice', () => {
		const labels = new Map([
			['customField1', 'Host'],
			['customField13', 'Host'],
		]);
		expect(applyLabels(FIELDS, labels)).toEqual({
			'Host (customField1)': 'green',
			'Host (customField13)': 'yes',
			customField47: FIELDS.customField47,
		});
	});

	test('adds it also for a guest who has only one of the two fields', () => {
		const labels = new Map([
			['customField1', 'Host'],
			['customField13', 'Host'],
		]);
		expect(applyLabels({ customField1: 'green' }, labels)).toEqual({
			'Host (customField1)': 'green',
		});
	});

	test('keeps a field whose key is the label of another one', () => {
		const labels = new Map([['customField1', 'customField13']]);
		expect(applyLabels(FIELDS, labels)).toEqual({
			'customField13 (customField1)': 'green',
			'customField13 (customField13)': 'yes',
			customField47: FIELDS.customField47,
		});
	});

	test('returns an empty object without custom fields', () => {
		expect(applyLabels({}, new Map([['customField1', 'Host']]))).toEqual({});
		expect(applyLabels({ lastName: 'Smith' }, new Map())).toEqual({});
	});

	test('loses no value and names a field the same for every guest', () => {
		const key = fc.nat({ max: 6 }).map((number) => `customField${number}`);
		const guests = fc.array(fc.dictionary(key, fc.nat()), { minLength: 2, maxLength: 2 });
		const labels = fc.dictionary(key, fc.constantFrom('Host', 'Meal', 'Table'));
		fc.assert(
			fc.property(guests, labels, (people, chosen) => {
				const map = new Map(Object.entries(chosen));
				const names = new Map<string, string>();
				for (const fields of people) {
					const out = applyLabels(fields, map);
					expect(Object.values(out)).toEqual(Object.values(fields));
					Object.keys(fields).forEach((field, at) => {
						const name = Object.keys(out)[at] ?? '';
						expect(names.get(field) ?? name).toBe(name);
						names.set(field, name);
					});
				}
			}),
		);
	});
});

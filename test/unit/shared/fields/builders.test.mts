/** The field builders: n8n's types and defaults, and the wording of collections. */
import { expect, test } from '@jest/globals';

import {
	booleanField,
	collectionField,
	dateField,
	textField,
} from '../../../../nodes/shared/fields/builders.ts';

test.each([
	[textField('Name', 'name', 'The name'), { type: 'string', default: '' }],
	[dateField('Day', 'day', 'The day'), { type: 'dateTime', default: '' }],
	[booleanField('Open', 'open', true, 'Whether it is open'), { type: 'boolean', default: true }],
])('$displayName', (field, expected) => {
	expect(field).toMatchObject(expected);
	expect(field).not.toHaveProperty('placeholder');
});

test('a text field has a placeholder only if one is given', () => {
	expect(textField('Name', 'name', 'The name', 'e.g. Jane').placeholder).toBe('e.g. Jane');
});

test.each([
	['additionalFields', 'Additional Fields', 'Add field'],
	['updateFields', 'Update Fields', 'Add field'],
	['filters', 'Filters', 'Add filter'],
	['options', 'Options', 'Add option'],
] as const)(
	'%s is a collection with its entries in alphabetical order',
	(name, displayName, placeholder) => {
		const entries = [textField('Zone', 'zone', 'The zone'), textField('Area', 'area', 'The area')];

		expect(collectionField(name, entries)).toEqual({
			displayName,
			name,
			type: 'collection',
			placeholder,
			default: {},
			options: [entries[1], entries[0]],
		});
	},
);

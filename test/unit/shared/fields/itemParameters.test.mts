/** Reading and validating the parameters of an item; messages have the labels that people see. */
import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { emailAddress, requiredText, boolean } from '../../../../nodes/shared/fields/validators.ts';
import { InputError } from '../../../../nodes/shared/errors.ts';
import { itemWith } from '../support/items.mts';

const FIELDS: INodeProperties[] = [
	{ displayName: 'Guest Email', name: 'userEmail', type: 'string', default: '' },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		options: [{ displayName: 'Job Title', name: 'role', type: 'string', default: '' }],
	},
];

/** The message and hint of the InputError that reading throws. */
function inputError(read: () => unknown): { message: string; hint: string | undefined } {
	try {
		read();
	} catch (error) {
		if (error instanceof InputError) return { message: error.message, hint: error.hint };
		throw error;
	}
	throw new Error('Nothing was thrown');
}

describe('read', () => {
	test('returns a validated value', () => {
		const item = itemWith({ userEmail: ' jane@example.com ' }, FIELDS);
		expect(item.read('userEmail', emailAddress)).toBe('jane@example.com');
	});

	test.each(['list', 'email', 'name'])(
		'of a resource locator in mode %s, returns the value',
		(mode) => {
			const item = itemWith({ userEmail: { __rl: true, mode, value: 'jane@example.com' } }, FIELDS);
			expect(item.read('userEmail', emailAddress)).toBe('jane@example.com');
		},
	);

	test('the error names the label and what to do, and does not repeat the value', () => {
		const item = itemWith({ userEmail: 'hunter2 is no address' }, FIELDS);
		const { message, hint } = inputError(() => item.read('userEmail', emailAddress));
		expect(message).toBe('"Guest Email" is not an email address');
		expect(hint).toBe('Correct "Guest Email" and run the node again.');
	});

	test('a missing parameter is empty; one without a field is called by its name', () => {
		const item = itemWith({});
		const { message } = inputError(() => item.read('userEmail', requiredText));
		expect(message).toBe('"userEmail" is empty');
	});
});

describe('readLocator', () => {
	test('returns the mode with the value', () => {
		const item = itemWith({ guestId: { __rl: true, mode: 'accessCode', value: ' abc ' } });
		expect(item.readLocator('guestId', () => requiredText)).toEqual({
			mode: 'accessCode',
			value: 'abc',
		});
	});

	test('a plain value, as AI agents give it, has no mode', () => {
		const item = itemWith({ guestId: 'abc' });
		expect(item.readLocator('guestId', () => requiredText)).toEqual({ mode: '', value: 'abc' });
	});

	test('an empty choice is an error', () => {
		const item = itemWith({ userEmail: { __rl: true, mode: 'list', value: '' } }, FIELDS);
		const { message } = inputError(() => item.readLocator('userEmail', () => requiredText));
		expect(message).toBe('"Guest Email" is empty');
	});
});

describe('readCollection', () => {
	const validators = { role: requiredText, vip: boolean };

	test('returns only entries that were added and have a validator', () => {
		const item = itemWith({ additionalFields: { role: 'Speaker', other: 'x' } }, FIELDS);
		expect(item.readCollection('additionalFields', validators)).toEqual({ role: 'Speaker' });
	});

	test.each([
		['missing', {}],
		['empty', { additionalFields: {} }],
		['null', { additionalFields: null }],
		['a list', { additionalFields: ['x'] }],
		['with empty entries', { additionalFields: { role: null, vip: undefined } }],
	])('%s: no entries', (_, parameters) => {
		expect(itemWith(parameters, FIELDS).readCollection('additionalFields', validators)).toEqual({});
	});

	test('false counts as an entry', () => {
		const item = itemWith({ additionalFields: { vip: false } }, FIELDS);
		expect(item.readCollection('additionalFields', validators)).toEqual({ vip: false });
	});

	test('of a resource locator inside, returns the value', () => {
		const role = { __rl: true, mode: 'list', value: 'Speaker' };
		const item = itemWith({ additionalFields: { role } }, FIELDS);
		expect(item.readCollection('additionalFields', validators)).toEqual({ role: 'Speaker' });
	});

	test('the error names the entry by its label, or by its name if it has none', () => {
		const item = itemWith({ additionalFields: { role: {}, vip: 'perhaps' } }, FIELDS);
		const role = inputError(() => item.readCollection('additionalFields', { role: requiredText }));
		expect(role.message).toBe('"Job Title" must be text, but is an object');
		const vip = inputError(() => item.readCollection('additionalFields', { vip: boolean }));
		expect(vip.message).toBe('"vip" must be true or false, but is a string');
	});
});

test('timeZone is that of the workflow', () => {
	expect(itemWith({}, [], 'America/New_York').timeZone).toBe('America/New_York');
});

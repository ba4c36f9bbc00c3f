/** Parameters of an item: read, checked, and complained about by the names a person sees. */
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

/** What a person gets to read. */
function complaint(read: () => unknown): { message: string; hint: string | undefined } {
	try {
		read();
	} catch (error) {
		if (error instanceof InputError) return { message: error.message, hint: error.hint };
		throw error;
	}
	throw new Error('There was no complaint');
}

describe('read', () => {
	test('a plain value, checked', () => {
		const item = itemWith({ userEmail: ' jane@example.com ' }, FIELDS);
		expect(item.read('userEmail', emailAddress)).toBe('jane@example.com');
	});

	test.each(['list', 'email', 'name'])('a resource locator in mode %s gives its value', (mode) => {
		const item = itemWith({ userEmail: { __rl: true, mode, value: 'jane@example.com' } }, FIELDS);
		expect(item.read('userEmail', emailAddress)).toBe('jane@example.com');
	});

	test('the complaint names the label and what to do, and does not repeat the value', () => {
		const item = itemWith({ userEmail: 'hunter2 is no address' }, FIELDS);
		const { message, hint } = complaint(() => item.read('userEmail', emailAddress));
		expect(message).toBe('"Guest Email" is not an email address');
		expect(hint).toBe('Correct "Guest Email" and run the node again.');
	});

	test('a parameter that is not there is empty; one without a field keeps its name', () => {
		const item = itemWith({});
		const { message } = complaint(() => item.read('userEmail', requiredText));
		expect(message).toBe('"userEmail" is empty');
	});
});

describe('readLocator', () => {
	test('tells the mode', () => {
		const item = itemWith({ guestId: { __rl: true, mode: 'accessCode', value: ' abc ' } });
		expect(item.readLocator('guestId', () => requiredText)).toEqual({
			mode: 'accessCode',
			value: 'abc',
		});
	});

	test('a plain value, as AI tools give it, has no mode', () => {
		const item = itemWith({ guestId: 'abc' });
		expect(item.readLocator('guestId', () => requiredText)).toEqual({ mode: '', value: 'abc' });
	});

	test('an empty choice is a complaint', () => {
		const item = itemWith({ userEmail: { __rl: true, mode: 'list', value: '' } }, FIELDS);
		const { message } = complaint(() => item.readLocator('userEmail', () => requiredText));
		expect(message).toBe('"Guest Email" is empty');
	});
});

describe('readCollection', () => {
	const checks = { role: requiredText, vip: boolean };

	test('only the entries that were added and are asked for', () => {
		const item = itemWith({ additionalFields: { role: 'Speaker', other: 'x' } }, FIELDS);
		expect(item.readCollection('additionalFields', checks)).toEqual({ role: 'Speaker' });
	});

	test.each([
		['not there', {}],
		['empty', { additionalFields: {} }],
		['null', { additionalFields: null }],
		['a list', { additionalFields: ['x'] }],
		['with entries of nothing', { additionalFields: { role: null, vip: undefined } }],
	])('%s: nothing', (_, parameters) => {
		expect(itemWith(parameters, FIELDS).readCollection('additionalFields', checks)).toEqual({});
	});

	test('false is an entry', () => {
		const item = itemWith({ additionalFields: { vip: false } }, FIELDS);
		expect(item.readCollection('additionalFields', checks)).toEqual({ vip: false });
	});

	test('a resource locator inside gives its value', () => {
		const role = { __rl: true, mode: 'list', value: 'Speaker' };
		const item = itemWith({ additionalFields: { role } }, FIELDS);
		expect(item.readCollection('additionalFields', checks)).toEqual({ role: 'Speaker' });
	});

	test('the complaint names the entry, by its label where it has one', () => {
		const item = itemWith({ additionalFields: { role: {}, vip: 'perhaps' } }, FIELDS);
		const role = complaint(() => item.readCollection('additionalFields', { role: requiredText }));
		expect(role.message).toBe('"Job Title" must be text, but is an object');
		const vip = complaint(() => item.readCollection('additionalFields', { vip: boolean }));
		expect(vip.message).toBe('"vip" must be true or false, but is a string');
	});
});

test('the time zone is the workflow’s', () => {
	expect(itemWith({}, [], 'America/New_York').timeZone).toBe('America/New_York');
});

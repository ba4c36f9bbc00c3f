/** Validation of values before they are sent. */
import { validateHeaderValue } from 'node:http';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
	validator,
	emailAddress,
	headerText,
	atLeast,
	oneOf,
	optionalText,
	optional,
	recordId,
	requiredText,
	boolean,
	integer,
	type Validator,
} from '../../../../nodes/shared/fields/validators.ts';

/** The value that a validator returns, or its issue. */
function outcome<T>(tested: Validator<T>, value: unknown): { value: T } | string | undefined {
	const result = tested.safeParse(value);
	return result.success ? { value: result.data } : result.error.issues[0]?.message;
}
const good = <T,>(value: T) => ({ value });
const LONG = 'x'.repeat(10_000);

describe('recordId', () => {
	test.each([
		[' evt_1 ', good('evt_1')],
		[7, good('7')],
		['../..', good('../..')],
		['...', good('...')],
		['.', 'holds only dots'],
		[' .. ', 'holds only dots'],
		['', 'is empty'],
		[null, 'is empty'],
		[[], 'must be text, but is a list'],
		['a\ud800', 'holds half a character'],
		['x'.repeat(255), good('x'.repeat(255))],
		['x'.repeat(256), 'is longer than 255 characters'],
	])('%j', (value, wanted) => {
		expect(outcome(recordId, value)).toEqual(wanted);
	});
});

describe('atLeast(0)', () => {
	test.each([
		[2.5, good(2.5)],
		['3', good(3)],
		[0, good(0)],
		['', 'must be a number from 0 on'],
		[' ', 'must be a number from 0 on'],
		[null, 'must be a number from 0 on'],
		[[], 'must be a number from 0 on'],
		[true, 'must be a number from 0 on'],
		[-1, 'must be a number from 0 on'],
		[NaN, 'must be a number from 0 on'],
		['1e309', 'must be a number from 0 on'],
		['2 apples', 'must be a number from 0 on'],
	])('%j', (value, wanted) => {
		expect(outcome(atLeast(0), value)).toEqual(wanted);
	});
});

describe('requiredText', () => {
	test.each([
		['  Jane ', good('Jane')],
		[7, good('7')],
		[0, good('0')],
		[-1.5, good('-1.5')],
		[LONG, good(LONG)],
		['', 'is empty'],
		[' \n\t', 'is empty'],
		[undefined, 'is empty'],
		[null, 'is empty'],
		[NaN, 'must be text, but is a number that is not finite'],
		[Infinity, 'must be text, but is a number that is not finite'],
		['a\ud800b', 'holds half a character'],
		[true, 'must be text, but is a boolean'],
		[['a'], 'must be text, but is a list'],
		[{}, 'must be text, but is an object'],
		[`${LONG}x`, 'is longer than 10000 characters'],
	])('%j', (value, wanted) => {
		expect(outcome(requiredText, value)).toEqual(wanted);
	});
});

describe('optionalText', () => {
	test.each([
		[undefined, good('')],
		[null, good('')],
		['', good('')],
		['  a ', good('a')],
		[5, good('5')],
		[{}, 'must be text, but is an object'],
		[`${LONG}x`, 'is longer than 10000 characters'],
	])('%j', (value, wanted) => {
		expect(outcome(optionalText, value)).toEqual(wanted);
	});
});

describe('headerText', () => {
	const CANNOT = 'holds a line break or another character that cannot be sent';
	test.each([
		[' event-1 ', good('event-1')],
		[12, good('12')],
		['Café', good('Café')],
		['', 'is empty'],
		[null, 'is empty'],
		[[], 'must be text, but is a list'],
		['a\r\nx-api-key: b', CANNOT],
		['a\u0000b', CANNOT],
		['a\u0085b', CANNOT],
		// Invisible characters, copied from web pages, that Node.js refuses.
		['event\u200b1', CANNOT],
		['event–1', CANNOT],
		['🎟', CANNOT],
	])('%j', (value, wanted) => {
		expect(outcome(headerText, value)).toEqual(wanted);
	});

	test('Node.js sends every value that passes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const result = headerText.safeParse(text);
				if (result.success) validateHeaderValue('x-event-id', result.data);
			}),
		);
	});
});

describe('emailAddress', () => {
	test.each([
		' jane@example.com ',
		'Jane.Doe+tag@Sub.Example.com',
		'jane@localhost',
		"o'hara@example.com",
		'jäne@exämple.com',
	])('%j is an address; upper and lower case stay', (value) => {
		expect(outcome(emailAddress, value)).toEqual(good(value.trim()));
	});

	test.each([
		['jane', 'is not an email address'],
		['jane@', 'is not an email address'],
		['@example.com', 'is not an email address'],
		['a@b@example.com', 'is not an email address'],
		['jane doe@example.com', 'is not an email address'],
		['Jane <jane@example.com>', 'is not an email address'],
		['a@example.com,b@example.com', 'is not an email address'],
		['a@example.com;b@example.com', 'is not an email address'],
		['jane@exa\u0007mple.com', 'is not an email address'],
		[`${'x'.repeat(243)}@example.com`, 'is not an email address'],
		[42, 'is not an email address'],
		['', 'is empty'],
		[undefined, 'is empty'],
		[['jane@example.com'], 'must be an email address, but is a list'],
		[false, 'must be an email address, but is a boolean'],
	])('%j is not an address', (value, issue) => {
		expect(outcome(emailAddress, value)).toBe(issue);
	});

	test('an address has at most 254 characters', () => {
		const longest = `${'x'.repeat(242)}@example.com`;
		expect(longest).toHaveLength(254);
		expect(outcome(emailAddress, longest)).toEqual(good(longest));
	});
});

describe('optional', () => {
	test.each([
		[undefined, good(undefined)],
		[null, good(undefined)],
		['  ', good(undefined)],
		['jane@example.com', good('jane@example.com')],
		['jane', 'is not an email address'],
	])('%j', (value, wanted) => {
		expect(outcome(optional(emailAddress), value)).toEqual(wanted);
	});
});

describe('boolean', () => {
	test.each([
		[true, good(true)],
		[false, good(false)],
		['true', good(true)],
		['false', good(false)],
		['', 'must be true or false, but is a string'],
		[1, 'must be true or false, but is a number'],
		[undefined, 'must be true or false, but is nothing'],
	])('%j', (value, wanted) => {
		expect(outcome(boolean, value)).toEqual(wanted);
	});
});

describe('integer(1, 100)', () => {
	test.each([
		[1, good(1)],
		[100, good(100)],
		['50', good(50)],
		[' 7 ', good(7)],
		[0, 'must be from 1 to 100'],
		[101, 'must be from 1 to 100'],
		['-3', 'must be from 1 to 100'],
		[1.5, 'must be a whole number, but is not whole'],
		['1.5', 'must be a whole number, but is not whole'],
		[NaN, 'must be a whole number, but is not whole'],
		[Infinity, 'must be a whole number, but is not whole'],
		['many', 'must be a whole number, but is not whole'],
		['', 'must be a whole number, but is a string'],
		['  ', 'must be a whole number, but is a string'],
		[null, 'must be a whole number, but is nothing'],
		[true, 'must be a whole number, but is a boolean'],
		[[5], 'must be a whole number, but is a list'],
	])('%j', (value, wanted) => {
		expect(outcome(integer(1, 100), value)).toEqual(wanted);
	});
});

describe('lists of values', () => {
	test.each([
		['a', good('a')],
		['A', 'must be one of: a, b'],
		['', 'must be one of: a, b'],
		[undefined, 'must be one of: a, b'],
		[['a'], 'must be one of: a, b'],
	])('oneOf: %j', (value, wanted) => {
		expect(outcome(oneOf('a', 'b'), value)).toEqual(wanted);
	});
});

test('a validator can return undefined as its value', () => {
	expect(
		outcome(
			validator<undefined>(() => ({ value: undefined })),
			'x',
		),
	).toEqual(good(undefined));
});

test('no issue repeats the value', () => {
	const numbers = integer(1, 2);
	const checks: Array<Validator<unknown>> = [
		headerText,
		emailAddress,
		boolean,
		numbers,
		oneOf('a'),
	];
	for (const value of ['hunter2\nhunter2', { hunter2: 'hunter2' }, ['hunter2']]) {
		for (const made of checks) {
			const issue = outcome(made, value);
			expect(issue).toEqual(expect.any(String));
			expect(issue).not.toContain('hunter2');
		}
	}
});

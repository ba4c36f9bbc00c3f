/** What is read from Invitario's responses, intact or damaged. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
	errorMessages,
	readErrors,
	isSessionExpired,
	isSuccess,
	readLogIn,
} from '../../../nodes/Invitario/auth.ts';

const EVENT = { id: '123', name: 'My Event', configuration: { a: 1 } };
const LOGGED_IN = {
	status: 'success',
	event: EVENT,
	stationName: 'Main Entrance',
	sessionToken: '0123456789abcdef',
};
const EXPIRED = { errors: [{ code: 30, message: 'Invalid session token provided.' }] };

/** Bodies that a proxy, a wrong address or a broken connection may produce. */
const DAMAGED: unknown[] = [
	undefined,
	null,
	'',
	'<html>',
	'{"status":"success"',
	0,
	true,
	[],
	[LOGGED_IN],
	{},
	{ status: null },
];

describe('the log-in', () => {
	test('returns the token and the event', () => {
		expect(readLogIn(LOGGED_IN)).toEqual({ sessionToken: '0123456789abcdef', event: EVENT });
	});

	test.each([
		...DAMAGED,
		{ ...LOGGED_IN, status: 'error' },
		{ ...LOGGED_IN, status: 'SUCCESS' },
		{ ...LOGGED_IN, status: true },
		{ ...LOGGED_IN, sessionToken: '' },
		{ ...LOGGED_IN, sessionToken: 42 },
		{ ...LOGGED_IN, sessionToken: null },
		{ ...LOGGED_IN, event: undefined },
		{ ...LOGGED_IN, event: 'My Event' },
		{ ...LOGGED_IN, event: [EVENT] },
	])('is rejected if the body is %j', (body) => {
		expect(readLogIn(body)).toBeUndefined();
	});
});

test('only a body with the status "success" is a success', () => {
	expect(isSuccess({ status: 'success' })).toBe(true);
	for (const body of DAMAGED) expect(isSuccess(body)).toBe(false);
});

describe('errors', () => {
	test('from the document’s log-in example: with and without a code', () => {
		const body = {
			status: 'error',
			displayMessage: null,
			errors: [
				'See common errors.',
				{ code: 1000, message: 'Event ID not known.' },
				{ code: 1010, message: 'API key incorrect.' },
			],
		};
		expect(readErrors(body)).toEqual([
			{ code: undefined, message: 'See common errors.' },
			{ code: 1000, message: 'Event ID not known.' },
			{ code: 1010, message: 'API key incorrect.' },
		]);
		expect(errorMessages(body)).toEqual([
			'See common errors.',
			'Event ID not known.',
			'API key incorrect.',
		]);
	});

	test('the displayMessage comes first', () => {
		const body = { displayMessage: 'Please wait.', errors: [{ code: 10, message: 'Invalid.' }] };
		expect(errorMessages(body)).toEqual(['Please wait.', 'Invalid.']);
	});

	test.each([
		[{ code: '30', message: 'x' }, [{ code: 30, message: 'x' }]],
		[{ code: 'E30', message: 'x' }, [{ code: undefined, message: 'x' }]],
		[{ message: 'x' }, [{ code: undefined, message: 'x' }]],
		// A code without a message is enough.
		[{ code: 30 }, [{ code: 30, message: '' }]],
		[{ code: 30, message: null }, [{ code: 30, message: '' }]],
		[{}, []],
		[{ code: null }, []],
		[null, []],
		[7, []],
		[[], []],
	])('%j', (error, found) => {
		expect(readErrors({ errors: [error] })).toEqual(found);
	});

	test.each([...DAMAGED, { errors: null }, { errors: 'x' }, { errors: {} }])(
		'a body without errors gives none: %j',
		(body) => {
			expect(readErrors(body)).toEqual([]);
			expect(errorMessages(body)).toEqual([]);
			expect(isSessionExpired(body)).toBe(false);
		},
	);
});

describe('an expired session', () => {
	test.each([
		[EXPIRED, true],
		[{ status: 'error', ...EXPIRED }, true],
		[{ errors: [{ code: '30', message: 'x' }] }, true],
		[{ errors: [{ code: 30 }] }, true],
		[{ errors: [{ code: 10, message: 'x' }, ...EXPIRED.errors] }, true],
		[{ errors: [{ code: 20, message: 'Invalid session token provided.' }] }, false],
		[{ errors: ['30'] }, false],
		[LOGGED_IN, false],
	])('%j: %s', (body, expired) => {
		expect(isSessionExpired(body)).toBe(expired);
	});
});

test('no body makes a reader throw', () => {
	const body = fc.oneof(
		fc.anything(),
		fc.record({ status: fc.anything(), errors: fc.anything(), displayMessage: fc.anything() }),
		fc.record({ errors: fc.array(fc.record({ code: fc.anything(), message: fc.anything() })) }),
	);
	fc.assert(
		fc.property(body, (any) => {
			readLogIn(any);
			isSessionExpired(any);
			for (const message of errorMessages(any)) expect(message).not.toBe('');
		}),
	);
});

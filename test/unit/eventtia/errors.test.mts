/** Eventtia: the messages of its errors and of its log-in. */
import { describe, expect, test } from '@jest/globals';

import { logInRequest, readToken } from '../../../nodes/Eventtia/auth.ts';
import { toProblem } from '../../../nodes/Eventtia/errors.ts';
import { LogInError } from '../../../nodes/shared/errors.ts';

const response = (status: number, body: unknown, ambiguous = false) => ({
	status,
	body,
	headers: {},
	ambiguous,
});
const SECRETS = ['my-password', 'my-token'];

describe('an error', () => {
	test('has Eventtia’s message, and a hint', () => {
		expect(toProblem(response(400, { message: 'email is invalid' }), SECRETS)).toEqual({
			message: 'email is invalid',
			hint: 'Check the fields of the node.',
			status: 400,
			failure: undefined,
			ambiguous: false,
		});
	});

	test.each([
		[400, 'The request is invalid', undefined],
		[401, 'Eventtia does not accept the log-in', 'credential-invalid'],
		[403, 'The account may not do this', 'credential-invalid'],
		[404, 'There is no such record', undefined],
		[409, 'Conflict', undefined],
		[422, 'A value was not accepted', undefined],
		[429, 'Too many requests', 'rate-limited'],
		[500, 'Eventtia had a problem with its server', 'temporarily-unavailable'],
		[503, 'Eventtia is offline for maintenance', 'temporarily-unavailable'],
	])('%i without a message is "%s", with the cause %s', (status, message, cause) => {
		const problem = toProblem(response(status, {}), SECRETS);

		expect(problem).toMatchObject({ message, status });
		expect(problem.failure?.cause).toBe(cause);
		expect(problem.hint).not.toBe('');
	});

	test.each([
		[418, undefined],
		[502, 'temporarily-unavailable'],
	])('with the undocumented status %i names the status', (status, cause) => {
		const problem = toProblem(response(status, {}), SECRETS);

		expect(problem.message).toContain(`HTTP ${status}`);
		expect(problem.failure?.cause).toBe(cause);
	});

	test.each([
		[400, 'fields of the node'],
		[401, '"Email" and "Password"'],
		[403, 'permission'],
		[404, '"Event"'],
		[404, 'deleted'],
		[500, 'later'],
	])('%i says what to do: %s', (status, advice) => {
		expect(toProblem(response(status, {}), SECRETS).hint).toContain(advice);
	});

	test.each(['ActiveRecord::RecordNotFound', 'A::B::C'])(
		'does not show the class name "%s"',
		(message) => {
			expect(toProblem(response(404, { message }), SECRETS).message).toBe(
				'There is no such record',
			);
		},
	);

	test('keeps a message that only resembles a class name', () => {
		expect(toProblem(response(400, { message: 'Price: too low' }), SECRETS).message).toBe(
			'Price: too low',
		);
	});

	test('shows no secret and no email', () => {
		const message = 'my-password of jane@example.com with Bearer my-token';

		expect(toProblem(response(400, { message }), SECRETS).message).toBe(
			'[secret] of [email] with Bearer [secret]',
		);
	});

	test('says that a change may have been made', () => {
		expect(toProblem(response(400, { message: 'taken' }, true), SECRETS)).toMatchObject({
			ambiguous: true,
			hint: expect.stringContaining('It is not known whether the change was made'),
		});
	});
});

describe('a log-in', () => {
	test.each([
		[
			{ authenticateAs: 'user', email: ' a@example.com ', password: ' p ' },
			{ path: '/api/v3/auth', body: { email: 'a@example.com', password: ' p ' } },
		],
		[
			{ email: 'a@example.com', password: 'p', clientId: 'c' },
			{ path: '/api/v3/auth', body: { email: 'a@example.com', password: 'p' } },
		],
		[
			{ authenticateAs: 'client', clientId: ' c ', clientSecret: ' s ', password: 'p' },
			{ path: '/api/v3/m2m-auth', body: { client_id: 'c', client_secret: 's' } },
		],
	])('with %j', (credentials, expected) => {
		expect(logInRequest(credentials)).toEqual(expected);
	});

	test.each([
		{ auth_token: 't' },
		{ access_token: 't' },
		{ auth_token: 't', access_token: 'other' },
	])('answered with %j gives the token', (body) => {
		expect(readToken({ statusCode: 200, body }, [])).toBe('t');
	});

	test.each([
		[401, { message: 'Wrong username or password.' }, 'Wrong username or password.', 401],
		[400, { message: 'email is missing' }, 'email is missing', 400],
		[503, '<html>', 'answered with HTTP 503', 503],
		[200, {}, 'answered with HTTP 200', 503],
		[200, { auth_token: '' }, 'answered with HTTP 200', 503],
		[200, { auth_token: 5 }, 'answered with HTTP 200', 503],
		[200, '<html>', 'check "Base URL"', 503],
		[403, '<html>', 'answered with HTTP 403', 503],
		[404, '<html>', 'answered with HTTP 404', 404],
		[429, '', 'answered with HTTP 429', 429],
		[302, '', 'answered with HTTP 302', 302],
		[401, { auth_token: 't' }, 'answered with HTTP 401', 503],
	])('answered with %i %j is refused', (statusCode, body, message, status) => {
		const refused = (() => {
			try {
				return readToken({ statusCode, body }, []);
			} catch (error) {
				return error;
			}
		})();

		expect(refused).toBeInstanceOf(LogInError);
		expect(refused).toMatchObject({
			message: expect.stringContaining(message),
			refusal: {
				status,
				body: expect.objectContaining({ message: expect.stringContaining(message) }),
			},
		});
		// n8n's credential test would show these instead of the message.
		expect(refused).not.toHaveProperty('code');
		expect(refused).not.toHaveProperty('status');
	});
});

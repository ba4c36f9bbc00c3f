/** The messages that people see when a request to any vendor fails. */
import { describe, expect, test } from '@jest/globals';

import { connectionFailure } from '../../../../nodes/shared/http/connection.ts';
import {
	AMBIGUOUS_HINT,
	connectionProblem,
	duration,
	redirectProblem,
	unexpectedBodyProblem,
	waitTooLongProblem,
} from '../../../../nodes/shared/http/problems.ts';
import type { HttpResponse } from '../../../../nodes/shared/http/types.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
const response = (body: unknown, ambiguous = false): HttpResponse => ({
	status: 200,
	headers: {},
	body,
	ambiguous,
});

describe('no response', () => {
	test('after one attempt', () => {
		const refused = connectionFailure('ECONNREFUSED');
		const problem = connectionProblem('Vendor', refused, 1, false);
		expect(problem.message).toBe('Vendor could not be reached: the server refused the connection');
		expect(problem.hint).toMatch(/"Base URL".*run it again/);
		expect(problem.failure).toEqual({ cause: 'temporarily-unavailable' });
	});

	test('after several attempts', () => {
		const broken = connectionFailure('ECONNRESET');
		const { message } = connectionProblem('Vendor', broken, 6, false);
		expect(message).toBe('Vendor could not be reached: the connection broke (6 tries)');
	});

	test('if no attempt can help', () => {
		const problem = connectionProblem('Vendor', connectionFailure('ENOTFOUND'), 1, false);
		expect(problem.hint).toBe('Check "Base URL" in the credential.');
		expect(problem.failure).toEqual({ cause: 'configuration-invalid' });
	});

	test('if the write may have happened', () => {
		const problem = connectionProblem('Vendor', connectionFailure('ECONNRESET'), 1, true);
		expect(problem.hint).toBe(AMBIGUOUS_HINT);
		expect(problem.ambiguous).toBe(true);
	});
});

describe('a wait that is too long', () => {
	test('names the limit, the time and the options, and passes the wait to n8n', () => {
		expect(waitTooLongProblem('Vendor', 429, 600_000, 300_000, NOW)).toEqual({
			message: 'Vendor allows no more requests until 12:10:00 UTC',
			hint: 'That is in 10 minutes; "Max Wait" allows 5 minutes for one request. Run it again then, or raise "Max Wait" or lower "Concurrency" under "Options".',
			status: 429,
			failure: {
				cause: 'rate-limited',
				retryAfterMs: 600_000,
				resetsAtEpochMs: NOW + 600_000,
			},
		});
	});

	test('is not called a rate limit when the vendor is down', () => {
		const problem = waitTooLongProblem('Vendor', 503, 600_000, 300_000, NOW);
		expect(problem.message).toBe('Vendor is not available and asks to come back at 12:10:00 UTC');
		expect(problem.failure?.cause).toBe('temporarily-unavailable');
	});

	test('shows the day if it is not today', () => {
		const { message } = waitTooLongProblem('Vendor', 429, 13 * 3_600_000, 300_000, NOW);
		expect(message).toBe('Vendor allows no more requests until 2026-05-02 01:00:00 UTC');
	});

	test('a wait beyond the range of dates still has a message', () => {
		const { message } = waitTooLongProblem('Vendor', 429, 1e17, 300_000, NOW);
		expect(message).toMatch(/^Vendor allows no more requests/);
	});
});

describe('an unexpected body', () => {
	test('is quoted without keys and guests', () => {
		const { message } = unexpectedBodyProblem(
			'Vendor',
			response('jane@example.com was added with abcd1234'),
			'a text',
			['abcd1234'],
		);
		expect(message).toBe(
			'Vendor answered with the text "[email] was added with [secret]" instead of a text',
		);
	});

	test('says what arrived and what was expected', () => {
		const problem = unexpectedBodyProblem('Vendor', response('<html>'), 'a list of guests', []);
		expect(problem.message).toBe('Vendor answered with an HTML page instead of a list of guests');
		expect(problem.hint).toMatch(/^Check "Base URL"/);
		expect(problem.status).toBe(200);
	});

	test('adds that a write may have happened', () => {
		const problem = unexpectedBodyProblem('Vendor', response(null, true), 'a text', []);
		expect(problem.hint).toBe(
			`${AMBIGUOUS_HINT} Check "Base URL" in the credential; if it is right, try again later.`,
		);
		expect(problem.ambiguous).toBe(true);
	});
});

test('a redirect is an error that does not show the URL', () => {
	const problem = redirectProblem('Vendor', {
		...response(''),
		status: 301,
		headers: { location: 'https://elsewhere.example/?key=abcd1234' },
	});
	expect(problem.message).toBe('Vendor sent the request to another address');
	expect(problem.hint).toMatch(/"Base URL"/);
	expect(problem.failure).toEqual({ cause: 'configuration-invalid' });
	expect(JSON.stringify(problem)).not.toContain('elsewhere');
});

test.each([
	[0, '1 second'],
	[1, '1 second'],
	[1_000, '1 second'],
	[1_001, '2 seconds'],
	[119_000, '119 seconds'],
	[120_000, '2 minutes'],
	[120_001, '3 minutes'],
	[3_600_000, '60 minutes'],
])('%i ms is %s', (ms, text) => {
	expect(duration(ms)).toBe(text);
});

/** Every error code in Invitario's document, and the advice for people. */
import { describe, expect, test } from '@jest/globals';

import { toProblem } from '../../../nodes/Invitario/errors.ts';
import type { HttpResponse } from '../../../nodes/shared/http/types.ts';

const answer = (body: unknown, status = 200): HttpResponse => ({
	status,
	headers: {},
	body,
	ambiguous: false,
});
const errors = (...list: unknown[]) => ({ errors: list });

test.each([
	[10, 'Invalid JSON provided.', /request/, undefined],
	[20, 'Required parameter(s) missing: sinceDateTime', /Fill in/, undefined],
	[30, 'Invalid session token provided.', /session.*Run the node again/, undefined],
	[1000, 'Event ID not known.', /"Event ID"/, 'credential-invalid'],
	[1010, 'API key incorrect.', /"App Code"/, 'credential-invalid'],
])('code %i, whatever the HTTP status', (code, message, hint, cause) => {
	for (const status of [200, 400, 401, 403]) {
		const problem = toProblem(answer(errors({ code, message }), status), 'the guest list', []);
		expect(problem).toMatchObject({ message, status });
		expect(problem.hint).toMatch(hint);
		expect(problem.failure?.cause).toBe(cause);
	}
});

test('several errors: all messages, all hints', () => {
	const body = errors(
		{ code: 1000, message: 'Event ID not known.' },
		{ code: 1010, message: 'API key incorrect.' },
	);
	const problem = toProblem(answer({ displayMessage: 'No entry.', ...body }), 'a session', []);
	expect(problem.message).toBe('No entry. Event ID not known. API key incorrect.');
	expect(problem.hint).toMatch(/"Event ID".*"App Code"/);
});

describe('without a message of the vendor', () => {
	test.each([
		['<!doctype html>', 'Invitario answered with an HTML page instead of a session'],
		['', 'Invitario answered with an empty body instead of a session'],
		[
			{ status: 'success' },
			'Invitario answered with a JSON object with "status" instead of a session',
		],
		[{ errors: [] }, 'Invitario answered with a JSON object with "errors" instead of a session'],
	])('%j is described', (body, message) => {
		const problem = toProblem(answer(body), 'a session', []);
		expect(problem.message).toBe(message);
		expect(problem.hint).toContain('"Base URL"');
	});

	test.each([
		[429, 'Run it again later.', 'rate-limited'],
		[500, 'That is on Invitario’s side. Run it again later.', 'temporarily-unavailable'],
		[503, 'That is on Invitario’s side. Run it again later.', 'temporarily-unavailable'],
	])('%i', (status, hint, cause) => {
		expect(toProblem(answer('', status), 'a session', [])).toMatchObject({
			hint,
			failure: { cause },
		});
	});
});

test('a code alone is enough for the hint', () => {
	const problem = toProblem(answer(errors({ code: 1010 })), 'a session', []);
	expect(problem.hint).toContain('"App Code"');
	expect(problem.message).toMatch(/^Invitario answered with/);
});

test('keys, tokens and addresses in the vendor’s messages are not shown', () => {
	const message = 'Token 0123abcd of aBcDeFgH for jane@example.com';
	const problem = toProblem(answer(errors({ code: 30, message })), 'x', ['aBcDeFgH', '0123abcd']);
	expect(problem.message).toBe('Token [secret] of [secret] for [email]');
});

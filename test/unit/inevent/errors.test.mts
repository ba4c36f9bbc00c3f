/** What InEvent's errors mean, and the advice for people. */
import { describe, expect, test } from '@jest/globals';

import { toProblem } from '../../../nodes/InEvent/errors.ts';
import { AMBIGUOUS_HINT } from '../../../nodes/shared/http/problems.ts';
import type { HttpResponse } from '../../../nodes/shared/http/types.ts';

const answer = (status: number, body: unknown, ambiguous = false): HttpResponse => ({
	status,
	headers: {},
	body,
	ambiguous,
});

describe('the errors of the document', () => {
	test('403 names the scope, where to add it, and the request', () => {
		expect(
			toProblem(
				answer(403, {
					error: 'forbidden',
					message: 'Missing required scope: write:registration',
					request_id: 'req_8f1d2c2b',
				}),
				[],
			),
		).toEqual({
			message: 'Missing required scope: write:registration',
			hint: 'Add "Write Registration" (write:registration) under "Scopes" in the credential; InEvent must have granted it to your client. InEvent’s request ID is req_8f1d2c2b.',
			status: 403,
			failure: { cause: 'credential-invalid' },
			ambiguous: false,
		});
	});

	test('400 lists the fields by the labels of the node', () => {
		const { message, hint } = toProblem(
			answer(400, {
				error: 'validation_error',
				message: 'Invalid request body',
				details: [
					{ field: 'email', issue: 'invalid_format' },
					{ field: 'ticket_type_id', issue: 'not_found' },
					{ field: 'consents.privacy_policy', issue: 'required_true' },
				],
				request_id: 'req_2a4f7d90',
			}),
			[],
		);

		expect(message).toBe('Invalid request body');
		expect(hint).toBe(
			'"Email": invalid_format; "Ticket Type ID": not_found; "Privacy Policy": required_true. InEvent’s request ID is req_2a4f7d90.',
		);
	});
});

describe('details', () => {
	test.each([
		['first_name', 'First Name'],
		['last_name', 'Last Name'],
		['source', 'Source'],
		['utm.campaign', 'UTM Campaign'],
		['utm.medium', 'UTM Medium'],
		['utm.source', 'UTM Source'],
		['custom_fields', 'Custom Fields'],
		['consents.marketing_opt_in', 'Marketing Opt-In'],
		['dataset', 'Dataset'],
		['from', 'From'],
		['to', 'To'],
		['updated_since', 'Updated Since'],
		['page_size', 'Page Size'],
		['status', 'Status'],
		['search', 'Search'],
		['fields', 'Fields'],
		['something_new', 'something_new'],
		['constructor', 'constructor'],
	])('of %s are shown as "%s"', (field, label) => {
		expect(toProblem(answer(400, { details: [{ field, issue: 'x' }] }), []).hint).toBe(
			`"${label}": x.`,
		);
	});

	test('without an issue or a field are still shown', () => {
		const details = [{ field: 'email' }, { issue: 'too_late' }, 'nonsense', null, { issue: {} }];

		expect(toProblem(answer(400, { details }), []).hint).toBe('"Email": not accepted; too_late.');
	});

	test.each([[[]], ['text'], [undefined], [[1, 2]]])('%j are ignored', (details) => {
		expect(toProblem(answer(400, { message: 'No', details }), []).hint).toBe(
			'Check the fields of the node.',
		);
	});
});

describe('every status', () => {
	test.each([
		[400, 'Invalid request', undefined],
		[401, 'InEvent gives no access token', 'credential-invalid'],
		[403, 'Not allowed', 'credential-invalid'],
		[404, 'Not found', undefined],
		[409, 'Conflict', undefined],
		[429, 'Too many requests', 'rate-limited'],
		[500, 'InEvent answered with HTTP 500 and an empty body', 'temporarily-unavailable'],
		[503, 'InEvent answered with HTTP 503 and an empty body', 'temporarily-unavailable'],
		[418, 'InEvent answered with HTTP 418 and an empty body', undefined],
	])('%i without a message has one of ours', (status, words, cause) => {
		const problem = toProblem(answer(status, undefined), []);

		expect(problem.message.startsWith(words)).toBe(true);
		expect(problem.failure?.cause).toBe(cause);
		expect(problem.hint).not.toBe('');
	});

	test.each([
		[{ message: 'A', error: 'b' }, 'A'],
		[{ error: 'only_a_code' }, 'only_a_code'],
		['Plain text', 'Plain text'],
		[{ message: '  two \n lines ' }, 'two lines'],
	])('takes its message from %j', (body, words) => {
		expect(toProblem(answer(409, body), []).message).toBe(words);
	});

	test('says that a change may have happened only if that is so', () => {
		expect(toProblem(answer(500, '', true), [])).toMatchObject({
			ambiguous: true,
			hint: expect.stringContaining(AMBIGUOUS_HINT),
		});
		expect(toProblem(answer(500, '', false), []).hint).not.toContain(AMBIGUOUS_HINT);
	});

	test('401 names the fields to check', () => {
		const { hint } = toProblem(answer(401, { message: 'Expired' }), []);

		for (const field of ['Client ID', 'Client Secret', 'Scopes'])
			expect(hint).toContain(`"${field}"`);
	});
});

describe('secrets and guests', () => {
	test('are removed from every part', () => {
		const secret = 'a-very-secret-word';
		const said = JSON.stringify(
			toProblem(
				answer(400, {
					message: `${secret} of jane@example.com`,
					details: [{ field: secret, issue: 'jane@example.com is taken' }],
					request_id: `req_${secret}`,
				}),
				[secret, ''],
			),
		);

		expect(said).not.toContain(secret);
		expect(said).not.toContain('jane@');
		expect(said).toContain('[secret] of [email]');
	});
});

/** What ARTSVP's error codes mean. */
import { describe, expect, test } from '@jest/globals';

import { toProblem } from '../../../nodes/Artsvp/errors.ts';

const KEY = 'key-of-artsvp';
const answer = (status: number, body: unknown, ambiguous = false) =>
	toProblem({ status, headers: {}, body, ambiguous }, [KEY]);

describe('a documented code', () => {
	test.each([
		[400, 'The request is invalid.', undefined, ['fields of the node']],
		[
			401,
			'The API key provided is invalid.',
			'credential-invalid',
			['"API Key"', '"Bearer Prefix"'],
		],
		[
			403,
			'The data requested is for administrators only.',
			'credential-invalid',
			['administrator', 'credential'],
		],
		[404, 'Data could not be found.', undefined, ['ID fields']],
		[429, 'Rate limit has been exceeded.', 'rate-limited', []],
		[500, 'ARTSVP had a problem with its server.', 'temporarily-unavailable', ['later']],
		[503, 'ARTSVP is temporarily offline for maintenance.', 'temporarily-unavailable', []],
	])('%d has its message, advice and cause', (status, message, cause, advice) => {
		const problem = answer(status, '');

		expect(problem).toMatchObject({ message, status, ambiguous: false });
		expect(problem.failure?.cause).toBe(cause);
		expect(problem.hint).toMatch(/\.$/);
		for (const part of advice) expect(problem.hint).toContain(part);
	});

	test('prefers the vendor’s own message', () => {
		expect(answer(404, { error: 'No such invite' }).message).toBe('No such invite');
	});
});

test('another code describes the response, without the key', () => {
	expect(answer(418, { [KEY]: 1 }).message).toBe(
		'ARTSVP answered with HTTP 418 and a JSON object with "[secret]"',
	);
	expect(answer(418, `no ${KEY}`).message).toBe('no [secret]');
});

test('an ambiguous response says so, whatever the code', () => {
	for (const status of [400, 404, 418, 500]) {
		expect(answer(status, '', true).hint).toContain('not known whether the change was made');
		expect(answer(status, '').hint).not.toContain('not known whether');
	}
});

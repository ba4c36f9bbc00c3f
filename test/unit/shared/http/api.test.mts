/** Reading the responses of a vendor. */
import { describe, expect, test } from '@jest/globals';

import { CallError, type Problem } from '../../../../nodes/shared/errors.ts';
import {
	createApi,
	isCredentialError,
	isEmptyBody,
	type RecordKind,
} from '../../../../nodes/shared/http/api.ts';
import { AMBIGUOUS_HINT } from '../../../../nodes/shared/http/problems.ts';
import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/http/types.ts';

const READ: HttpRequest = { method: 'GET', path: '/list', safety: 'safe', expects: 'json' };
const WRITE: HttpRequest = { method: 'POST', path: '/add', safety: 'idempotent', expects: 'any' };

/** An api whose requests all get the same response. */
function answering(response: Partial<HttpResponse>, secrets: string[] = []) {
	const sent: HttpRequest[] = [];
	const api = createApi(
		{
			name: 'Vendor',
			toProblem: ({ status, ambiguous }, hidden) => ({
				message: `HTTP ${status} without ${hidden.join(' and ')}`,
				status,
				ambiguous,
			}),
		},
		async (request) => {
			sent.push(request);
			return { status: 200, headers: {}, body: undefined, ambiguous: false, ...response };
		},
		() => secrets,
	);
	return { api, sent };
}

/** The problem that the work ends with. */
async function problemOf(work: () => unknown): Promise<Problem | undefined> {
	try {
		await work();
	} catch (error) {
		if (error instanceof CallError) return error.problem;
		throw error;
	}
	return undefined;
}

describe('a request', () => {
	test.each([200, 201, 204])('%i is the response', async (status) => {
		const { api, sent } = answering({ status, body: { id: 1 } });

		expect(await api.request(READ)).toMatchObject({ status, body: { id: 1 }, isWrite: false });
		expect(await api.request(WRITE)).toMatchObject({ status, isWrite: true });
		expect(sent).toEqual([READ, WRITE]);
	});

	test('for JSON is a safe GET', async () => {
		const { api, sent } = answering({ body: [] });
		await api.get('/list', { qs: { page: 2 }, headers: { 'x-event-id': 'e1' } });
		await api.get('/list');

		expect(sent).toEqual([{ ...READ, qs: { page: 2 }, headers: { 'x-event-id': 'e1' } }, READ]);
	});

	test.each([400, 404, 429, 500])('%i is the vendor’s problem', async (status) => {
		const secrets = ['key'];
		const { api } = answering({ status }, secrets);
		// Secrets that a log-in adds later count as well.
		secrets.push('token');

		expect(await problemOf(async () => await api.get('/list'))).toMatchObject({
			message: `HTTP ${status} without key and token`,
			status,
		});
		expect(await api.send(READ)).toMatchObject({ status, isWrite: false });
	});
});

describe('a body that is not as documented', () => {
	test.each([
		[READ, false, false],
		[WRITE, false, true],
		[{ ...WRITE, safety: 'never' as const }, false, true],
		[READ, true, true],
	])('%j, ambiguous %p: the change may have been made: %p', async (request, before, after) => {
		const { api } = answering({ body: 'Hello', ambiguous: before });
		const { problem } = api.unexpected(await api.request(request), 'a guest');

		expect(problem.message).toBe('Vendor answered with the text "Hello" instead of a guest');
		expect(problem.ambiguous).toBe(after);
		expect(problem.hint?.includes(AMBIGUOUS_HINT)).toBe(after);
	});
});

describe('a removal', () => {
	test.each([
		[200, false, true],
		[404, true, false],
	])('%i, ambiguous %p: has a response: %p', async (status, ambiguous, hasResponse) => {
		const { api } = answering({ status, ambiguous });

		expect((await api.requestRemoval(WRITE)) !== undefined).toBe(hasResponse);
	});

	test.each([
		[404, false],
		[410, true],
		[500, true],
	])('%i, ambiguous %p: fails', async (status, ambiguous) => {
		const { api } = answering({ status, ambiguous });

		expect(await problemOf(async () => await api.requestRemoval(WRITE))).toMatchObject({ status });
		expect(await problemOf(async () => await api.delete('/guests/1', 'nothing'))).toMatchObject({
			status,
		});
	});

	test.each([undefined, null, '', {}, { id: 1 }])('may be answered with %j', async (body) => {
		const { api, sent } = answering({ body });
		await api.delete('/guests/1', 'nothing');

		expect(sent).toEqual([
			{ method: 'DELETE', path: '/guests/1', safety: 'idempotent', expects: 'any' },
		]);
	});

	test.each(['<html>', [], 7])('is unclear if the response is %j', async (body) => {
		const { api } = answering({ body });
		const problem = await problemOf(async () => await api.delete('/guests/1', 'nothing'));

		expect(problem?.message).toMatch(/^Vendor answered with .* instead of nothing$/);
		expect(problem?.ambiguous).toBe(true);
	});
});

describe('the records of a list', () => {
	const NUMBERS: RecordKind<number> = {
		isRecord: (value) => typeof value === 'number',
		name: 'a number',
		lacks: 'that cannot be added',
	};
	const read = async (body: unknown) => {
		const { api } = answering({ body });
		const response = await api.request(READ);
		return api.records(response, response.body, NUMBERS, 'a list of numbers');
	};

	test('are the entries', async () => {
		expect(await read([1, 2])).toEqual([1, 2]);
		expect(await read([])).toEqual([]);
	});

	test('are all checked: the first invalid one is named', async () => {
		expect(await problemOf(async () => await read([1, 'x', 'y']))).toEqual({
			message: 'Vendor’s list has a number (number 2) that cannot be added',
			hint: 'Check "Base URL" in the credential; if it is right, ask Vendor.',
			status: 200,
		});
	});

	test.each([{}, 'text', undefined])('are not in %j', async (body) => {
		const problem = await problemOf(async () => await read(body));

		expect(problem?.message).toMatch(/instead of a list of numbers$/);
	});
});

test.each([
	[undefined, true],
	[null, true],
	['', true],
	[0, false],
	[{}, false],
	[' ', false],
])('%j is an empty body: %p', (body, isEmpty) => {
	expect(isEmptyBody(body)).toBe(isEmpty);
});

test.each([
	[new CallError({ message: 'No', failure: { cause: 'credential-invalid' } }), true],
	[new CallError({ message: 'No', failure: { cause: 'rate-limited' } }), false],
	[new CallError({ message: 'No' }), false],
	[new Error('No'), false],
])('%p is an error of the credential: %p', (error, isIt) => {
	expect(isCredentialError(error)).toBe(isIt);
});

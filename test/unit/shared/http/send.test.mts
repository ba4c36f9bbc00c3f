/** What the sender passes to n8n's helper, and how its requests share waits. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { CallError, CancelledError } from '../../../../nodes/shared/errors.ts';
import { createSender } from '../../../../nodes/shared/http/send.ts';
import type { HttpRequest } from '../../../../nodes/shared/http/types.ts';
import { isObject } from '../../../../nodes/shared/values.ts';
import { partial } from '../support/partial.mts';

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 4, 1) }));
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

const READ: HttpRequest = { method: 'GET', path: '/list', safety: 'safe', expects: 'json' };
const WRITE: HttpRequest = {
	method: 'POST',
	path: '/add',
	safety: 'idempotent',
	expects: 'text',
	body: { name: 'Jane' },
	headers: { 'x-event-id': 'e1' },
};
const answered = (statusCode: number, body: unknown, headers: object = {}) => ({
	statusCode,
	headers,
	body,
});
/** As n8n wraps it: the code is that of the cause. */
const broken = (code: string) =>
	new Error('wrapped', { cause: Object.assign(new Error(), { code }) });

/** A sender whose attempts get these responses one after the other; the last one is repeated. */
function sending(responses: unknown[], limits = { timeoutMs: 1_000, maxWaitMs: 60_000 }) {
	const sent: IHttpRequestOptions[] = [];
	const options: unknown[] = [];
	const stopping = new AbortController();
	const context = partial<IExecuteFunctions>({
		getNode: () => ({ credentials: { vendorApi: { id: '7', name: 'Mine' } } }),
		getExecutionCancelSignal: () => stopping.signal,
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				request: IHttpRequestOptions,
				additional: unknown,
			) => {
				sent.push(structuredClone(request));
				options.push(additional);
				// n8n's helper and `authenticate` do write into what they are given.
				request.url = 'changed';
				if (isObject(request.body)) Object.assign(request.body, { key: 'secret' });
				Object.assign(request.headers ?? {}, { 'x-api-key': 'secret' });
				const next = responses.length > 1 ? responses.shift() : responses[0];
				if (next instanceof Error) throw next;
				return next;
			},
		},
	});
	const credentials = { apiKey: 'abcd1234' };
	const send = createSender({
		context,
		credentialType: 'vendorApi',
		credentials,
		baseUrl: 'https://api.example.com',
		vendor: 'Vendor',
		limits,
	});
	return { send, sent, options, credentials, stopping };
}

/** Lets all waits pass. */
async function over<T>(promise: Promise<T>): Promise<{ value?: T; error?: unknown }> {
	const end = promise.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
	await jest.runAllTimersAsync();
	return await end;
}
const problemOf = (error: unknown) => (error instanceof CallError ? error.problem : undefined);

describe('one request', () => {
	test('is complete, follows no redirect, and passes the credential on', async () => {
		const { send, sent, options, credentials } = sending([answered(200, 'Done.')]);
		const { value } = await over(send({ ...WRITE, qs: { page: 2 } }));
		expect(value).toEqual({ status: 200, headers: {}, body: 'Done.', ambiguous: false });
		expect(sent).toEqual([
			{
				method: 'POST',
				url: 'https://api.example.com/add',
				headers: { 'x-event-id': 'e1' },
				qs: { page: 2 },
				arrayFormat: 'brackets',
				body: { name: 'Jane' },
				json: true,
				timeout: 1_000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		]);
		expect(options).toEqual([
			{
				credentialsDecrypted: { id: '7', name: 'Mine', type: 'vendorApi', data: credentials },
			},
		]);
	});

	test('a second attempt starts from the request, not from what n8n made of it', async () => {
		const { send, sent } = sending([broken('ECONNRESET'), answered(200, 'Done.')]);
		await over(send(WRITE));
		expect(sent).toHaveLength(2);
		expect(sent[1]).toEqual(sent[0]);
		expect(WRITE.body).toEqual({ name: 'Jane' });
		expect(WRITE.headers).toEqual({ 'x-event-id': 'e1' });
	});

	test.each([301, 302, 307, 308])('%i is an error, not followed', async (status) => {
		const headers = { location: 'https://elsewhere.example' };
		const { send, sent } = sending([answered(status, '', headers)]);
		const { error } = await over(send(READ));
		expect(problemOf(error)).toMatchObject({
			message: 'Vendor sent the request to another address',
			status,
		});
		expect(sent).toHaveLength(1);
	});

	test('an error that is not about the connection is passed on as it is', async () => {
		const blocked = new Error('The domain is not allowed');
		const { send, sent } = sending([blocked]);
		expect((await over(send(READ))).error).toBe(blocked);
		expect(sent).toHaveLength(1);
	});
});

describe('attempts', () => {
	test('a lost response makes the next one ambiguous, a refused connection does not', async () => {
		const lost = sending([broken('ECONNRESET'), answered(409, 'There already.')]);
		expect((await over(lost.send(WRITE))).value).toMatchObject({ status: 409, ambiguous: true });
		const refused = sending([broken('ECONNREFUSED'), answered(409, 'There already.')]);
		expect((await over(refused.send(WRITE))).value).toMatchObject({ ambiguous: false });
	});

	test('six attempts, and the message says so', async () => {
		const { send, sent } = sending([broken('ECONNRESET')]);
		const { error } = await over(send(READ));
		expect(sent).toHaveLength(6);
		expect(problemOf(error)?.message).toBe(
			'Vendor could not be reached: the connection broke (6 tries)',
		);
	});

	test('a response that another attempt would not change is returned, whatever its status', async () => {
		const { send } = sending([answered(404, 'Event not found.')]);
		expect((await over(send(READ))).value).toMatchObject({ status: 404 });
	});

	test('a read whose body is cut off is attempted three times, then returned as it is', async () => {
		const { send, sent } = sending([answered(200, '[{"email":')]);
		expect((await over(send(READ))).value).toMatchObject({ body: '[{"email":' });
		expect(sent).toHaveLength(3);
	});
});

describe('waits', () => {
	const LIMITED = answered(429, '', { 'retry-after': '10' });

	test('a 429 pauses every request of the execution', async () => {
		const { send, sent } = sending([LIMITED, answered(200, [])]);
		const first = send(READ);
		await jest.advanceTimersByTimeAsync(1_000);
		const second = send(READ);
		await jest.advanceTimersByTimeAsync(8_999);
		expect(sent).toHaveLength(1);
		await jest.runAllTimersAsync();
		expect(sent).toHaveLength(3);
		expect(await Promise.all([first, second])).toHaveLength(2);
	});

	test('a longer wait than allowed is an immediate error, with the time to try again', async () => {
		const { send, sent } = sending([answered(429, '', { 'retry-after': '600' })]);
		const { error } = await over(send(READ));
		expect(sent).toHaveLength(1);
		expect(problemOf(error)).toMatchObject({
			message: 'Vendor allows no more requests until 00:10:00 UTC',
			failure: { cause: 'rate-limited', retryAfterMs: 600_000 },
		});
	});

	test('after it, other requests are not sent and get the same error', async () => {
		const { send, sent } = sending([answered(429, '', { 'retry-after': '600' })]);
		await over(send(READ));
		const { error } = await over(send(READ));
		expect(sent).toHaveLength(1);
		expect(problemOf(error)).toMatchObject({ status: 429, failure: { cause: 'rate-limited' } });
	});

	test.each([
		[429, 'rate-limited', /allows no more requests/],
		[503, 'temporarily-unavailable', /is not available/],
	])(
		'a write that another request’s %i pauses for too long, after a lost response, says that it may have happened',
		async (status, cause, message) => {
			jest.spyOn(Math, 'random').mockReturnValue(0);
			const longest = answered(status, '', { 'retry-after': '60' });
			const { send, sent } = sending([broken('ECONNRESET'), longest, answered(200, [])]);
			// The read gets the response while the write waits for its second attempt.
			const write = send(WRITE);
			write.catch(() => undefined);
			await jest.advanceTimersByTimeAsync(10);
			const read = send(READ);
			const problem = problemOf((await over(write)).error);
			expect(problem).toMatchObject({ status, ambiguous: true, failure: { cause } });
			expect(problem?.message).toMatch(message);
			expect(problem?.hint).toMatch(/not known whether the change was made/);
			await read;
			expect(sent.map(({ url }) => url.slice(-4))).toEqual(['/add', 'list', 'list']);
		},
	);

	test('stopping the execution ends the wait; nothing more is sent', async () => {
		const { send, sent, stopping } = sending([LIMITED]);
		const ended = expect(send(READ)).rejects.toThrow(CancelledError);
		await jest.advanceTimersByTimeAsync(1_000);
		stopping.abort();
		await ended;
		await jest.runAllTimersAsync();
		expect(sent).toHaveLength(1);
	});

	test('sends nothing in an execution that is already stopped', async () => {
		const { send, sent, stopping } = sending([LIMITED]);
		stopping.abort();
		expect((await over(send(READ))).error).toBeInstanceOf(CancelledError);
		expect(sent).toHaveLength(0);
	});
});

// Every kind of fault: what the client receives, and whether the state changes.

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import { type FaultOrder, type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { untilArrived } from '../../support/in-flight.mts';
import { type Reply, invitario, vault } from './client.mts';

const ADA = 'ada@example.com';
const HOUR_MS = 60 * 60 * 1000;

let sandbox: Sandbox;
let base: string;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: { guests: 3 } });
	base = sandbox.eventVault.url;
});
afterEach(() => {
	sandbox.eventVault.reset();
	sandbox.invitario.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const order = (action: FaultOrder['do'], rest: Omit<FaultOrder, 'do'> = {}) =>
	sandbox.eventVault.faults.add({ ...rest, do: action });
const add = async (userEmail = ADA) => await vault(base, '/addGuest', { userEmail });
const list = async () => await vault(base, '/getGuests');
const isAdded = () => sandbox.eventVault.state.event().hasGuest(ADA);
const statuses = () => sandbox.eventVault.requests.map(({ status }) => status);
const errorCode = async (reply: Promise<Reply>) =>
	await reply.then(
		({ status }) => `answered ${status}`,
		(error: NodeJS.ErrnoException) => error.code,
	);

describe('kinds', () => {
	it('status: nothing is changed, body and headers as ordered', async () => {
		order({ kind: 'status', status: 503, body: { busy: true }, headers: { 'retry-after': '2' } });
		const reply = await add();
		expect(reply).toMatchObject({ status: 503, json: { busy: true } });
		expect(reply.headers).toMatchObject({
			'retry-after': '2',
			'content-type': 'application/json; charset=utf-8',
		});
		expect(isAdded()).toBe(false);
		order({ kind: 'status', status: 502, body: 'no upstream' });
		expect((await add()).text).toBe('no upstream');
		order({ kind: 'status', status: 504 });
		expect((await add()).text).toBe('Gateway Timeout');
		expect((await add()).status).toBe(200);
		expect(statuses()).toEqual([503, 502, 504, 200]);
	});

	it.each([500, 502, 504])('statusAfterEffect %i: the guest exists', async (status) => {
		order({ kind: 'statusAfterEffect', status });
		expect((await add()).status).toBe(status);
		expect(isAdded()).toBe(true);
		expect((await add()).status).toBe(409);
	});

	it('reset: the connection breaks and nothing is changed', async () => {
		order({ kind: 'reset' });
		expect(await errorCode(add())).toBe('ECONNRESET');
		expect(isAdded()).toBe(false);
		expect(statuses()).toEqual([0]);
	});

	it('resetAfterEffect: the connection breaks and the guest exists', async () => {
		order({ kind: 'resetAfterEffect' });
		expect(await errorCode(add())).toBe('ECONNRESET');
		expect(isAdded()).toBe(true);
	});

	it.each([
		[false, false],
		[true, true],
	])('slow with afterEffect %s: added while waiting is %s', async (afterEffect, early) => {
		order({ kind: 'slow', ms: 300, afterEffect });
		const started = Date.now();
		const reply = add();
		await untilArrived(sandbox.eventVault, 1);
		expect(isAdded()).toBe(early);
		expect((await reply).status).toBe(200);
		expect(Date.now() - started).toBeGreaterThanOrEqual(290);
		expect(isAdded()).toBe(true);
	});

	it('hold lets nothing through until the given number of requests wait, then all of them', async () => {
		order({ kind: 'hold', until: 3 }, { when: { every: 1 } });
		const replies = [list(), list()];
		await untilArrived(sandbox.eventVault, 2);
		expect(sandbox.eventVault.requests.map(({ status }) => status)).toEqual([0, 0]);
		replies.push(list());
		expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(sandbox.eventVault.maxInFlight).toBe(3);
	});

	it('slow can precede another fault', async () => {
		order({ kind: 'slow', ms: 100 });
		order({ kind: 'status', status: 503 });
		const started = Date.now();
		expect((await list()).status).toBe(503);
		expect(Date.now() - started).toBeGreaterThanOrEqual(95);
	});

	it('truncated: half the JSON with a matching length', async () => {
		const whole = (await list()).text;
		order({ kind: 'truncated' });
		const reply = await list();
		expect(reply.status).toBe(200);
		expect(reply.json).toBeUndefined();
		expect(whole.startsWith(reply.text)).toBe(true);
		expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)));
	});

	it('truncated: the connection cut in the middle of the body', async () => {
		order({ kind: 'truncated', variant: 'connection' });
		expect(await errorCode(list())).toBe('ECONNRESET');
	});

	it('wrongJson: valid JSON of another shape', async () => {
		order({ kind: 'wrongJson' });
		expect(await list()).toMatchObject({ status: 200, json: { unexpected: { shape: true } } });
		order({ kind: 'wrongJson', body: [1] });
		expect((await list()).json).toEqual([1]);
		order({ kind: 'wrongJson', body: null });
		expect((await list()).text).toBe('null');
	});

	it.each([200, 502])('html with %i', async (status) => {
		order({ kind: 'html', status });
		const reply = await add();
		expect(reply.status).toBe(status);
		expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(reply.text).toMatch(/^<!DOCTYPE html>/);
		expect(isAdded()).toBe(false);
	});

	it('empty: 200 without a body', async () => {
		order({ kind: 'empty' });
		expect(await list()).toMatchObject({ status: 200, text: '' });
	});

	it('clockSkew: takes effect immediately without `when`; the Date header of every response shows it', async () => {
		order({ kind: 'clockSkew', ms: -HOUR_MS });
		order({ kind: 'reset' }, { when: { path: '/addGuest' } });
		const skewOf = ({ headers }: Reply) => Date.parse(String(headers.date)) - Date.now();
		for (const reply of [await list(), await vault(base, '/nowhere')]) {
			expect(Math.abs(skewOf(reply) + HOUR_MS)).toBeLessThan(3000);
		}
		order({ kind: 'html', status: 200 });
		expect(Math.abs(skewOf(await list()) + HOUR_MS)).toBeLessThan(3000);
		sandbox.eventVault.faults.clear();
		expect(Math.abs(skewOf(await list()))).toBeLessThan(3000);
	});

	it('clockSkew with `when`: the clock jumps at that request and stays', async () => {
		order({ kind: 'clockSkew', ms: HOUR_MS }, { when: { nth: 2 } });
		const got = [await list(), await list(), await list()].map(({ status }) => status);
		expect(got).toEqual([200, 408, 408]);
	});

	it('expireSession: all, one, or at a given request; unknown to a vendor without sessions', async () => {
		const { faults, state, url } = sandbox.invitario;
		const [first, second] = [state.openSession(), state.openSession()];
		const status = async (sessionToken: string) =>
			(await invitario(url, '/guest/list/all', { sessionToken })).json;
		faults.add({ do: { kind: 'expireSession', token: first } });
		expect(await status(first)).toMatchObject({ errors: [{ code: 30 }] });
		faults.add({ when: { path: '/api/v1/guest/list/all', nth: 2 }, do: { kind: 'expireSession' } });
		expect(await status(second)).toMatchObject({ status: 'success' });
		expect(await status(second)).toMatchObject({ errors: [{ code: 30 }] });
		expect((await invitario(url, '/login', INVITARIO_CREDENTIALS)).json).toMatchObject({
			status: 'success',
		});
		expect(() => order({ kind: 'expireSession' })).toThrow('no sessions');
	});
});

describe('rateLimit', () => {
	it('Retry-After in seconds, as a date by the vendor’s clock, or left out', async () => {
		order({ kind: 'rateLimit', retryAfterSeconds: 7 });
		expect((await add()).headers['retry-after']).toBe('7');
		expect(isAdded()).toBe(false);

		order({ kind: 'clockSkew', ms: HOUR_MS });
		order({ kind: 'rateLimit', retryAfterSeconds: 7, form: 'date', body: 'slow down' });
		const dated = await list();
		expect(dated).toMatchObject({ status: 429, text: 'slow down' });
		const wait = Date.parse(String(dated.headers['retry-after'])) - Date.now() - HOUR_MS;
		expect(wait).toBeGreaterThan(5000);
		expect(wait).toBeLessThanOrEqual(8000);

		order({ kind: 'rateLimit', retryAfterSeconds: null });
		expect((await list()).headers).not.toHaveProperty('retry-after');
	});

	it('a window: everything is 429 until it has passed', async () => {
		order({ kind: 'rateLimit', windowMs: 400 }, { when: { path: '/addGuest' } });
		expect((await list()).status).toBe(200);
		const opened = Date.now();
		expect((await add()).headers['retry-after']).toBe('1');
		expect((await list()).status).toBe(429);
		await new Promise((resolve) => setTimeout(resolve, opened + 450 - Date.now()));
		expect((await add()).status).toBe(200);
	});

	it('a window ends with clear()', async () => {
		order({ kind: 'rateLimit', windowMs: 60_000 });
		expect((await list()).headers['retry-after']).toBe('60');
		sandbox.eventVault.faults.clear();
		expect((await list()).status).toBe(200);
	});

	it('x-ratelimit headers with the reset in seconds or as an epoch', async () => {
		const reset = async (form: 'seconds' | 'epoch') => {
			order({ kind: 'rateLimit', retryAfterSeconds: 5, rateHeaders: { limit: 100, reset: form } });
			const { headers } = await list();
			expect(headers).toMatchObject({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' });
			return Number(headers['x-ratelimit-reset']);
		};
		expect(await reset('seconds')).toBe(5);
		const epoch = await reset('epoch');
		expect(epoch - Date.now() / 1000).toBeGreaterThan(4);
		expect(epoch - Date.now() / 1000).toBeLessThanOrEqual(6);
	});
});

describe('when and how often', () => {
	const run = async (requests: number) => {
		const got: number[] = [];
		for (let n = 0; n < requests; n++) got.push((await list()).status);
		return got;
	};
	const fail = { kind: 'status', status: 503 } as const;

	it('once by default, `times` times, and only for the ordered path and method', async () => {
		order(fail);
		expect(await run(2)).toEqual([503, 200]);
		order(fail, { times: 2 });
		expect(await run(3)).toEqual([503, 503, 200]);
		order(fail, { when: { path: '/addGuest', method: 'post' } });
		expect(await run(1)).toEqual([200]);
		expect((await add()).status).toBe(503);
	});

	it('nth, several nth, every', async () => {
		order(fail, { when: { nth: 2 } });
		expect(await run(3)).toEqual([200, 503, 200]);
		order(fail, { when: { nth: [1, 3] } });
		expect(await run(4)).toEqual([503, 200, 503, 200]);
		order(fail, { when: { every: 2 }, times: 2 });
		expect(await run(6)).toEqual([200, 503, 200, 503, 200, 200]);
	});

	it('probability is the same for the same seed and differs for another', async () => {
		const pattern = async (seed: number) => {
			sandbox.eventVault.faults.clear();
			sandbox.eventVault.faults.seed(seed);
			order(fail, { when: { probability: 0.5 } });
			return await run(40);
		};
		const first = await pattern(7);
		expect(first.filter((status) => status === 503).length).toBeGreaterThan(8);
		expect(first.filter((status) => status === 200).length).toBeGreaterThan(8);
		expect(await pattern(7)).toEqual(first);
		expect(await pattern(8)).not.toEqual(first);
	});

	it('the oldest order decides; a refused request uses none; list() shows it', async () => {
		const id = order(fail);
		order({ kind: 'status', status: 502 });
		await vault(base, '/nowhere');
		expect(await run(3)).toEqual([503, 502, 200]);
		expect(sandbox.eventVault.faults.list()[0]).toMatchObject({ id, seen: 1, struck: 1, left: 0 });
	});

	it('refuses an invalid order', () => {
		const add = (input: unknown) => () => sandbox.eventVault.faults.add(input as FaultOrder);
		expect(add({ do: { kind: 'explode' } })).toThrow();
		expect(add({ do: { kind: 'status', status: 999 } })).toThrow();
		expect(add({ do: { kind: 'reset' }, wen: {} })).toThrow();
	});
});

describe('reset and close', () => {
	it('reset ends waiting requests, so that they cannot change the fresh state', async () => {
		order({ kind: 'slow', ms: 60_000 });
		const waiting = errorCode(add());
		await untilArrived(sandbox.eventVault, 1);
		sandbox.eventVault.reset();
		expect(await waiting).toBe('ECONNRESET');
		expect(isAdded()).toBe(false);
		expect(sandbox.eventVault.requests).toEqual([]);
	});

	it('reset ends held requests', async () => {
		order({ kind: 'hold', until: 2 });
		const waiting = errorCode(add());
		await untilArrived(sandbox.eventVault, 1);
		sandbox.eventVault.reset();
		expect(await waiting).toBe('ECONNRESET');
		expect(isAdded()).toBe(false);
	});

	it('close ends waiting requests', async () => {
		const own = await startSandbox({ latencyMs: 60_000 });
		const waiting = errorCode(vault(own.eventVault.url, '/getGuests'));
		await untilArrived(own.eventVault, 1);
		await own.close();
		expect(await waiting).toBe('ECONNRESET');
	});
});

// Queue mode in a real n8n: a main process and two workers with Redis and PostgreSQL. Where executions run, how many
// log-ins they need, how two workers share a rate limit, what remains when a worker is killed, and who polls.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type Ended, N8nClient } from '../support/client.mts';
import type { Json } from '../support/n8n.mts';
import { POLL_SECONDS } from '../support/pollTimes.mts';
import { ERROR_TRIGGER, type KilledWorker, WRITTEN, killWorker } from './killedWorker.mts';
import { type Stack, newStack } from './stack.mts';
import {
	ARTSVP,
	COUNTED,
	INVITARIO_LIST,
	LISTS,
	SESSIONS,
	type VendorCase,
} from './vendorCases.mts';
import { Watched } from './watched.mts';
import { NODE, Requested, type Running, TRIGGER } from './workflows.mts';

const GUESTS = 30;
const MS_PER_SECOND = 1000;
const POLL_MS = POLL_SECONDS * MS_PER_SECOND;
const START_DEADLINE_MS = 300_000;
const STORY_DEADLINE_MS = 300_000;
/** n8n's message for a job of a worker that is gone. */
const GIVEN_UP = /failed to be processed too many times/;

let sandbox: Sandbox;
let stack: Stack;
let killed: KilledWorker;
/** The requests of an execution while there was no worker. */
let requestsWithoutWorkers: number;
let begun: Requested;

const vendors = () => {
	const { eventVault, invitario, artsvp, inEvent, eventtia } = sandbox;
	return [eventVault, invitario, artsvp, inEvent, eventtia];
};

/** @param changes to the credential */
async function publish(
	{ node, credentialType, data, parameters }: VendorCase,
	running: Running = stack,
	changes: Json = {},
): Promise<Requested> {
	const fields = { ...data(sandbox), ...changes };
	const credential = await running.n8n.saveCredential(credentialType, fields);
	return await Requested.publish(running, {
		type: node,
		parameters: parameters(sandbox),
		credential,
	});
}

const requests = (count: number, items: number): Json[][] =>
	Array.from({ length: count }, () => Array.from({ length: items }, () => ({})));
const workersOf = (executions: Ended[]) => executions.map(({ id }) => stack.startedBy(id));
const both = new Set(['a', 'b']);

beforeAll(async () => {
	[sandbox, stack] = await Promise.all([startSandbox({ seed: { guests: GUESTS } }), newStack()]);
	await stack.startMain();
	const [list] = LISTS.filter(({ name }) => name === ARTSVP.name);
	if (list === undefined) throw new Error('there is no such case');
	begun = await publish(list);
	await begun.send();
	await sleep(2 * MS_PER_SECOND);
	requestsWithoutWorkers = sandbox.artsvp.requests.length;
	await stack.startWorker('a');
	// n8n finds out about the killed worker's jobs while the other tests run.
	killed = await killWorker(stack);
}, START_DEADLINE_MS);

beforeEach(() => {
	for (const vendor of vendors()) vendor.reset();
});

afterEach(() => {
	expect(vendors().flatMap(({ refused }) => refused)).toEqual([]);
});

afterAll(async () => {
	await stack?.end();
	await Promise.all([sandbox?.close(), killed?.close()]);
});

describe('an execution', () => {
	test('waits for a worker: the main process sends nothing to the vendor', async () => {
		const [execution, ...others] = await begun.ended(1);

		expect(requestsWithoutWorkers).toBe(0);
		expect(others).toEqual([]);
		expect(execution?.status).toBe('success');
		expect(stack.startedBy(execution?.id ?? '')).toEqual(['a']);
	});

	test.each(LISTS)(
		'of $name runs once, on a worker, and outputs the same as in an n8n without workers',
		async (vendor) => {
			const single = { n8n: N8nClient.shared() };
			const [onWorkers, inSingle] = await Promise.all([publish(vendor), publish(vendor, single)]);

			const executions = await onWorkers.run([{}], [{}]);
			const [expected] = await inSingle.run([{}]);
			await single.n8n.unpublish(inSingle.workflowId);
			await single.n8n.remove(inSingle.workflowId);

			const items = expected?.items(NODE);
			expect(items?.length).toBeGreaterThanOrEqual(GUESTS / 2);
			expect(executions.map((one) => one.items(NODE))).toEqual([items, items]);
			for (const workers of workersOf(executions)) expect(workers).toHaveLength(1);
		},
	);
});

describe('the session', () => {
	/** More than one worker takes at a time. */
	const AT_ONCE = 12;
	const ITEMS = 3;
	/** Long enough for all of them to find the same token before one has renewed it. */
	const LATENCY_MS = 1000;

	test.each(SESSIONS)(
		'of $name is shared by the workers; an expired one costs $bound',
		async ({ server, mostLogIns, ...vendor }) => {
			const flow = await publish(vendor);
			const { state } = server(sandbox);
			const issuedIn = async (run: () => Promise<Ended[]>) => {
				const before = state.tokensIssued;
				const executions = await run();
				return { executions, issued: state.tokensIssued - before };
			};

			const inTurn = await issuedIn(async () => {
				const executions: Ended[] = [];
				for (let run = 0; run < 4; run += 1) executions.push(...(await flow.run([{}])));
				return executions;
			});
			state.expireSessions();
			server(sandbox).latencyMs = LATENCY_MS;
			const renewing = await issuedIn(async () => await flow.run(...requests(AT_ONCE, ITEMS)));
			server(sandbox).latencyMs = 0;
			const afterwards = await issuedIn(async () => await flow.run(...requests(AT_ONCE, ITEMS)));

			expect(inTurn.issued).toBe(1);
			expect(renewing.issued).toBeGreaterThanOrEqual(1);
			expect(renewing.issued).toBeLessThanOrEqual(mostLogIns(AT_ONCE));
			expect(afterwards.issued).toBe(0);
			for (const { error, items } of [...renewing.executions, ...afterwards.executions]) {
				expect(error).toBeUndefined();
				expect(items(NODE)).toHaveLength(ITEMS);
			}
			for (const { executions } of [inTurn, renewing, afterwards]) {
				expect(new Set(workersOf(executions).flat())).toEqual(both);
			}
		},
	);

	test('of Invitario is opened and closed once by each execution', async () => {
		const flow = await publish(INVITARIO_LIST);

		const executions = await flow.run(...requests(6, 1));

		const { requests: asked, state } = sandbox.invitario;
		const count = (end: string) => asked.filter(({ path }) => path.endsWith(end)).length;
		expect(count('/login')).toBe(executions.length);
		expect(count('/logout')).toBe(executions.length);
		expect(state.sessions()).toEqual([]);
		expect(new Set(workersOf(executions).flat())).toEqual(both);
	});
});

describe('a rate limit that two workers share', () => {
	const LIMIT = 40;
	const WINDOW_SECONDS = 2;
	const EXECUTIONS = 4;
	const ITEMS = 30;

	/**
	 * Runs more requests than the vendor allows, with a rate limit in the credential. @returns how many were rejected
	 */
	async function countRejected(
		{ server, ...vendor }: (typeof COUNTED)[number],
		rateLimitRequests: number,
	): Promise<number> {
		const { rateLimit } = server(sandbox).state;
		// The vendor sends 429 without headers.
		Object.assign(rateLimit, { limit: LIMIT, windowMs: WINDOW_SECONDS * MS_PER_SECOND });
		Object.assign(rateLimit, { headers: 'none' });
		const budget = { rateLimitRequests, rateLimitSeconds: WINDOW_SECONDS };
		const flow = await publish(vendor, stack, budget);
		const executions = await flow.run(...requests(EXECUTIONS, ITEMS));
		for (const { error, items } of executions) {
			expect(error).toBeUndefined();
			expect(items(NODE)).toHaveLength(ITEMS);
		}
		expect(new Set(workersOf(executions).flat())).toEqual(both);
		return rateLimit.rejected;
	}

	test.each(COUNTED)(
		'$name: each worker uses the whole rate limit: the vendor rejects some requests, and none is lost',
		async (vendor) => {
			const count = await countRejected(vendor, LIMIT);

			expect(count).toBeGreaterThan(0);
			expect(count).toBeLessThan(EXECUTIONS * ITEMS);
		},
	);

	test.each(COUNTED)(
		'$name: with half of the limit in the credential the vendor rejects none',
		async (vendor) => {
			expect(await countRejected(vendor, LIMIT / 2)).toBe(0);
		},
	);
});

describe('a worker that is killed during its work', () => {
	test.each([
		['Event Vault guest: Create or Update', 'once'],
		['InEvent registration: Create', 'once'],
		['ARTSVP invite: Create or Update', 'once'],
		['ARTSVP invite: Create', 'twice'],
		['Eventtia attendee: Create', 'twice'],
	])(
		'%s: n8n does not run it again; when the items are sent again, the vendor has the earlier records %s',
		async (name, times) => {
			const [batch] = killed.batches.filter((one) => one.name === name);
			if (batch === undefined) throw new Error(`there is no ${name}`);
			const written = (count: number, rest: number) =>
				batch.whenKilled.map((_, index) => (index < WRITTEN ? count : rest));

			const failed = await batch.failed();
			const whenFailed = batch.now();
			const again = await batch.again();

			expect(failed.status).toBe('error');
			expect(failed.error).toMatch(GIVEN_UP);
			expect(failed.items(NODE)).toEqual([]);
			expect(stack.startedBy(failed.id)).toEqual(['a']);
			expect(batch.whenKilled).toEqual(written(1, 0));
			expect(whenFailed).toEqual(batch.whenKilled);
			expect(again.status).toBe('success');
			expect(again.items(NODE)).toHaveLength(batch.whenKilled.length);
			expect(batch.now()).toEqual(written(times === 'once' ? 1 : 2, 1));
		},
		STORY_DEADLINE_MS,
	);

	test(
		'a polled change: the execution fails, the error workflow receives it, the trigger continues',
		async () => {
			const { poll } = killed;

			const [failed, ...others] = await poll.ended(1);
			const errorReports = await poll.errorReports();
			const next = poll.addAnother();
			const all = await poll.ended(2);

			expect(others).toEqual([]);
			expect(failed?.error).toMatch(GIVEN_UP);
			expect(stack.startedBy(failed?.id ?? '')).toEqual(['a']);
			// n8n keeps nothing of its items, so it cannot be retried.
			expect(failed?.items(TRIGGER)).toEqual([]);
			expect(poll.isDone(poll.email)).toBe(false);
			expect(errorReports.flatMap(({ items }) => items(ERROR_TRIGGER))).toEqual([
				expect.objectContaining({ execution: expect.objectContaining({ id: failed?.id }) }),
			]);
			expect(all.slice(1).flatMap(({ items }) => items(TRIGGER))).toEqual([
				expect.objectContaining({ email: next }),
			]);
			expect(poll.isDone(next)).toBe(true);
		},
		STORY_DEADLINE_MS,
	);
});

describe('polling', () => {
	/** Requests that every poll sends once. */
	const polls = () => ({
		eventVault: sandbox.eventVault.requests.filter(({ path }) => path === '/getGuests').length,
		invitario: sandbox.invitario.requests.filter(({ path }) => path.endsWith('/login')).length,
	});
	const asked = () => vendors().map(({ requests: all }) => all.length);

	test(
		'happens only in the main process; across its kill and restart every change is output once, on a worker',
		async () => {
			const start = Date.now();
			const watched = await Watched.publish(stack, sandbox);
			watched.change(0);
			await watched.untilFound();
			await sleep(POLL_MS);
			const intervals = (Date.now() - start) / POLL_MS;
			const polled = polls();

			await stack.kill('main');
			const whenKilled = asked();
			watched.change(1);
			await sleep(1.2 * POLL_MS);
			const withoutMain = asked();
			await stack.startMain();
			await watched.untilFound();
			watched.change(2);
			await watched.untilFound();
			// The next polls repeat nothing.
			await sleep(1.2 * POLL_MS);

			// One when it was published, and one in each interval since.
			for (const count of Object.values(polled)) {
				expect(count).toBeGreaterThanOrEqual(Math.floor(intervals));
				expect(count).toBeLessThanOrEqual(Math.ceil(intervals) + 1);
			}
			expect(withoutMain).toEqual(whenKilled);
			for (const { truth, found, executions } of await watched.outcome()) {
				expect(truth.length).toBeGreaterThan(9);
				expect(found).toEqual(truth);
				expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
				for (const workers of workersOf(executions)) expect(workers).toHaveLength(1);
			}
		},
		STORY_DEADLINE_MS,
	);
});

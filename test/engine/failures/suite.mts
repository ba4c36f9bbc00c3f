/**
 * Plays the failures that every vendor has to every operation of a vendor's contract table: what reached the wire, what
 * came out, and what a person reads. What only one vendor does is tested in its own folder. Time is virtual, and the items
 * of a run fail one after the other, each in another way: that saves most of the engine's work.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { FaultOrder, RecordedRequest } from '../../../sandbox/start.mts';
import { endpointName } from '../../contract/support/table.mts';
import { findEndpoint } from '../../contract/support/wire.mts';
import { nth } from '../../rig/records.mts';
import { errorOf, storedText } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import type { NodeRunResult, RunError } from '../../support/engine.mts';
import { startScripted, type ScriptedServer } from '../../support/scripted-server.mts';
import { startVirtualTime, type VirtualTime } from '../../support/virtual-time.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';
import { catalogEntry, secretValues } from '../../vendors/index.mts';
import { failureCalls, type FailureCall } from './calls.mts';
import {
	SCENARIOS,
	type GoodRun,
	type PlayedItem,
	type Scenario,
	type SeenError,
	type Situation,
} from './scenarios.mts';

const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g;
const AMBIGUOUS = 'not known whether the change was made';
/** Longer than any wait that a scenario asks for. */
const AFTER_EVERY_WAIT_MS = 60_000;

/** A call, where it goes, and what it does while nothing fails. */
interface LearntCall extends FailureCall {
	method: string;
	path: string;
	good: GoodRun;
	/** What comes out of one item, as JSON. */
	json: string[];
}

/** What is seen of a run, or expected of it. */
interface Outcome {
	/** Requests to the own address of the call. */
	sent: number;
	logIns: number;
	/** By item: `done`, how many items came out where that is another number, or the error. */
	items: Array<'done' | number | SeenError>;
}

/** Declares the tests of one vendor. */
export function failureSuite<Key extends VendorKey>(vendor: TestVendor<Key>): void {
	const { failures, contract, api } = vendor;
	const { name } = catalogEntry(vendor);
	const secrets = secretValues(vendor);

	describe(`failures of ${name}`, () => {
		const rig = useVendor(vendor, {
			...(contract.guests === undefined ? {} : { guests: contract.guests }),
			...(api.session === undefined ? {} : { credential: api.session }),
		});
		const calls: LearntCall[] = [];
		let time: VirtualTime;
		let elsewhere: ScriptedServer;

		beforeAll(async () => {
			elsewhere = await startScripted(() => ({ status: 200, body: '{}' }));
			time = startVirtualTime();
			for (const call of failureCalls(vendor)) calls.push(await learn(call));
		});
		beforeEach(reset);
		afterAll(async () => {
			time.restore();
			await elsewhere.close();
		});

		function reset(): void {
			rig.server.reset();
			api.liftLimits(rig.server);
			contract.seed(rig.server);
		}

		/** Runs a call for its first item, `count` times in one run. */
		async function run(call: FailureCall, count: number, options: IDataObject, extras: RunExtras) {
			const { resource, operation, ...parameters } = call.parameters;
			const first = rig.server.requests.length;
			const result = await rig.run(
				`${String(resource)}: ${String(operation)}`,
				{
					...parameters,
					options: { ...Object(parameters.options), concurrency: 1, ...options },
				},
				{ items: Array.from({ length: count }, () => structuredClone(nth(call.items))), ...extras },
			);
			const requests = rig.server.requests
				.slice(first)
				.filter((request) => api.isLogInProbe?.(request) !== true);
			return { result, requests };
		}

		async function learn(call: FailureCall): Promise<LearntCall> {
			reset();
			const { result, requests } = await run(call, 1, {}, {});
			expect([call.name, result.error]).toEqual([call.name, undefined]);
			const { method, path, status } = nth(
				requests.filter((request) => findEndpoint(contract.table, request) === call.endpoint),
				call.precededBy,
			);
			const sent = sentTo({ method, path }, requests);
			const logIns = requests.filter((request) => api.isLogIn(request)).length;
			return { ...call, method, path, good: { sent, status, logIns }, json: itemsFrom(result, 0) };
		}

		function order(call: LearntCall, items: readonly PlayedItem[]): void {
			const { method, path } = call;
			const faults: Array<{ position: number; action: FaultOrder['do'] }> = [];
			let position = 0;
			for (const { meets, outcome } of items) {
				for (const [index, action] of meets.entries()) {
					faults.push({ position: position + call.precededBy + index + 1, action });
				}
				position += requestsFor(call, { meets, outcome });
			}
			for (const [index, { position: at, action }] of faults.entries()) {
				// A fault does not count the requests that met an earlier one.
				rig.fault({ when: { method, path, nth: at - index }, do: action });
			}
		}

		async function play(call: LearntCall, scenario: Scenario) {
			const situation: Situation = {
				...call,
				name,
				failures,
				accepts: failures.accepts[endpointName(call.endpoint)],
				secret: nth(secrets),
				elsewhere: elsewhere.url,
			};
			const items = scenario.items(situation);
			rig.server.faults.clear();
			order(call, items);
			const started = time.now();
			const { result, requests } = await run(
				call,
				items.length,
				scenario.options ?? {},
				scenario.stops ? {} : { onError: 'continueRegularOutput' },
			);
			const passedMs = time.now() - started;
			time.pass(AFTER_EVERY_WAIT_MS);

			expectNoSecret(result, requests);
			for (const [index, { outcome }] of items.entries()) {
				if (outcome !== 'done') continue;
				expect(passedMs).toBeGreaterThanOrEqual(scenario.waitsMs ?? 0);
				if (call.safety !== 'safe') continue;
				expect([call.name, itemsFrom(result, index)]).toEqual([call.name, call.json]);
			}
			const logIns = call.good.logIns + (scenario.logIns?.(situation) ?? 0);
			const sent = items.reduce((sum, item) => sum + requestsFor(call, item), 0);
			const expected: Outcome = {
				sent,
				logIns,
				items: items.map(({ outcome }, index) =>
					typeof outcome === 'string' ? 'done' : withItem(outcome, index),
				),
			};
			return { observed: observe(call, items.length, result, requests), expected };
		}

		function observe(
			call: LearntCall,
			count: number,
			result: NodeRunResult,
			requests: readonly RecordedRequest[],
		): Outcome {
			const seen: Outcome = {
				sent: sentTo(call, requests),
				logIns: requests.filter((one) => api.isLogIn(one)).length,
				items: [],
			};
			if (result.error !== undefined) {
				expect([call.name, result.items, result.error.itemIndex]).toEqual([call.name, [], 0]);
				seen.items.push(errorIn(errorOf(result)));
				return seen;
			}
			for (let index = 0; index < count; index += 1) {
				const json = readItems(result, index);
				const [first] = json;
				if (first?.error !== undefined) seen.items.push(errorItem(first));
				else seen.items.push(json.length === call.json.length ? 'done' : json.length);
			}
			return seen;
		}

		test.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))(
			'%s',
			async (_title, scenario) => {
				const observed: Record<string, Outcome> = {};
				const expected: Record<string, Outcome> = {};
				for (const call of sampled(calls, scenario)) {
					const played = await play(call, scenario);
					observed[call.name] = played.observed;
					expected[call.name] = played.expected;
					if (call.safety !== 'safe') reset();
				}
				expect(observed).toEqual(expected);
				expect(elsewhere.seen).toEqual([]);
			},
		);

		/** No secret or token is in what a person reads or n8n keeps of the run. */
		function expectNoSecret(result: NodeRunResult, requests: readonly RecordedRequest[]): void {
			const stored = storedText(result);
			for (const secret of new Set([...secrets, ...requests.flatMap(tokensIn)])) {
				expect(stored.includes(secret)).toBe(false);
			}
		}
	});
}

/** The calls of a scenario: all, or the first of each method and safety. */
function sampled(calls: readonly LearntCall[], scenario: Scenario): LearntCall[] {
	const kind = ({ method, safety }: LearntCall) => `${method} ${safety}`;
	const kinds = calls.map(kind);
	return calls.filter(
		(call, index) =>
			scenario.sampled === undefined ||
			(scenario.sampled === 'reads' && call.safety !== 'safe') ||
			kinds.indexOf(kind(call)) === index,
	);
}

/** How many requests an item sends to the own address of its call. */
function requestsFor(
	{ precededBy, good }: LearntCall,
	{ meets, outcome }: Pick<PlayedItem, 'meets' | 'outcome'>,
): number {
	if (outcome === 'accepted') return good.sent;
	return outcome === 'done' ? good.sent + meets.length : precededBy + meets.length;
}

function sentTo(
	{ method, path }: { method: string; path: string },
	requests: readonly RecordedRequest[],
): number {
	return requests.filter((one) => one.method === method && one.path === path).length;
}

/** The items that came of one input item, as JSON without the moments in them: some are those of the run. */
function itemsFrom(result: NodeRunResult, index: number): string[] {
	return readItems(result, index).map((json) => JSON.stringify(json).replace(MOMENT, 'a moment'));
}

/** The JSON data of the items that came of one input item. */
function readItems({ items }: NodeRunResult, index: number): IDataObject[] {
	return items
		.filter(({ pairedItem }) => Object(pairedItem).item === index)
		.map(({ json }) => json);
}

/** An expected error, with the item in its first line. */
function withItem(error: SeenError, index: number): SeenError {
	const { message } = error;
	return typeof message === 'string' ? { ...error, message: `${message} [item ${index}]` } : error;
}

function errorIn({ message, httpCode, failure, description }: RunError): SeenError {
	return {
		message,
		httpCode: httpCode == null ? undefined : Number(httpCode),
		cause: Object(failure).cause,
		isAmbiguous: String(description).includes(AMBIGUOUS),
	};
}

function errorItem({ error, details }: IDataObject): SeenError {
	const { httpCode, failure, description, ambiguous } = Object(details);
	const isAmbiguous = String(description).includes(AMBIGUOUS);
	expect([error, ambiguous === true]).toEqual([error, isAmbiguous]);
	return {
		message: error,
		httpCode: httpCode ?? undefined,
		cause: Object(failure).cause,
		isAmbiguous,
	};
}

/** What opened the session of a request. */
function tokensIn({ headers, body }: RecordedRequest): string[] {
	const { authorization } = headers;
	const token = typeof authorization === 'string' ? authorization.split(' ').slice(-1) : [];
	const session: unknown = Object(body).sessionToken;
	return [...token, ...(typeof session === 'string' ? [session] : [])];
}

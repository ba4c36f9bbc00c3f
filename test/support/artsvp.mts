/** What the ARTSVP engine tests share: one engine and one sandbox per file, and short ways to run the node. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { ARTSVP_CREDENTIALS } from '../../sandbox/credentials.mts';
import {
	startSandbox,
	type ArtsvpBooking,
	type ArtsvpInvite,
	type ArtsvpState,
	type FaultOrder,
	type RecordedRequest,
	type Sandbox,
	type VendorServer,
} from '../../sandbox/start.mts';
import {
	createEngine,
	type Engine,
	type EngineOptions,
	type NodeRunRequest,
	type NodeRunResult,
} from './engine.mts';

export { by, data, errorOf, expectNotStored } from './event-vault.mts';

export const API_KEY: string = ARTSVP_CREDENTIALS.apiKey;
export const OTHER_API_KEY: string = ARTSVP_CREDENTIALS.otherApiKey;
export const API = '/api/v3';
/** `resource: operation`, as in `booking: getAll`. */
export type OperationName =
	| `event: ${'get' | 'getAll'}`
	| `collection: ${'get' | 'getAll'}`
	| `booking: ${'get' | 'getAll' | 'update'}`
	| `invite: ${'create' | 'createBatch' | 'upsert' | 'delete' | 'get' | 'getAll' | 'update'}`;

export type MoreOfRun = Omit<Partial<NodeRunRequest>, 'nodeType' | 'parameters'>;

/** The running parts, and what tests do with them. Usable inside tests only. */
export interface ArtsvpBench {
	readonly engine: Engine;
	readonly server: VendorServer<ArtsvpState>;
	/** Credential data of the sandbox, with changes. */
	credentials(changes?: IDataObject): { artsvpApi: IDataObject & Record<string, string | number> };
	run(operation: OperationName, parameters?: IDataObject, more?: MoreOfRun): Promise<NodeRunResult>;
	/** Orders a fault; its path is given without `/api/v3`. */
	fault(order: FaultOrder): void;
	/** Requests that reached the sandbox since the test began; of one path (without `/api/v3`) if it is given. */
	requests(path?: string): RecordedRequest[];
	/** The answered statuses, in order of arrival; 0 is a cut connection. */
	statuses(): number[];
	/** `GET /events` and the like, in order of arrival. */
	calls(): string[];
	/** The first invite, as the vendor shows it. */
	invite(): ArtsvpInvite;
	/** The first booking, as the vendor shows it. */
	booking(): ArtsvpBooking;
}

/** High enough that no test is paced; every test has its own, so that none waits for the one before. */
const BUDGET_WITHOUT_PACING = 1_000_000;
let budget = BUDGET_WITHOUT_PACING;

/**
 * Starts the engine and the sandbox for a test file and resets the sandbox before each test. After each test it is
 * checked that nothing undocumented was sent.
 *
 * @param guests how many bookings and invites there are
 */
export function useArtsvp(guests = 25, options: EngineOptions = {}): ArtsvpBench {
	let engine: Engine;
	let sandbox: Sandbox<'artsvp'>;
	beforeAll(async () => {
		engine = await createEngine(options);
		sandbox = await startSandbox({ vendors: ['artsvp'], seed: { guests } });
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => {
		budget += 1;
		sandbox.artsvp.reset();
		sandbox.artsvp.latencyMs = 0;
	});
	afterEach(() => expect(sandbox.artsvp.refused).toEqual([]));

	const bench: ArtsvpBench = {
		get engine() {
			return engine;
		},
		get server() {
			return sandbox.artsvp;
		},
		credentials(changes = {}) {
			const baseUrl = `${sandbox.artsvp.url}${API}`;
			return {
				artsvpApi: { apiKey: API_KEY, baseUrl, rateLimitRequests: budget, ...changes },
			};
		},
		async run(operation, parameters = {}, more = {}) {
			const [resource, name] = operation.split(': ');
			return await engine.run({
				nodeType: 'artsvp',
				parameters: { resource, operation: name, ...parameters },
				credentials: bench.credentials(),
				...more,
			});
		},
		fault({ when, ...order }) {
			const at = when?.path === undefined ? when : { ...when, path: `${API}${when.path}` };
			sandbox.artsvp.faults.add(at === undefined ? order : { ...order, when: at });
		},
		requests(path) {
			const { requests } = sandbox.artsvp;
			return path === undefined ? requests : requests.filter((one) => one.path === `${API}${path}`);
		},
		statuses: () => sandbox.artsvp.requests.map(({ status }) => status),
		calls: () =>
			sandbox.artsvp.requests.map(({ method, path }) => `${method} ${path.slice(API.length)}`),
		invite: () => first(sandbox.artsvp.state.invites()),
		booking: () => first(sandbox.artsvp.state.bookings()),
	};
	return bench;
}

/** The first of some records. @throws Error where there is none */
export function first<T>(records: readonly T[]): T {
	const [record] = records;
	if (record === undefined) throw new Error('There is no record');
	return record;
}

/** Items that stand for guests: `{ json: { n, email } }` from 1. */
export function guests(count: number): Array<{ json: { n: number; email: string } }> {
	return Array.from({ length: count }, (_, index) => ({
		json: { n: index + 1, email: `guest-${index + 1}@example.com` },
	}));
}

/** What the Eventtia engine tests share: one engine and one sandbox per file, and short ways to run and to look. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/credentials.mts';
import {
	startSandbox,
	type EventtiaEvent,
	type EventtiaState,
	type FaultOrder,
	type RecordedRequest,
	type Sandbox,
	type VendorServer,
} from '../../../sandbox/start.mts';
import {
	createEngine,
	type Engine,
	type NodeRunRequest,
	type NodeRunResult,
	type RunError,
} from '../../support/engine.mts';

export const API = '/api/v3';
/** The first seeded event, in Bogotá. */
export const EVENT = EVENTTIA_CREDENTIALS.eventUri;
/** The second seeded event, in Vienna, where the clocks go back during it. */
export const VIENNA = EVENTTIA_CREDENTIALS.otherEventUri;
/** An event of another account. */
export const FOREIGN = EVENTTIA_CREDENTIALS.foreignEventUri;

/** What is said of a write that may have happened. */
export const AMBIGUOUS = 'not known whether the change was made';

/** Requests per minute that no test reaches: what is about the limit sets its own. */
const NO_LIMIT = 100_000;

/** What a run may be asked for besides its parameters. */
export type RunExtras = Partial<Omit<NodeRunRequest, 'nodeType' | 'parameters'>> & {
	/** Replaces fields of the good credential. */
	credential?: ICredentialDataDecryptedObject;
};

/** A record as the vendor sends it. */
export interface VendorRecord extends IDataObject {
	id: string;
	type: string;
	attributes: IDataObject;
}

export interface Rig {
	readonly engine: Engine;
	readonly server: VendorServer<EventtiaState>;
	readonly state: EventtiaState;
	/** The first seeded event, as the sandbox holds it. */
	readonly event: EventtiaEvent;
	/** The credential that the sandbox accepts, logged in, with some fields replaced. */
	credential(changes?: ICredentialDataDecryptedObject): {
		eventtiaApi: ICredentialDataDecryptedObject;
	};
	/** Runs the node for the first seeded event, e.g. `run('speaker: getAll', { limit: 2 })`. */
	run(operation: string, parameters?: IDataObject, extras?: RunExtras): Promise<NodeRunResult>;
	fault(order: FaultOrder): void;
	/** The requests of the test, of one path below `/api/v3` if it is given. */
	sent(path?: string): RecordedRequest[];
	/** The same as `GET /events/…`, without `/api/v3`. */
	calls(): string[];
	/** The records of the whole list at a path, as the vendor itself sends them; asked with 24 a page. */
	listed(path: string): Promise<VendorRecord[]>;
}

/**
 * Declares the start and the end of engine and sandbox for a test file. After each test the sandbox is as new, and
 * it is checked that nothing undocumented was sent.
 *
 * @param guests how many attendees the first event has
 */
export function useEventtia(guests = 10): Rig {
	let engine: Engine | undefined;
	let sandbox: Sandbox<'eventtia'> | undefined;
	beforeAll(async () => {
		engine = await createEngine();
		sandbox = await startSandbox({ vendors: ['eventtia'], seed: { guests } });
	});
	afterEach(() => {
		expect(rig.server.refused).toEqual([]);
		rig.server.reset();
		rig.server.latencyMs = 0;
	});
	afterAll(async () => await sandbox?.close());

	const rig: Rig = {
		get engine() {
			return started(engine);
		},
		get server() {
			return started(sandbox).eventtia;
		},
		get state() {
			return rig.server.state;
		},
		get event() {
			return rig.state.event();
		},
		credential(changes = {}) {
			const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
			return {
				eventtiaApi: {
					authenticateAs: 'user',
					email,
					password,
					accountApiKey,
					sessionToken: tokenOf(rig.state),
					baseUrl: rig.server.url,
					rateLimitRequests: NO_LIMIT,
					...changes,
				},
			};
		},
		async run(operation, parameters = {}, { credential, ...extras } = {}) {
			const [resource, name] = operation.split(': ');
			return await rig.engine.run({
				nodeType: 'eventtia',
				parameters: { resource, operation: name, eventUri: by('uri', EVENT), ...parameters },
				credentials: rig.credential(credential),
				...extras,
			});
		},
		fault(order) {
			rig.server.faults.add(order);
		},
		sent: (path) =>
			rig.server.requests.filter((one) => path === undefined || one.path === `${API}${path}`),
		calls: () =>
			rig.server.requests.map(({ method, path }) => `${method} ${path.slice(API.length)}`),
		async listed(path) {
			const headers = { authorization: `Bearer ${tokenOf(rig.state)}` };
			const records: VendorRecord[] = [];
			for (let page = 1; ; page += 1) {
				const query = new URLSearchParams({ 'page[number]': String(page) });
				const url = `${rig.server.url}${API}${path}?${query}`;
				const answer: unknown = await (await fetch(url, { headers })).json();
				const { data: rows, meta } = listAnswer.parse(answer);
				records.push(...rows);
				if (page >= meta.total_pages) return records;
			}
		},
	};
	return rig;
}

const listAnswer = z.object({
	data: z.array(z.custom<VendorRecord>((row) => typeof Object(row).attributes === 'object')),
	meta: z.object({ total_pages: z.number() }),
});

/** A token for the account of `EVENTTIA_CREDENTIALS`, as if n8n had logged in before. */
function tokenOf(state: EventtiaState): string {
	const account = state.accounts.get(EVENTTIA_CREDENTIALS.email);
	if (account === undefined) throw new Error('The sandbox has no account');
	return state.issueToken(account);
}

function started<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig has not been started');
	return part;
}

/** The path of the first seeded event, or of another one, below `/api/v3`. */
export function below(path: string, event: string = EVENT): string {
	return `/events/${event}${path}`;
}

/** The first (or another) of the records that a store of the sandbox holds. @throws Error if it has too few */
export function nth<T>(records: Iterable<T>, index = 0): T {
	const found = Array.from(records)[index];
	if (found === undefined) throw new Error(`The sandbox has no record ${index}`);
	return found;
}

/** The plain data of the items that came out. */
export function data(result: NodeRunResult): IDataObject[] {
	return result.items.map(({ json }) => json);
}

/** The plain data of the only item of a run that must have been good. */
export function only(result: NodeRunResult): IDataObject {
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(1);
	return nth(data(result));
}

/** The error of a run that must have failed. */
export function errorOf(result: NodeRunResult): RunError {
	if (result.error === undefined) throw new Error('The run did not fail');
	return result.error;
}

/** A resource locator's value. */
export function by(mode: string, value: string): IDataObject {
	return { __rl: true, mode, value };
}

/** Everything n8n would store of a run, hidden properties included, as text. */
export function storedText(result: NodeRunResult): string {
	return inspect([result.rawRunData, result.items, result.error], {
		depth: null,
		showHidden: true,
		maxStringLength: null,
		maxArrayLength: null,
	});
}

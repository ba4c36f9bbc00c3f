/** What the InEvent engine tests share: one engine and one sandbox per file, and short ways to run and to look. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { INEVENT_CREDENTIALS } from '../../../sandbox/credentials.mts';
import {
	startSandbox,
	type FaultOrder,
	type InEventEvent,
	type InEventState,
	type RecordedRequest,
	type Sandbox,
	type VendorServer,
} from '../../../sandbox/start.mts';
import {
	createEngine,
	type Engine,
	type EngineOptions,
	type NodeRunRequest,
	type NodeRunResult,
	type RunError,
} from '../../support/engine.mts';

export const {
	clientId: CLIENT_ID,
	clientSecret: SECRET,
	eventId: EVENT,
} = INEVENT_CREDENTIALS.production;
export const TOKEN = '/oauth/token';
export const ATTENDEES = `/v1/events/${EVENT}/attendees`;
export const REGISTRATION = `/v1/events/${EVENT}/registration`;
export const ANALYTICS = `/v1/events/${EVENT}/analytics`;
export const SESSIONS = `/v1/events/${EVENT}/sessions`;
export const ORDERS = `/v1/events/${EVENT}/orders`;

/** Every scope that an operation of the node needs. */
export const ALL_SCOPES = [
	'read:attendees',
	'write:attendees',
	'write:registration',
	'read:analytics',
	'read:sessions',
	'read:orders',
	'write:orders',
];

/** `resource: operation`, as in `attendee: getAll`. */
export type OperationName =
	| `attendee: ${'checkIn' | 'delete' | 'get' | 'getAll' | 'getCheckIns' | 'update'}`
	| 'registration: create'
	| 'analytics: getAll'
	| `session: ${'get' | 'getAll' | 'getSpeakers'}`
	| `order: ${'get' | 'getAll' | 'refund'}`;

/** What a run may be asked for besides its parameters. */
export type RunExtras = Partial<Omit<NodeRunRequest, 'nodeType' | 'parameters'>> & {
	/** Replaces fields of the good credential. */
	credential?: ICredentialDataDecryptedObject;
};

export interface Rig {
	readonly engine: Engine;
	readonly sandbox: Sandbox<'inEvent'>;
	readonly server: VendorServer<InEventState>;
	readonly state: InEventState;
	/** The event of the credential, as the sandbox holds it. */
	readonly event: InEventEvent;
	/** The credential that the sandbox accepts, with some fields replaced. */
	credential(changes?: ICredentialDataDecryptedObject): {
		inEventOAuth2Api: ICredentialDataDecryptedObject;
	};
	/** Runs the node for the credential's event, e.g. `run('attendee: getAll', { returnAll: true })`. */
	run(
		operation: OperationName,
		parameters?: IDataObject,
		extras?: RunExtras,
	): Promise<NodeRunResult>;
	fault(order: FaultOrder): void;
	/** The requests of the test, of one path if it is given, without those for a token. */
	sent(path?: string): RecordedRequest[];
	/** The requests for a token. */
	tokens(): RecordedRequest[];
}

/**
 * Declares the start and the end of engine and sandbox for a test file. After each test the sandbox is as new, and
 * it is checked that nothing undocumented was sent.
 *
 * @param guests how many attendees the event has
 */
export function useInEvent(guests = 0, options: EngineOptions = {}): Rig {
	let engine: Engine | undefined;
	let sandbox: Sandbox<'inEvent'> | undefined;
	beforeAll(async () => {
		engine = await createEngine(options);
		sandbox = await startSandbox({ vendors: ['inEvent'], seed: { guests } });
		// Only what is about the limit meets it.
		rig.state.rateLimit.limit = null;
	});
	afterEach(() => {
		expect(rig.server.refused).toEqual([]);
		rig.server.reset();
		rig.server.latencyMs = 0;
		rig.state.rateLimit.limit = null;
	});
	afterAll(async () => await sandbox?.close());

	const rig: Rig = {
		get engine() {
			return started(engine);
		},
		get sandbox() {
			return started(sandbox);
		},
		get server() {
			return rig.sandbox.inEvent;
		},
		get state() {
			return rig.server.state;
		},
		get event() {
			return rig.state.event();
		},
		credential: (changes = {}) => ({
			inEventOAuth2Api: {
				clientId: CLIENT_ID,
				clientSecret: SECRET,
				baseUrl: rig.server.url,
				scopes: ALL_SCOPES,
				...changes,
			},
		}),
		async run(operation, parameters = {}, { credential, ...extras } = {}) {
			const [resource, name] = operation.split(': ');
			return await rig.engine.run({
				nodeType: 'inEvent',
				parameters: { resource, operation: name, eventId: EVENT, ...parameters },
				credentials: rig.credential(credential),
				...extras,
			});
		},
		fault(order) {
			rig.server.faults.add(order);
		},
		sent: (path) =>
			rig.server.requests.filter((one) =>
				path === undefined ? one.path !== TOKEN : one.path === path,
			),
		tokens: () => rig.server.requests.filter((one) => one.path === TOKEN),
	};
	return rig;
}

function started<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig has not been started');
	return part;
}

/** The plain data of the items that came out. */
export function data(result: NodeRunResult): IDataObject[] {
	return result.items.map(({ json }) => json);
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

/** `count` items with an address and a number each, from 1. */
export function crowd(count: number): Array<{ json: { n: number; email: string } }> {
	return Array.from({ length: count }, (_, index) => ({
		json: { n: index + 1, email: `guest-${index + 1}@example.com` },
	}));
}

/** The expression that takes the address from the item. */
export const EMAIL = '={{ $json.email }}';

/** The bearer token that a request carried. */
export function bearer(request: RecordedRequest | undefined): string {
	return String(request?.headers.authorization).replace(/^Bearer /, '');
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

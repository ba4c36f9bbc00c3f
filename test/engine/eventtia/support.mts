/** What the Eventtia engine tests share: one engine and one sandbox per file, and short ways to run and to look. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/credentials.mts';
import type {
	AttendeeType,
	CustomField,
	DefaultField,
} from '../../../sandbox/eventtia/records/attendee-types.mts';
import type { EventtiaAttendee } from '../../../sandbox/eventtia/records/attendees.mts';
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
	type EngineOptions,
	type NodeRunRequest,
	type NodeRunResult,
	type RunError,
} from '../../support/engine.mts';

export const {
	email: EMAIL,
	password: PASSWORD,
	clientId: CLIENT_ID,
	clientSecret: CLIENT_SECRET,
	accountApiKey: ACCOUNT_KEY,
	eventUri: EVENT,
	otherEventUri: VIENNA,
} = EVENTTIA_CREDENTIALS;
export const API = '/api/v3';
export const AUTH = `${API}/auth`;
export const CLIENT_AUTH = `${API}/m2m-auth`;
/** The list that is read only to let n8n log in. */
export const PROBE = `${API}/countries`;
export const EVENTS = `${API}/events`;
export const ATTENDEES = `${EVENTS}/${EVENT}/attendees`;
export const REGISTER = `${ATTENDEES}/register`;
export const TYPES = `${EVENTS}/${EVENT}/attendee_types`;

/** What a run may be asked for besides its parameters. */
export type RunExtras = Partial<Omit<NodeRunRequest, 'nodeType' | 'parameters'>> & {
	/** Replaces fields of the good credential. */
	credential?: ICredentialDataDecryptedObject;
};

export interface Rig {
	readonly engine: Engine;
	readonly sandbox: Sandbox<'eventtia'>;
	readonly server: VendorServer<EventtiaState>;
	readonly state: EventtiaState;
	/** The event of most tests, as the sandbox holds it. */
	readonly event: EventtiaEvent;
	/** The credential that the sandbox accepts, with some fields replaced. */
	credential(changes?: ICredentialDataDecryptedObject): {
		eventtiaApi: ICredentialDataDecryptedObject;
	};
	/** Runs the node for the event of most tests, e.g. `run('attendee: getAll', { returnAll: true })`. */
	run(
		operation: `${string}: ${string}`,
		parameters?: IDataObject,
		extras?: RunExtras,
	): Promise<NodeRunResult>;
	fault(order: FaultOrder): void;
	/** The requests of the test, of one path if it is given, without log-ins. */
	sent(path?: string): RecordedRequest[];
	/** The log-ins. */
	logIns(): RecordedRequest[];
}

/**
 * Declares the start and the end of engine and sandbox for a test file. After each test the sandbox is as new, and
 * it is checked that nothing undocumented was sent.
 *
 * @param guests how many attendees the event has
 */
export function useEventtia(guests = 0, options: EngineOptions = {}): Rig {
	let engine: Engine | undefined;
	let sandbox: Sandbox<'eventtia'> | undefined;
	beforeAll(async () => {
		engine = await createEngine(options);
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
		get sandbox() {
			return started(sandbox);
		},
		get server() {
			return rig.sandbox.eventtia;
		},
		get state() {
			return rig.server.state;
		},
		get event() {
			return rig.state.event();
		},
		credential: (changes = {}) => ({
			eventtiaApi: {
				authenticateAs: 'user',
				email: EMAIL,
				password: PASSWORD,
				baseUrl: rig.server.url,
				// Only what is about the pace is paced.
				rateLimitRequests: 1_000_000,
				rateLimitSeconds: 1,
				...changes,
			},
		}),
		async run(operation, parameters = {}, { credential, ...extras } = {}) {
			const [resource, name] = operation.split(': ');
			return await rig.engine.run({
				nodeType: 'eventtia',
				parameters: { resource, operation: name, eventUri: EVENT, ...parameters },
				credentials: rig.credential(credential),
				...extras,
			});
		},
		fault(order) {
			rig.server.faults.add(order);
		},
		sent: (path) =>
			rig.server.requests.filter((one) =>
				path === undefined ? !LOG_INS.includes(one.path) && one.path !== PROBE : one.path === path,
			),
		logIns: () => rig.server.requests.filter((one) => LOG_INS.includes(one.path)),
	};
	return rig;
}

const LOG_INS = [AUTH, CLIENT_AUTH];

function started<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig has not been started');
	return part;
}

/** The plain data of the items that came out. */
export function data(result: NodeRunResult): IDataObject[] {
	return result.items.map(({ json }) => json);
}

/** The only item of a run that must have succeeded. */
export function only(result: NodeRunResult): IDataObject {
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(1);
	return result.items[0]?.json ?? {};
}

/** The error of a run that must have failed. */
export function errorOf(result: NodeRunResult): RunError {
	if (result.error === undefined) throw new Error('The run did not fail');
	return result.error;
}

/** What must be there. */
export function sure<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('There is nothing');
	return value;
}

/** A resource locator's value. */
export function by(mode: string, value: string): IDataObject {
	return { __rl: true, mode, value };
}

/** `count` items with an address and a number each, from 1. */
export function crowd(count: number): Array<{ json: { n: number; email: string } }> {
	return Array.from({ length: count }, (_, index) => ({
		json: { n: index + 1, email: `person-${index + 1}@example.com` },
	}));
}

/** The bearer token that a request carried. */
export function bearer(request: RecordedRequest | undefined): string {
	return String(request?.headers.authorization).replace(/^Bearer /, '');
}

/** The field of an attendee type with this name: of several, the n-th (from 0). */
export function fieldOf(type: AttendeeType, name: string, nth = 0): CustomField {
	return sure(type.fields.filter((field) => field.name === name)[nth]);
}

/** The value of a default field of an attendee. */
export function valueOf(event: EventtiaEvent, attendee: EventtiaAttendee, name: DefaultField) {
	return event.attendees.valueOf(attendee, name);
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

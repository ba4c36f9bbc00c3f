/** What the Invitario engine tests share: one engine and one sandbox per file, and short ways to run and to look. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/credentials.mts';
import { startSandbox, type RecordedRequest, type Sandbox } from '../../../sandbox/start.mts';
import {
	createEngine,
	type Engine,
	type EngineOptions,
	type NodeRunRequest,
	type NodeRunResult,
} from '../../support/engine.mts';

export const LOG_IN = '/api/v1/login';
export const ALL = '/api/v1/guest/list/all';
export const RECENT = '/api/v1/guest/list/recent';
export const LOG_OUT = '/api/v1/logout';
/** Long before every seeded change. */
export const LONG_AGO = '2018-01-01T18:30:00+02:00';

/** What a run may be asked for besides its parameters. */
export type RunExtras = Partial<Omit<NodeRunRequest, 'nodeType' | 'parameters'>> & {
	/** Replaces fields of the good credential. */
	credential?: IDataObject;
};

export interface Rig {
	engine: Engine;
	sandbox: Sandbox<'invitario'>;
	/** The credential that the sandbox accepts, with some fields replaced. */
	credential(changes?: IDataObject): { invitarioApi: IDataObject & Record<string, string> };
	/** Runs the node, e.g. `run('guest', 'getAll', { returnAll: true })`. */
	run(
		resource: 'guest' | 'event',
		operation: string,
		parameters?: IDataObject,
		extras?: RunExtras,
	): Promise<NodeRunResult>;
	/** The paths that were asked for, in order of arrival. */
	paths(): string[];
	/** The requests to one path. */
	sent(path: string): RecordedRequest[];
}

/**
 * Declares the start and the end of engine and sandbox for a test file. After each test the sandbox is as new, and
 * it is checked that nothing undocumented was sent.
 *
 * @param guests how many guests the sandbox has
 */
export function useRig(guests = 25, options: EngineOptions = {}): Rig {
	let engine: Engine | undefined;
	let sandbox: Sandbox<'invitario'> | undefined;
	beforeAll(async () => {
		engine = await createEngine(options);
		sandbox = await startSandbox({ vendors: ['invitario'], seed: { guests } });
	});
	afterEach(() => {
		expect(rig.sandbox.invitario.refused).toEqual([]);
		rig.sandbox.invitario.reset();
	});
	afterAll(async () => await sandbox?.close());

	const rig: Rig = {
		get engine() {
			return started(engine);
		},
		get sandbox() {
			return started(sandbox);
		},
		credential: (changes = {}) => ({
			invitarioApi: {
				...INVITARIO_CREDENTIALS,
				baseUrl: rig.sandbox.invitario.url,
				...changes,
			},
		}),
		async run(resource, operation, parameters = {}, { credential, ...extras } = {}) {
			return await rig.engine.run({
				nodeType: 'invitario',
				parameters: { resource, operation, ...parameters },
				credentials: rig.credential(credential),
				...extras,
			});
		},
		paths: () => rig.sandbox.invitario.requests.map(({ path }) => path),
		sent: (path) => rig.sandbox.invitario.requests.filter((request) => request.path === path),
	};
	return rig;
}

function started<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig has not been started');
	return part;
}

/** The output of a run without its wrapping. */
export function jsonOf(result: NodeRunResult): IDataObject[] {
	return result.items.map(({ json }) => json);
}

/** `count` items that differ in `n`, from 0. */
export function numbered(count: number): Array<{ json: { n: number } }> {
	return Array.from({ length: count }, (_, n) => ({ json: { n } }));
}

/** A resource locator for the parameter *Guest*. */
export function guestBy(mode: 'list' | 'id' | 'accessCode' | 'email', value: string): IDataObject {
	return { guestId: { __rl: true, mode, value } };
}

/** The session token that a request carried. */
export function tokenOf(request: RecordedRequest | undefined): unknown {
	const body: unknown = request?.body;
	if (typeof body !== 'object' || body === null) return undefined;
	return 'sessionToken' in body ? body.sessionToken : undefined;
}

/** Everything n8n keeps of a run, as text: the stored execution, its error, its log lines in items. */
export function everythingStored(result: NodeRunResult): string {
	const seen = new WeakSet<object>();
	const flat = (_key: string, value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		if (!(value instanceof Error)) return value;
		// `message`, `stack` and `cause` of an error are not enumerable.
		const own = Object.getOwnPropertyNames(value).map((name) => [
			name,
			Object.getOwnPropertyDescriptor(value, name)?.value,
		]);
		return Object.fromEntries(own);
	};
	return JSON.stringify([result.rawRunData, result.error?.raw, result.items, result.hints], flat);
}

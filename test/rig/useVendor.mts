/**
 * The rig of the engine tests: one engine and one vendor's sandbox server per test file, and short ways to run the
 * node.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { FaultOrder, RecordedRequest } from '../../sandbox/start.mts';
import {
	createEngine,
	type CredentialData,
	type Engine,
	type EngineOptions,
	type NodeRunRequest,
	type NodeRunResult,
} from '../support/engine.mts';
import type { TestVendor, VendorKey, VendorServerOf } from '../vendors/defineVendor.mts';
import { startVendor, type StartedVendor } from './startVendor.mts';

/** Optional settings of a run besides its parameters. */
export type RunExtras = Omit<Partial<NodeRunRequest>, 'nodeType' | 'parameters'> & {
	/** Replaces fields of the valid credential. */
	credential?: ICredentialDataDecryptedObject;
};

export interface RigOptions<Key extends VendorKey> extends EngineOptions {
	/** How many guests the vendor has at the start of each test; default 25. */
	guests?: number;
	/** Fields of the valid credential that depend on the server, e.g. a token. */
	credential?(server: VendorServerOf<Key>): ICredentialDataDecryptedObject;
}

/** The running parts, and the functions that tests use. Only usable inside tests. */
export interface Rig<Key extends VendorKey = VendorKey> {
	readonly engine: Engine;
	readonly server: VendorServerOf<Key>;
	readonly state: VendorServerOf<Key>['state'];
	/** The fields of the credential that the vendor accepts, with replacements. */
	credential(changes?: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject;
	/** The same in the form that a run takes: by credential type. */
	credentials(changes?: ICredentialDataDecryptedObject): CredentialData;
	/** Runs an operation, e.g. `run('guest: getAll', { returnAll: true })`. */
	run(operation: string, parameters?: IDataObject, extras?: RunExtras): Promise<NodeRunResult>;
	/** Orders a fault. */
	fault(order: FaultOrder): void;
	/**
	 * The requests of the test, without log-ins and the requests that trigger them; with a path, all requests to it.
	 */
	sent(path?: string): RecordedRequest[];
	/** The log-ins of the test. */
	logIns(): RecordedRequest[];
	/** Every request as `GET /events`, without the API's prefix. */
	calls(): string[];
	/** The path of every request. */
	paths(): string[];
	/** The status of every response; 0 is a cut connection. */
	statuses(): number[];
}

/**
 * Starts engine and vendor for a test file and stops them. After each test checks that the vendor refused no request,
 * which means that all of them were documented, and resets the vendor. A path may be given without the API's prefix.
 */
export function useVendor<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	{ guests, credential: ownFields, ...engineOptions }: RigOptions<Key> = {},
): Rig<Key> {
	const { key, api, credential } = vendor;
	let engine: Engine | undefined;
	let started: StartedVendor<Key> | undefined;
	let tests = 0;

	beforeAll(async () => {
		engine = await createEngine(engineOptions);
		started = await startVendor(key, guests);
	});
	beforeEach(() => {
		tests += 1;
		api.liftLimits(rig.server);
	});
	afterEach(() => {
		expect(rig.server.refused).toEqual([]);
		rig.server.reset();
		rig.server.latencyMs = 0;
	});
	afterAll(async () => await started?.close());

	const fullPath = (path: string) => (path.startsWith(api.prefix) ? path : `${api.prefix}${path}`);
	const rig: Rig<Key> = {
		get engine() {
			return running(engine);
		},
		get server() {
			return running(started).server;
		},
		get state() {
			return rig.server.state;
		},
		credential: (changes = {}) => ({
			...credential.data(rig.server.url),
			...freshLimit(credential.unlimited, tests),
			...ownFields?.(rig.server),
			...changes,
		}),
		credentials: (changes) => ({ [credential.type]: rig.credential(changes) }),
		async run(operation, parameters = {}, { credential: changes, ...extras } = {}) {
			const [resource, name] = operation.split(': ');
			return await rig.engine.run({
				nodeType: key,
				parameters: { resource, operation: name, ...api.parameters, ...parameters },
				credentials: rig.credentials(changes),
				...extras,
			});
		},
		fault({ when, ...order }) {
			const path = when?.path;
			const isShort = path !== undefined;
			rig.server.faults.add({
				...order,
				...(when === undefined ? {} : { when: isShort ? { ...when, path: fullPath(path) } : when }),
			});
		},
		sent: (path) =>
			rig.server.requests.filter((request) =>
				path === undefined
					? !api.isLogIn(request) && api.isLogInProbe?.(request) !== true
					: request.path === fullPath(path),
			),
		logIns: () => rig.server.requests.filter((request) => api.isLogIn(request)),
		calls: () =>
			rig.server.requests.map(({ method, path }) => `${method} ${path.slice(api.prefix.length)}`),
		paths: () => rig.server.requests.map(({ path }) => path),
		statuses: () => rig.server.requests.map(({ status }) => status),
	};
	return rig;
}

/** A rate limiter lives as long as the process: a separate limit keeps a test from waiting for the previous one. */
function freshLimit(unlimited: ICredentialDataDecryptedObject, test: number) {
	const { rateLimitRequests } = unlimited;
	return typeof rateLimitRequests === 'number'
		? { ...unlimited, rateLimitRequests: rateLimitRequests + test }
		: unlimited;
}

function running<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig is not running: use it inside a test');
	return part;
}

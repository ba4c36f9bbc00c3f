/** What the Event Vault engine tests share: one engine and one sandbox per file, and short ways to run the node. */
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

import { EVENT_VAULT_CREDENTIALS } from '../../sandbox/credentials.mts';
import {
	startSandbox,
	type EventVaultState,
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
	type RunError,
} from './engine.mts';

export const { eventId: EVENT, otherEventId: OTHER_EVENT } = EVENT_VAULT_CREDENTIALS;
export const API_KEY: string = EVENT_VAULT_CREDENTIALS.apiKey;
/** `resource: operation`, as in `guest: add`. */
export type OperationName =
	| `guest: ${'add' | 'upsert' | 'remove' | 'get' | 'getAll' | 'getCount'}`
	| `ticket: ${'upsert' | 'remove' | 'getAll'}`;

export type MoreOfRun = Omit<Partial<NodeRunRequest>, 'nodeType' | 'parameters'>;

/** The running parts, and what tests do with them. Usable inside tests only. */
export interface EventVaultBench {
	readonly engine: Engine;
	readonly server: VendorServer<EventVaultState>;
	/** Credential data of the sandbox, with changes. */
	credentials(changes?: IDataObject): { eventVaultApi: Record<string, string> };
	run(operation: OperationName, parameters?: IDataObject, more?: MoreOfRun): Promise<NodeRunResult>;
	fault(order: FaultOrder): void;
	/** Requests that reached the sandbox since the test began; of one path if it is given. */
	requests(path?: string): RecordedRequest[];
	/** Email addresses of all guests of an event, as they were added. */
	guestEmails(eventId?: string): string[];
}

/**
 * Starts the engine and the sandbox for a test file and resets the sandbox before each test.
 *
 * @param guests how many guests the event starts with
 */
export function useEventVault(guests = 0, options: EngineOptions = {}): EventVaultBench {
	let engine: Engine;
	let sandbox: Sandbox<'eventVault'>;
	beforeAll(async () => {
		engine = await createEngine(options);
		sandbox = await startSandbox({ vendors: ['eventVault'], seed: { guests } });
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => {
		sandbox.eventVault.reset();
		sandbox.eventVault.latencyMs = 0;
	});

	const bench: EventVaultBench = {
		get engine() {
			return engine;
		},
		get server() {
			return sandbox.eventVault;
		},
		credentials(changes = {}) {
			const { apiKey, clientId, eventId } = EVENT_VAULT_CREDENTIALS;
			const baseUrl = sandbox.eventVault.url;
			return { eventVaultApi: { apiKey, clientId, eventId, baseUrl, ...changes } };
		},
		async run(operation, parameters = {}, more = {}) {
			const [resource, name] = operation.split(': ');
			return await engine.run({
				nodeType: 'eventVault',
				parameters: { resource, operation: name, ...parameters },
				credentials: bench.credentials(),
				...more,
			});
		},
		fault(order) {
			sandbox.eventVault.faults.add(order);
		},
		requests(path) {
			const { requests } = sandbox.eventVault;
			return path === undefined ? requests : requests.filter((one) => one.path === path);
		},
		guestEmails(eventId: string = EVENT) {
			return sandbox.eventVault.state
				.event(eventId)
				.guests()
				.map(({ email }) => email);
		},
	};
	return bench;
}

/** Items with an `email` each: `{ json: { email } }`. */
export function people(...emails: string[]): Array<{ json: { email: string } }> {
	return emails.map((email) => ({ json: { email } }));
}

/** `guest-1@example.com` … in items. */
export function crowd(count: number): Array<{ json: { email: string } }> {
	return people(...Array.from({ length: count }, (_, index) => `guest-${index + 1}@example.com`));
}

/** The expression that takes the address from the item. */
export const EMAIL = '={{ $json.email }}';

/** A resource locator's value. */
export function by(mode: string, value: string): IDataObject {
	return { __rl: true, mode, value };
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

/** Fails where a value is anywhere in what n8n would store of the run, hidden properties included. */
export function expectNotStored(result: NodeRunResult, secret: string): void {
	const stored = inspect(result.rawRunData, {
		depth: null,
		showHidden: true,
		maxStringLength: null,
		maxArrayLength: null,
	});
	expect(stored).toContain('resultData');
	expect(stored.includes(secret)).toBe(false);
}

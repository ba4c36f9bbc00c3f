// Triggers in published workflows of a real n8n: executions compared with what happened at the vendors, through a
// kill, a restart and vendors that are down meanwhile; and the instant trigger.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultOrder, type Sandbox, startSandbox } from '../../sandbox/start.mts';
import { type N8nClient, until } from './support/client.mts';
import { hostHas } from './support/host.mts';
import { type Instance, newInstance } from './support/instance.mts';
import type { SavedCredential, Workflow } from './support/n8n.mts';
import { everyFewSeconds, POLL_SECONDS } from './support/pollTimes.mts';
import { type PolledVendor, polledVendors } from './support/polledVendors.mts';

const MS_PER_SECOND = 1000;
const GUESTS = 30;
const TRIGGER = 'The Trigger';
const FOUND_DEADLINE_MS = 60_000;
/** Within it n8n starts, and requests to the vendors are repeated with longer and longer pauses. */
const OUTAGE_DEADLINE_MS = 150_000;
const STORY_DEADLINE_MS = 400_000;
/**
 * Six attempts of the first poll after the restart, and one of the next: the first poll has failed, and the trigger
 * lives.
 */
const REQUESTS_OF_AN_OUTAGE = 7;

function polling(vendor: PolledVendor, credential: SavedCredential): Workflow {
	return {
		name: `${vendor.name} is watched`,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: `n8n-nodes-guestlist.${vendor.name}Trigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: everyFewSeconds(), ...vendor.parameters },
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			},
			{
				id: 'after',
				name: 'After It',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'After It', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** The setting for durable cursors. */
const DURABLE_CURSORS: Record<string, string> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	// The scheduler's intervals, in seconds; the defaults suit polls that are minutes apart.
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
};

/** The cursor engines that this n8n has, and the settings of each. */
const ENGINES: Record<string, Record<string, string>> = {
	'the default engine': {},
	...(hostHas('durable cursors') ? { 'durable cursors': DURABLE_CURSORS } : {}),
};

const DOWN: Record<PolledVendor['name'], FaultOrder['do']> = {
	eventVault: { kind: 'reset' },
	invitario: { kind: 'status', status: 503 },
	eventtia: { kind: 'status', status: 503 },
};

/** Workflows of one n8n that watch their own sandbox, and their expected output. */
class Watch {
	private client: N8nClient | undefined;

	private readonly watched: Array<{ vendor: PolledVendor; workflowId: string; truth: string[] }> =
		[];

	private constructor(
		private readonly instance: Instance,
		private readonly sandbox: Sandbox,
		private readonly env: Record<string, string>,
	) {}

	static async begin(env: Record<string, string>): Promise<Watch> {
		const [instance, sandbox] = await Promise.all([
			newInstance(),
			startSandbox({ seed: { guests: GUESTS } }),
		]);
		const watch = new Watch(instance, sandbox, env);
		await watch.start();
		const publish = async (vendor: PolledVendor) => {
			const { type, data } = vendor.credential;
			const credential = await watch.n8n.saveCredential(type, data);
			const workflowId = await watch.n8n.publish(polling(vendor, credential));
			watch.watched.push({ vendor, workflowId, truth: [] });
		};
		await Promise.all(polledVendors(sandbox).map(publish));
		return watch;
	}

	private get n8n(): N8nClient {
		if (this.client === undefined) throw new Error('n8n does not run');
		return this.client;
	}

	async start(): Promise<void> {
		this.client = await this.instance.start(this.env);
	}

	/** All changes of a round happen together. */
	change(round: number): void {
		for (const { vendor, truth } of this.watched) truth.push(...vendor.change(round));
	}

	/** Waits until everything that happened was output. */
	async untilFound(): Promise<void> {
		await until(
			'all changes',
			FOUND_DEADLINE_MS,
			async () => (await this.missing()).length === 0,
			() => this.lastMissing.join(', '),
		);
	}

	private lastMissing: string[] = [];

	private async missing(): Promise<string[]> {
		const missing: string[] = [];
		for (const { vendor, workflowId, truth } of this.watched) {
			const found = await this.found(vendor, workflowId);
			missing.push(...truth.filter((one) => !found.includes(one)));
		}
		this.lastMissing = missing;
		return missing;
	}

	private async found({ idField }: PolledVendor, workflowId: string): Promise<string[]> {
		const executions = await this.n8n.executions(workflowId);
		return executions.flatMap(({ items }) =>
			items(TRIGGER).map((json) => `${String(json._event)} ${String(json[idField])}`),
		);
	}

	/** From now on each vendor responds with errors, until it has received this many requests. */
	async outage(times: number): Promise<void> {
		const outageOf = async ({ name }: PolledVendor) => {
			const { faults, requests } = this.sandbox[name];
			const before = requests.length;
			faults.add({ when: { every: 1 }, do: DOWN[name] });
			await until(
				`${times} requests to ${name}`,
				OUTAGE_DEADLINE_MS,
				async () => requests.length - before >= times,
			);
			faults.clear();
		};
		await Promise.all(this.vendors().map(outageOf));
	}

	private vendorsAreBack(): void {
		for (const { name } of this.vendors()) this.sandbox[name].faults.clear();
	}

	/** Waits until each vendor has received this many requests from now on. */
	private async untilAsked(times: number): Promise<void> {
		const count = () => this.vendors().map(({ name }) => this.sandbox[name].requests.length);
		const before = count();
		await until(`${times} requests each`, OUTAGE_DEADLINE_MS, async () =>
			count().every((now, index) => now - (before[index] ?? 0) >= times),
		);
	}

	/** Kills n8n while each trigger waits for a response of its vendor. */
	async killInTheMiddleOfPolls(): Promise<void> {
		for (const { name } of this.vendors()) {
			this.sandbox[name].faults.add({
				when: { every: 1 },
				do: { kind: 'slow', ms: FOUND_DEADLINE_MS },
			});
		}
		await this.untilAsked(1);
		await this.instance.kill();
		this.vendorsAreBack();
	}

	private vendors(): PolledVendor[] {
		return this.watched.map(({ vendor }) => vendor);
	}

	/** The actual and the expected output, each sorted; executions that failed. */
	async outcome() {
		const outcome: Array<{ vendor: string; found: string[]; truth: string[]; failed: unknown[] }> =
			[];
		for (const { vendor, workflowId, truth } of this.watched) {
			const executions = await this.n8n.executions(workflowId);
			outcome.push({
				vendor: vendor.name,
				found: (await this.found(vendor, workflowId)).sort(),
				truth: [...truth].sort(),
				failed: executions.filter(({ status }) => status !== 'success'),
			});
		}
		return outcome;
	}

	async end(): Promise<void> {
		await this.instance.end();
		await this.sandbox.close();
	}
}

/** Runs the whole test in one n8n. */
async function runInstance(env: Record<string, string>) {
	const watch = await Watch.begin(env);
	try {
		watch.change(0);
		await watch.untilFound();
		await watch.killInTheMiddleOfPolls();
		watch.change(1);
		await Promise.all([watch.outage(REQUESTS_OF_AN_OUTAGE), watch.start()]);
		await watch.untilFound();
		watch.change(2);
		await watch.untilFound();
		// The next polls repeat nothing.
		await sleep(2 * POLL_SECONDS * MS_PER_SECOND);
		return await watch.outcome();
	} finally {
		await watch.end();
	}
}

describe('polling triggers, with n8n killed and the vendors down while it starts again', () => {
	const runs = new Map<string, Promise<Awaited<ReturnType<typeof runInstance>>>>();

	beforeAll(() => {
		// Both n8n run at the same time; each test waits for its own.
		for (const [engine, env] of Object.entries(ENGINES)) {
			const run = runInstance(env);
			run.catch(() => {});
			runs.set(engine, run);
		}
	});

	test.each(Object.keys(ENGINES))(
		'%s: every change is output exactly once',
		async (engine) => {
			const outcome = (await runs.get(engine)) ?? [];

			expect(outcome).toHaveLength(3);
			for (const { found, truth, failed } of outcome) {
				expect(truth.length).toBeGreaterThan(9);
				expect(found).toEqual(truth);
				expect(failed).toEqual([]);
			}
		},
		STORY_DEADLINE_MS,
	);
});

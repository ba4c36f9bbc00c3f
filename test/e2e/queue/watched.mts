// Published workflows that watch the vendors of a sandbox: what happened there, and what they output.

import type { Sandbox } from '../../../sandbox/start.mts';
import { type Ended, until } from '../support/client.mts';
import { type PolledVendor, polledVendors } from '../support/polledVendors.mts';
import { type Running, TRIGGER, watching } from './workflows.mts';

const FOUND_DEADLINE_MS = 60_000;

/** What happened at a vendor and the output of its trigger, each sorted. */
interface Outcome {
	vendor: string;
	truth: string[];
	found: string[];
	executions: Ended[];
}

export class Watched {
	private constructor(
		private readonly running: Running,
		private readonly watched: Array<{
			vendor: PolledVendor;
			workflowId: string;
			truth: string[];
		}>,
	) {}

	/** Publishes one workflow for each vendor. */
	static async publish(running: Running, sandbox: Sandbox): Promise<Watched> {
		const watched = polledVendors(sandbox).map(async (vendor) => {
			const { type, data } = vendor.credential;
			const credential = await running.n8n.saveCredential(type, data);
			const trigger = {
				type: `n8n-nodes-guestlist.${vendor.name}Trigger`,
				credential,
				parameters: vendor.parameters,
			};
			const workflowId = await running.n8n.publish(watching({ trigger }));
			return { vendor, workflowId, truth: [] };
		});
		return new Watched(running, await Promise.all(watched));
	}

	/** All changes of a round happen together. */
	change(round: number): void {
		for (const { vendor, truth } of this.watched) truth.push(...vendor.change(round));
	}

	async outcome(): Promise<Outcome[]> {
		return await Promise.all(
			this.watched.map(async ({ vendor, workflowId, truth }) => {
				const executions = await this.running.n8n.executions(workflowId);
				const items = executions.flatMap((execution) => execution.items(TRIGGER));
				const found = items.map((json) => `${String(json._event)} ${String(json[vendor.idField])}`);
				return { vendor: vendor.name, truth: [...truth].sort(), found: found.sort(), executions };
			}),
		);
	}

	/** Waits until everything that happened was output. */
	async untilFound(): Promise<void> {
		let missing: string[] = [];
		await until(
			'all changes',
			FOUND_DEADLINE_MS,
			async () => {
				const outcomes = await this.outcome();
				missing = outcomes.flatMap(({ truth, found }) =>
					truth.filter((one) => !found.includes(one)),
				);
				return missing.length === 0;
			},
			() => missing.join(', '),
		);
	}
}

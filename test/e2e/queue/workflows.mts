// Workflows for the queue-mode tests: one that receives its items from a web request, and one that a trigger starts.

import { randomUUID } from 'node:crypto';
import axios from 'axios';
import { type Ended, type N8nClient, until } from '../support/client.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import type { Json, SavedCredential, Workflow } from '../support/n8n.mts';

export const NODE = 'The Node';
const ITEMS = 'Items';
const ENDED_DEADLINE_MS = 150_000;

/** An n8n with a URL that may change. */
export interface Running {
	readonly n8n: N8nClient;
}

/** A node under test, and its parameters. */
export interface Step {
	type: string;
	parameters: Json;
	credential: SavedCredential;
}

const AFTER = { id: 'node', name: NODE, position: [400, 0] };

const nodeOf = ({ type, parameters, credential }: Step): Json => ({
	...AFTER,
	type,
	typeVersion: 1,
	parameters,
	credentials: { [credential.type]: { id: credential.id, name: credential.name } },
});

/** A trigger of the package, and its parameters. */
export interface Watch {
	trigger: Step;
	/** How its output is processed; nothing if left out. */
	then?: Step;
	/** The ID of the workflow that receives failed executions. */
	errorWorkflow?: string;
}

export const TRIGGER = 'The Trigger';

/** A workflow that a polling trigger starts, every few seconds. */
export function watching({ trigger, then, errorWorkflow }: Watch): Workflow {
	const polling = { pollTimes: everyFewSeconds(), ...trigger.parameters };
	const next: Json =
		then === undefined
			? { ...AFTER, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }
			: nodeOf(then);
	return {
		name: `${trigger.type} watches`,
		nodes: [
			{
				...nodeOf({ ...trigger, parameters: polling }),
				id: 'trigger',
				name: TRIGGER,
				position: [0, 0],
			},
			next,
		],
		connections: { [TRIGGER]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: {
			executionOrder: 'v1',
			...(errorWorkflow === undefined ? {} : { errorWorkflow }),
		},
	};
}

function onRequest(step: Step, path: string): Workflow {
	return {
		name: `${step.type} on request`,
		nodes: [
			{
				id: 'webhook',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			{
				id: 'items',
				name: ITEMS,
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: [200, 0],
				parameters: { fieldToSplitOut: 'body.items', options: {} },
			},
			nodeOf(step),
		],
		connections: {
			Webhook: { main: [[{ node: ITEMS, type: 'main', index: 0 }]] },
			[ITEMS]: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** A published workflow that runs a node over the items of each web request that it receives. */
export class Requested {
	private constructor(
		private readonly running: Running,
		readonly workflowId: string,
		private readonly path: string,
	) {}

	static async publish(running: Running, step: Step): Promise<Requested> {
		const path = randomUUID();
		const workflowId = await running.n8n.publish(onRequest(step, path));
		return new Requested(running, workflowId, path);
	}

	/** Starts an execution; resolves when it is queued. */
	async send(items: Json[] = [{}]): Promise<void> {
		const url = `${this.running.n8n.url}/webhook/${this.path}`;
		await axios.post(url, { items }, { proxy: false });
	}

	/** @returns its finished executions, the oldest first, once there are this many */
	async ended(count: number): Promise<Ended[]> {
		return await finishedExecutions(this.running, this.workflowId, count);
	}

	/** Sends requests at the same time, waits for their ends, and returns those executions. */
	async run(...requests: Json[][]): Promise<Ended[]> {
		const before = (await this.running.n8n.executions(this.workflowId)).length;
		await Promise.all(requests.map(async (items) => await this.send(items)));
		return (await this.ended(before + requests.length)).slice(before);
	}
}

/** @returns the finished executions of a workflow, the oldest first, once there are this many */
export async function finishedExecutions(
	{ n8n }: Running,
	workflowId: string,
	count: number,
): Promise<Ended[]> {
	let ended: Ended[] = [];
	await until(`${count} executions`, ENDED_DEADLINE_MS, async () => {
		ended = await n8n.executions(workflowId);
		return ended.length >= count;
	});
	return ended;
}

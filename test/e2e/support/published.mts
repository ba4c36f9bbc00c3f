// Published workflows of a test: unpublished and deleted when it ends.

import { afterEach } from '@jest/globals';
import { N8nClient, until } from './client.mts';
import type { Json, Workflow } from './n8n.mts';

const DEADLINE_MS = 60_000;

/** A workflow that is published until the test ends. */
export interface Published {
	/** The output of a node so far, in all executions. */
	output(node: string): Promise<Json[]>;
	/** Waits until a node has output this many items. @returns the items */
	outputs(node: string, count: number): Promise<Json[]>;
	/** Waits until an execution has failed. @returns its message */
	failure(): Promise<string>;
}

/** @returns a function that publishes a workflow in the n8n that all end-to-end tests share */
export function usePublished(
	n8n: N8nClient,
): (workflow: Workflow) => Promise<Published & { id: string }> {
	const published: string[] = [];
	afterEach(async () => {
		for (const id of published.splice(0)) {
			await n8n.unpublish(id);
			await n8n.remove(id);
		}
	});
	return async (workflow) => {
		const id = await n8n.publish(workflow);
		published.push(id);
		const output = async (node: string) =>
			(await n8n.executions(id)).flatMap(({ items }) => items(node));
		return {
			id,
			output,
			async outputs(node, count) {
				let items: Json[] = [];
				await until(
					`${count} items of ${node}`,
					DEADLINE_MS,
					async () => {
						items = await output(node);
						return items.length >= count;
					},
					() => `, but ${JSON.stringify(items)}`,
				);
				return items;
			},
			async failure() {
				let message: string | undefined;
				await until('a failed execution', DEADLINE_MS, async () => {
					message = (await n8n.executions(id)).find(({ error }) => error !== undefined)?.error;
					return message !== undefined;
				});
				return message ?? '';
			},
		};
	};
}

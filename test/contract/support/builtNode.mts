/** The description of a built node, read without an engine, so that tests can be declared from it. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { repositoryRoot } from '../../support/paths.mts';

/** The pack's entry: node classes by class name. */
interface PackEntry {
	nodes: Record<string, new () => INodeType>;
}

/**
 * The properties of a node, e.g. `eventVault`.
 *
 * @throws Error when the pack is not built or has no such node
 */
export function nodeProperties(nodeType: string): INodeProperties[] {
	const entry: PackEntry = createRequire(join(repositoryRoot(), 'package.json'))('./index.js');
	const found = Object.values(entry.nodes)
		.map((Node) => new Node().description)
		.find(({ name }) => name === nodeType);
	if (!found) throw new Error(`The pack has no node ${nodeType}`);
	return found.properties;
}

/** Every operation of a node as `resource: operation`. */
export function nodeOperations(nodeType: string): string[] {
	return nodeProperties(nodeType)
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) => {
			const resources = displayOptions?.show?.resource ?? [];
			const operations = (options ?? []).flatMap((option) =>
				'value' in option ? [option.value] : [],
			);
			return resources.flatMap((resource) =>
				operations.map((operation) => `${String(resource)}: ${String(operation)}`),
			);
		});
}

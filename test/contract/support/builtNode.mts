/**
 * The description and the operations of a built node, read without an engine, so that tests can be generated from it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';

import type { Effect, Resource } from '../../../nodes/shared/action/types.ts';
import { repositoryRoot } from '../../support/paths.mts';

/** The package's entry: node classes by class name. */
interface PackEntry {
	nodes: Record<string, new () => INodeType>;
}

const requireFromPack = createRequire(join(repositoryRoot(), 'package.json'));

/**
 * The properties of a node, e.g. `eventVault`.
 * @throws Error if the package is not built or has no such node
 */
export function nodeProperties(nodeType: string): INodeProperties[] {
	return nodeClass(nodeType).properties;
}

/** The node's properties, and its folder in `nodes/`: an action node has the name of its vendor's folder. */
function nodeClass(nodeType: string): { folder: string; properties: INodeProperties[] } {
	const entry: PackEntry = requireFromPack('./index.js');
	for (const [folder, Node] of Object.entries(entry.nodes)) {
		const { name, properties } = new Node().description;
		if (name === nodeType) return { folder, properties };
	}
	throw new Error(`The pack has no node ${nodeType}`);
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

/** The stated effect of every operation, by `resource: operation`. */
export function statedEffects(nodeType: string): Map<string, Effect> {
	const { folder } = nodeClass(nodeType);
	const built: { vendor: { resources: ReadonlyArray<Resource<unknown>> } } = requireFromPack(
		`./dist/nodes/${folder}/vendor.js`,
	);
	return new Map(
		built.vendor.resources.flatMap((resource) =>
			resource.operations.map(({ value, effect }) => [`${resource.value}: ${value}`, effect]),
		),
	);
}

// The example workflows of the repository, as a user imports them and chooses credentials.

import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../support/paths.mts';
import type { Json, SavedCredential, Workflow } from './n8n.mts';

const FOLDER = join(repositoryRoot(), 'examples');
const workflowFile = z.object({
	name: z.string(),
	nodes: z.array(
		z
			.object({
				name: z.string(),
				type: z.string(),
				parameters: z.record(z.unknown()),
				credentials: z.record(z.object({ name: z.string() }).strict()).optional(),
			})
			.passthrough(),
	),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
});

/** Names of the files of all examples. */
export function exampleFiles(): string[] {
	return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
}

/** An example as it is in the repository. @throws ZodError if it is not a workflow, or contains a credential's ID */
export function readExample(file: string) {
	return workflowFile.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
}

/**
 * An example with credentials, chosen as a user would. The editor gives each node with a web URL an ID for it.
 * @param credentials for the types that it uses, @param changes to parameters, by name of the node
 */
export function exampleWith(
	file: string,
	credentials: SavedCredential[],
	changes: Record<string, Json> = {},
): Workflow {
	const { nodes, ...workflow } = readExample(file);
	const unknown = Object.keys(changes).filter((name) => nodes.every((node) => node.name !== name));
	if (unknown.length > 0) throw new Error(`${file} has no node ${unknown.join(', ')}`);
	return {
		...workflow,
		nodes: nodes.map((node) => {
			const used = credentials.filter(({ type }) => node.credentials?.[type] !== undefined);
			const references = used.map(({ id, name, type }) => [type, { id, name }] as const);
			return {
				...(node.type.endsWith('InstantTrigger') ? { webhookId: randomUUID() } : {}),
				...node,
				parameters: { ...node.parameters, ...changes[node.name] },
				credentials: Object.fromEntries(references),
			};
		}),
	};
}

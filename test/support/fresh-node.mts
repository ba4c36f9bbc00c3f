/** Loads a built node anew, with every module of the pack as after a start of n8n. For Jest only. */
import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { repositoryRoot } from './paths.mts';

/** Shared with the engine: errors are told apart by their class. The others only take time to load. */
const KEPT_MODULES = ['n8n-workflow', 'luxon', 'zod'];

/**
 * @param name e.g. `eventVaultTrigger`
 * @throws Error if the package does not list such a node
 */
export function freshNode(name: string): INodeType {
	const root = repositoryRoot();
	const manifest: { n8n: { nodes: string[] } } = JSON.parse(
		readFileSync(join(root, 'package.json'), 'utf8'),
	);
	const file = manifest.n8n.nodes.find(
		(path) => basename(path).toLowerCase() === `${name}.node.js`.toLowerCase(),
	);
	if (file === undefined) throw new Error(`The package lists no node ${name}`);
	const load = createRequire(join(root, 'package.json'));
	for (const kept of KEPT_MODULES) {
		const loaded: unknown = load(kept);
		jest.doMock(kept, () => loaded);
	}
	const exported: Array<Record<string, new () => INodeType>> = [];
	jest.isolateModules(() => exported.push(load(join(root, file))));
	const [Node] = exported.flatMap((module) => Object.values(module));
	if (Node === undefined) throw new Error(`${file} exports no node`);
	return new Node();
}

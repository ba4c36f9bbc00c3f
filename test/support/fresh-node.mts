/** Loads a built node again, with every module of the pack, as after a start of n8n. */
import { readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { repositoryRoot } from './paths.mts';
import { createEngineRequire } from './worker-realm.mts';

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
	const load = createEngineRequire(join(root, 'package.json'));
	const pack = join(root, 'dist') + sep;
	const loaded = Object.entries(load.cache).filter(([path]) => path.startsWith(pack));
	for (const [path] of loaded) delete load.cache[path];
	const exported: Record<string, new () => INodeType> = load(join(root, file));
	Object.assign(load.cache, Object.fromEntries(loaded));
	const [Node] = Object.values(exported);
	if (Node === undefined) throw new Error(`${file} exports no node`);
	return new Node();
}

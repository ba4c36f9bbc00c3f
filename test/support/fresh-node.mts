/** Loads a built node with its own copies of all modules, as after a start of n8n. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { repositoryRoot } from './paths.mts';
import { createEngineRequire } from './worker-realm.mts';

const files = new Map<string, string>();

/**
 * @param name e.g. `eventVaultTrigger`
 * @throws Error if the package does not list such a node
 */
export function freshNode(name: string): INodeType {
	const root = repositoryRoot();
	const file = files.get(name) ?? findFile(root, name);
	files.set(name, file);
	const load = createEngineRequire(join(root, 'package.json'));
	const pack: { loadFresh(file: string): Record<string, new () => INodeType> } = load(
		'./test/support/fresh-pack.cjs',
	);
	const [Node] = Object.values(pack.loadFresh(join(root, file)));
	if (Node === undefined) throw new Error(`${file} exports no node`);
	return new Node();
}

function findFile(root: string, name: string): string {
	const manifest: { n8n: { nodes: string[] } } = JSON.parse(
		readFileSync(join(root, 'package.json'), 'utf8'),
	);
	const file = manifest.n8n.nodes.find(
		(path) => basename(path).toLowerCase() === `${name}.node.js`.toLowerCase(),
	);
	if (file === undefined) throw new Error(`The package lists no node ${name}`);
	return file;
}

/**
 * Lays out the packages that the bench loads: the package under test as an installation has it, and the bench's own
 * nodes.
 */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../support/paths.mts';

const BENCH_PACKAGE = 'n8n-nodes-bench';

export interface BenchPackages {
	/** The package under test: built files and package.json, no node_modules. */
	packDir: string;
	/** The bench's own nodes. */
	benchDir: string;
}

/** Copies both packages into a `node_modules` folder. */
export function installPackages(nodeModules: string): BenchPackages {
	const root = repositoryRoot();
	const packDir = join(nodeModules, 'n8n-nodes-guestlist');
	for (const part of ['dist', 'package.json']) {
		cpSync(join(root, part), join(packDir, part), { recursive: true });
	}
	const benchDir = join(nodeModules, BENCH_PACKAGE);
	const source = join(root, 'test', 'bench', 'nodes');
	mkdirSync(benchDir, { recursive: true });
	cpSync(source, join(benchDir, 'dist'), { recursive: true });
	const nodes = readdirSync(source).map((file) => `dist/${file}`);
	const manifest = { name: BENCH_PACKAGE, version: '1.0.0', n8n: { nodes } };
	writeFileSync(join(benchDir, 'package.json'), JSON.stringify(manifest));
	return { packDir, benchDir };
}

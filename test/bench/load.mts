/**
 * Measures the cost of requiring every node and credential file, in a fresh process with n8n-workflow already loaded.
 * Started with `fork`, `--expose-gc` and two arguments: the package's folder and n8n's. Sends one message (a {@link
 * LoadCost}).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface LoadCost {
	ms: number;
	/** Heap and external memory that remains after a collection. */
	mb: number;
	files: number;
}

const BYTES_PER_MB = 1024 * 1024;

const [, , packageDir = '', n8nDir = ''] = process.argv;
const requireFromPackage = createRequire(join(packageDir, 'package.json'));
createRequire(join(n8nDir, 'package.json'))('n8n-workflow');

const manifest: { n8n: { nodes: string[]; credentials: string[] } } = JSON.parse(
	readFileSync(join(packageDir, 'package.json'), 'utf8'),
);
const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];

const memory = () => {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / BYTES_PER_MB;
};
const before = memory();
const startedAt = performance.now();
for (const file of files) requireFromPackage(join(packageDir, file));
const ms = performance.now() - startedAt;
const cost: LoadCost = { ms, mb: memory() - before, files: files.length };
process.send?.(cost, () => process.exit());

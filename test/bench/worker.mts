/**
 * Runs subjects once each in n8n-core's engine, in a separate process with a heap that can be limited or profiled.
 * Started with `fork` and one JSON argument (a {@link Task}); sends one message ({@link MemorySample}s).
 */
import { join } from 'node:path';

import { createEngine } from '../support/engine.mts';
import { profileRun, type ProfileSample } from './profile.mts';
import { makeItems, subjects } from './subjects.mts';

export interface Task {
	/** Folders of the packages as installed, the package under test first. */
	packageDirs: string[];
	/** Folder of the n8n package. */
	n8nDir: string;
	baseUrl: string;
	names: string[];
	/** Input items. */
	items: number;
	/** Print where each subject's CPU time is spent, after a warm-up. */
	profile: boolean;
}

/** The memory of one run of one subject. */
export interface MemorySample {
	name: string;
	/** Heap in use before the run, after a collection; needs `--expose-gc`. */
	baseHeapMb: number;
	/** The highest memory use of the process so far, heap and everything else. */
	maxRssMb: number;
}

const KB_PER_MB = 1024;
const BYTES_PER_MB = 1024 * 1024;
const WARM_UP_ITEMS = 50;

async function work(task: Task): Promise<MemorySample[] | ProfileSample[]> {
	const engine = await createEngine({
		packageDirs: [...task.packageDirs, join(task.n8nDir, '..', 'n8n-nodes-base')],
		modulesFrom: task.n8nDir,
		expressionEngine: 'vm',
		copyItems: false,
	});
	const all = subjects(task.baseUrl);
	const run = async (name: string, count: number) => {
		const subject = all[name];
		if (!subject) throw new Error(`No subject ${name}`);
		const result = await engine.run({ ...subject.request, items: makeItems(count) });
		const expected = count * subject.outputPerItem;
		if (result.status !== 'success' || result.error || result.items.length !== expected) {
			const reason = result.error?.stack ?? `${result.items.length} items instead of ${expected}`;
			throw new Error(`${name} did not do its work: ${reason}`);
		}
	};

	const samples: MemorySample[] = [];
	const profiles: ProfileSample[] = [];
	for (const name of task.names) {
		if (task.profile) {
			await run(name, Math.min(WARM_UP_ITEMS, task.items));
			profiles.push(await profileRun(name, async () => await run(name, task.items)));
			continue;
		}
		globalThis.gc?.();
		const baseHeapMb = process.memoryUsage().heapUsed / BYTES_PER_MB;
		await run(name, task.items);
		samples.push({ name, baseHeapMb, maxRssMb: process.resourceUsage().maxRSS / KB_PER_MB });
	}
	// A process that ends with an isolate in use may crash instead.
	await engine.modules.workflow.Expression.disposeExpressionEngine();
	return task.profile ? profiles : samples;
}

const task: Task = JSON.parse(process.argv[2] ?? '{}');
work(task).then(
	(samples) => process.send?.(samples, () => process.exit()),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

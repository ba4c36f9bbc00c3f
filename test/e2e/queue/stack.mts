// An n8n in queue mode for one test: a main process and two workers, which can be killed and started again.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../support/paths.mts';
import { N8nClient } from '../support/client.mts';
import { startOwnProcess } from '../support/ownProcess.mts';

const PROGRAM = join(repositoryRoot(), 'test', 'e2e', 'queue', 'stack.mjs');

const readyMessage = z.object({ folder: z.string() });
const started = z.object({ url: z.string(), cookie: z.string() });

export type Worker = 'a' | 'b';

/** Its controls. At first only Redis and PostgreSQL run, and nothing of n8n. */
export interface Stack {
	/** Its main process. @throws Error if it was never started */
	readonly n8n: N8nClient;
	/** Starts the main process and logs in; its URL is new each time. */
	startMain(): Promise<void>;
	startWorker(worker: Worker): Promise<void>;
	/** Ends a process with SIGKILL; its folder, Redis and PostgreSQL stay. */
	kill(which: 'main' | Worker): Promise<void>;
	/** The workers that logged the start of an execution, one entry per start. */
	startedBy(executionId: string): Worker[];
	/** Ends everything and removes its data. */
	end(): Promise<void>;
}

/** The logs of the workers, in any order. */
function logsIn(folder: string): Array<{ worker: Worker; text: string }> {
	return readdirSync(folder).flatMap((file) => {
		const worker = /^worker-([ab])\.\d+\.log$/.exec(file)?.[1];
		if (worker !== 'a' && worker !== 'b') return [];
		return [{ worker, text: readFileSync(join(folder, file), 'utf8') }];
	});
}

/** Starts Redis and PostgreSQL for a new n8n. */
export async function newStack(): Promise<Stack> {
	const own = await startOwnProcess(PROGRAM);
	const { folder } = readyMessage.parse(own.ready);
	let main: N8nClient | undefined;
	return {
		get n8n() {
			if (main === undefined) throw new Error('the main process does not run');
			return main;
		},
		async startMain() {
			const { url, cookie } = started.parse(await own.ask({ do: 'startMain' }));
			main = new N8nClient(url, cookie);
		},
		async startWorker(worker) {
			await own.ask({ do: 'startWorker', name: `worker-${worker}` });
		},
		async kill(which) {
			await own.ask({ do: 'kill', name: which === 'main' ? which : `worker-${which}` });
		},
		startedBy(executionId) {
			const line = `Worker started execution ${executionId} (`;
			return logsIn(folder).flatMap(({ worker, text }) =>
				Array.from({ length: text.split(line).length - 1 }, () => worker),
			);
		},
		async end() {
			await own.ask({ do: 'end' });
			own.disconnect();
		},
	};
}

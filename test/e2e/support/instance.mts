// An n8n of a test's own: its data outlives it, so that it can be killed and started again.

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../support/paths.mts';
import { N8nClient } from './client.mts';

const PROGRAM = join(repositoryRoot(), 'test', 'e2e', 'support', 'instance.mjs');

const answer = z.object({
	failed: z.string().optional(),
	url: z.string().optional(),
	cookie: z.string().optional(),
});

/** What can be done with it; a new client after each start. */
export interface Instance {
	/** Starts n8n and logs in. @param env environment variables of this n8n */
	start(env?: Record<string, string>): Promise<N8nClient>;
	/** Ends n8n and all it started with SIGKILL; its data stay. */
	kill(): Promise<void>;
	/** Ends n8n and removes its data. */
	end(): Promise<void>;
}

/** The next message. @throws Error if the process ended, or what was asked for did not work */
async function heard(child: ChildProcess): Promise<z.infer<typeof answer>> {
	const message = await new Promise<unknown>((resolve, reject) => {
		const ended = () => reject(new Error('the process of an n8n has ended'));
		child.once('exit', ended);
		child.once('message', (one) => {
			child.off('exit', ended);
			resolve(one);
		});
	});
	const said = answer.parse(message);
	if (said.failed !== undefined) throw new Error(said.failed);
	return said;
}

/**
 * Makes a data folder with packed nodes in it; nothing runs yet.
 * @param nodesFolder what n8n calls `.n8n/nodes`: installed packages; without it the whole pack
 */
export async function newInstance(
	nodesFolder = process.env.GUESTLIST_E2E_NODES ?? '',
): Promise<Instance> {
	const child = fork(PROGRAM, [nodesFolder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const ask = async (message: Record<string, unknown> & { do: string }) => {
		const said = heard(child);
		child.send(message);
		return await said;
	};
	await heard(child);
	return {
		async start(env = {}) {
			const { url, cookie } = await ask({ do: 'start', env });
			return new N8nClient(url ?? '', cookie ?? '');
		},
		async kill() {
			await ask({ do: 'kill' });
		},
		async end() {
			await ask({ do: 'end' });
			child.disconnect();
		},
	};
}

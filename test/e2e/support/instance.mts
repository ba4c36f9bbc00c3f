// An n8n for one test: its data survives, so that it can be killed and started again.

import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../support/paths.mts';
import { N8nClient } from './client.mts';
import { startOwnProcess } from './ownProcess.mts';

const PROGRAM = join(repositoryRoot(), 'test', 'e2e', 'support', 'instance.mjs');

const started = z.object({ url: z.string(), cookie: z.string() });

/** Its controls; each start returns a new client. */
export interface Instance {
	/** Starts n8n and logs in. @param env environment variables of this n8n */
	start(env?: Record<string, string>): Promise<N8nClient>;
	/** Ends n8n and everything that it started with SIGKILL; its data stays. */
	kill(): Promise<void>;
	/** Ends n8n and removes its data. */
	end(): Promise<void>;
}

/**
 * Creates a data folder with packed nodes; nothing runs yet.
 * @param nodesFolder what n8n calls `.n8n/nodes`: installed packages; default: the whole package
 */
export async function newInstance(
	nodesFolder = process.env.GUESTLIST_E2E_NODES ?? '',
): Promise<Instance> {
	const own = await startOwnProcess(PROGRAM, [nodesFolder]);
	return {
		async start(env = {}) {
			const { url, cookie } = started.parse(await own.ask({ do: 'start', env }));
			return new N8nClient(url, cookie);
		},
		async kill() {
			await own.ask({ do: 'kill' });
		},
		async end() {
			await own.ask({ do: 'end' });
			own.disconnect();
		},
	};
}

// An n8n for one test, which the test can kill and start again on the same data. Started by `instance.mts` as a
// process with an IPC channel; ends, with n8n, when the channel does. Its argument: a folder to copy to `.n8n/nodes`.
// Messages: { do: 'start', env } → { url, cookie }, { do: 'kill' } and { do: 'end' } → {}; { failed } if it did not
// work.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startN8n } from '../../../host/n8n.mjs';
import { onShutdown, shutdown } from '../../../host/processes.mjs';

const host = JSON.parse(process.env.GUESTLIST_E2E_HOST ?? '{}');
const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-own-'));
const removeFolder = async () => await rm(userFolder, { recursive: true, force: true });
onShutdown(removeFolder);
const [nodesFolder] = process.argv.slice(2);
await cp(nodesFolder, join(userFolder, '.n8n', 'nodes'), { recursive: true });

let n8n;

const actions = {
	async start({ env }) {
		n8n = await startN8n({ host, userFolder, env, log: () => {} });
		await n8n.logIn();
		return { url: n8n.url.replace('localhost', '127.0.0.1'), cookie: n8n.cookie };
	},
	async kill() {
		await n8n.kill();
		return {};
	},
	async end() {
		await shutdown();
		return {};
	},
};

process.on('message', (message) => {
	actions[message.do](message).then(
		(answer) => process.send(answer),
		(error) => process.send({ failed: error.message }),
	);
});
process.on('disconnect', () => void shutdown().then(() => process.exit(0)));
process.send({});

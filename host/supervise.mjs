// Runs one program in its own process group and ends the whole group when the parent process has ended. Started by
// `startTree` (processes.mjs) with an IPC channel; when the channel closes, the parent has ended, for whatever
// reason. Usage: node supervise.mjs <program> [arguments…]

import { spawn, spawnSync } from 'node:child_process';

const GRACE_MS = 8000;
const LEFTOVERS_MS = 100;
const [program, ...programArguments] = process.argv.slice(2);

const child = spawn(program, programArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
child.on('exit', (code) => {
	if (process.platform === 'win32') process.exit(code ?? 1);
	// Ends whatever the program left behind in its group; this process ignores the signal (below).
	process.kill(-process.pid, 'SIGTERM');
	setTimeout(() => process.exit(code ?? 1), LEFTOVERS_MS);
});

function end() {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		return;
	}
	process.kill(-process.pid, 'SIGTERM');
	setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS).unref();
}

process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
process.on('disconnect', end);
process.on('message', (message) => {
	if (message === 'end') end();
});

// `npm run bench`: makes sure that the pinned n8n is installed and the package is built, then measures under n8n's
// Node. `npm run bench -- --rows bulk,get --rounds 1` measures less; `npm run bench -- --profile` shows where CPU
// time is spent.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureHost } from '../../host/install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The newest change in a folder, in milliseconds since 1970. */
function newest(folder) {
	const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
	const files = entries.filter((entry) => entry.isFile());
	return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

function isBuilt() {
	const { nodes, credentials } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).n8n;
	const built = [...nodes, ...credentials].map((file) => join(root, file));
	if (!built.every((file) => existsSync(file))) return false;
	const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
	return ['nodes', 'credentials'].every((folder) => newest(join(root, folder)) <= oldest);
}

/** Runs a command in the repository and shows its output; ends this process if it fails. */
function runOrExit(command, args) {
	const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
	if (status !== 0) process.exit(status ?? 1);
}

try {
	const host = await ensureHost({ log: (text) => console.log(text) });
	if (!isBuilt()) {
		runOrExit(process.execPath, [join(root, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build']);
	}
	runOrExit(host.node, [
		join(root, 'test', 'bench', 'main.mts'),
		host.dir,
		...process.argv.slice(2),
	]);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}

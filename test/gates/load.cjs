// Loads an unpacked package the way n8n does and prints what is wrong with it, one finding per line. Runs as a
// separate program, so that every module is really loaded: `node load.cjs <package folder>`.

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const ALLOWED_MODULES = require('./allowedModules.cjs');

const dir = fs.realpathSync(process.argv[2]);
const findings = [];

/** Records the imports of the package's own files; the imports of n8n-workflow do not count. */
const load = Module._load;
Module._load = function (request, parent, ...rest) {
	const from = parent?.filename ?? '';
	const isOwn = from.startsWith(dir + path.sep);
	if (isOwn && !/^\.{1,2}\//.test(request) && !ALLOWED_MODULES.includes(request)) {
		findings.push(`${path.relative(dir, from)} loads ${request}`);
	}
	return load.call(this, request, parent, ...rest);
};

/** Finds the two icon files of a node or credential class. */
function checkIcon(file, icon) {
	for (const theme of ['light', 'dark']) {
		const value = icon?.[theme];
		if (!value?.startsWith('file:')) findings.push(`${file} has no ${theme} icon file`);
		else if (!fs.existsSync(path.join(dir, path.dirname(file), value.slice('file:'.length)))) {
			findings.push(`${file} names an icon that is not in the package: ${value}`);
		}
	}
}

/** The class that n8n looks for in a file has the file's name. */
function instantiate(file, ending) {
	const className = path.basename(file, ending);
	const Class = require(path.join(dir, file))[className];
	if (Class) return new Class();
	findings.push(`${file} exports no class ${className}`);
	return undefined;
}

const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
for (const file of manifest.n8n.nodes) {
	const node = instantiate(file, '.node.js');
	if (!node) continue;
	checkIcon(file, node.description.icon);
	const codex = path.join(dir, file.replace(/\.js$/, '.json'));
	// Without `resources` n8n drops the whole codex silently.
	if (!fs.existsSync(codex) || !require(codex).resources) findings.push(`${file} has no codex`);
}
for (const file of manifest.n8n.credentials) {
	const credential = instantiate(file, '.credentials.js');
	if (credential) checkIcon(file, credential.icon);
}

if (manifest.main) {
	const entry = require(path.join(dir, manifest.main));
	const named = (group) => Object.keys(entry[group]).sort().join(', ');
	const registered = (files, ending) =>
		files
			.map((file) => path.basename(file, ending))
			.sort()
			.join(', ');
	if (named('nodes') !== registered(manifest.n8n.nodes, '.node.js')) {
		findings.push(`${manifest.main} names the nodes ${named('nodes')}`);
	}
	if (named('credentials') !== registered(manifest.n8n.credentials, '.credentials.js')) {
		findings.push(`${manifest.main} names the credentials ${named('credentials')}`);
	}
	for (const group of ['nodes', 'credentials']) {
		for (const [name, Class] of Object.entries(entry[group])) {
			if (typeof Class !== 'function') findings.push(`${manifest.main} has no class ${name}`);
		}
	}
}

for (const finding of findings) console.log(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

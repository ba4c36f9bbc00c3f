// Writes one vendor's package: a separate source tree that builds, lints and publishes from its own mirror, because
// n8n verifies one service per package, from a repository that contains nothing else.

const fs = require('node:fs');
const path = require('node:path');
const { filesBelow, findForbiddenImports } = require('./imports.cjs');
const { buildReadme } = require('./splitReadme.cjs');
const {
	ROOT,
	SHARED_FOLDER,
	VENDORS,
	buildN8nSection,
	toPackageName,
	toSlug,
} = require('./vendors.cjs');

const PACKAGES_DIR = path.join(ROOT, 'build', 'packages');
const REPOSITORY_OWNER_URL = 'https://github.com/n8n-nodes-guestlist';

/** Files of the root that every package contains unchanged. */
const COPIED_FILES = [
	'.gitignore',
	'.npmrc',
	'.prettierrc.js',
	'CHANGELOG.md',
	'LICENSE',
	'eslint.config.mjs',
];

/** Development packages for building and linting one vendor, at the root's exact versions. */
const DEV_PACKAGES = [
	'@n8n/node-cli',
	'@types/node',
	'eslint',
	'n8n-workflow',
	'prettier',
	'typescript',
	'zod',
];

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const writeText = (file, text) => {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, text);
};
const writeJson = (file, value) => writeText(file, `${JSON.stringify(value, undefined, '\t')}\n`);

/** Where a vendor's package is written. */
const packageFolder = (vendor, packagesDir = PACKAGES_DIR) =>
	path.join(packagesDir, toPackageName(vendor));

/** The package.json of a vendor's package. */
function buildManifest(vendor) {
	const root = readJson(path.join(ROOT, 'package.json'));
	const mirror = `${REPOSITORY_OWNER_URL}/${toPackageName(vendor)}`;
	return {
		name: toPackageName(vendor),
		version: root.version,
		description: `n8n nodes for ${vendor.about}`,
		keywords: ['n8n-community-node-package', 'n8n', 'events', 'guest list', toSlug(vendor)],
		license: root.license,
		author: root.author,
		homepage: `${mirror}#readme`,
		repository: { type: 'git', url: `git+${mirror}.git` },
		bugs: root.bugs,
		engines: root.engines,
		files: ['dist/nodes', 'dist/credentials', 'CHANGELOG.md'],
		scripts: {
			build: 'n8n-node build',
			lint: 'n8n-node lint',
			'lint:fix': 'n8n-node lint --fix',
		},
		n8n: buildN8nSection([vendor]),
		devDependencies: Object.fromEntries(
			DEV_PACKAGES.map((name) => [name, root.devDependencies[name]]),
		),
		peerDependencies: root.peerDependencies,
	};
}

/**
 * The package's lock file: the part of the root's that its development packages need, found by walking the root's
 * lock as Node resolves modules. Nothing is fetched, so the versions are those tested here.
 */
function buildLock(manifest) {
	const locked = readJson(path.join(ROOT, 'package-lock.json'));
	const kept = new Map();

	/** Key of package `name` as seen from the package at `from` ('' is the root), or undefined. */
	const locate = (from, name) => {
		for (let base = from; ; base = base.slice(0, Math.max(base.lastIndexOf('/node_modules/'), 0))) {
			const key = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
			if (locked.packages[key]) return key;
			if (base === '') return undefined;
		}
	};

	const pending = Object.keys(manifest.devDependencies).map((name) => ['', name]);
	while (pending.length > 0) {
		const [from, name] = pending.pop();
		const key = locate(from, name);
		if (key === undefined || kept.has(key)) continue;
		const entry = locked.packages[key];
		kept.set(key, entry);
		const wanted = {
			...entry.dependencies,
			...entry.optionalDependencies,
			...entry.peerDependencies,
		};
		for (const dependency of Object.keys(wanted)) pending.push([key, dependency]);
	}

	const { name, version, license, engines, devDependencies, peerDependencies } = manifest;
	const rootEntry = { name, version, license, devDependencies, engines, peerDependencies };
	const sorted = [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		name,
		version,
		lockfileVersion: locked.lockfileVersion,
		requires: true,
		packages: { '': rootEntry, ...Object.fromEntries(sorted) },
	};
}

/** TypeScript settings: the root's, and codex files are copied by the compiler, as there is no gulp here. */
function compilerSettings() {
	const settings = readJson(path.join(ROOT, 'tsconfig.json'));
	return { ...settings, include: [...settings.include, 'nodes/**/*.node.json'] };
}

/** Copies a folder of sources, and replaces the package name in the codex files. */
function copySources(vendor, target) {
	const folders = [vendor.folder, SHARED_FOLDER].map((name) => path.join(ROOT, 'nodes', name));
	const credentials = vendor.credentials.map((name) =>
		path.join(ROOT, 'credentials', `${name}.credentials.ts`),
	);
	for (const file of [...folders.flatMap(filesBelow), ...credentials]) {
		const copy = path.join(target, path.relative(ROOT, file));
		if (file.endsWith('.node.json')) {
			const rename = (text) => text.replace('n8n-nodes-guestlist.', `${toPackageName(vendor)}.`);
			writeText(copy, rename(fs.readFileSync(file, 'utf8')));
		} else {
			fs.mkdirSync(path.dirname(copy), { recursive: true });
			fs.copyFileSync(file, copy);
		}
	}
}

/**
 * Writes `n8n-nodes-guestlist-<vendor>`. The README is made from the vendor's page in `docs` and from rows of the
 * root's.
 * @param vendor of `vendors.cjs`
 * @param {string} [packagesDir] the folder to write it into; default `build/packages`
 * @returns {string} the package's own folder
 * @throws if a file imports across vendors, or a folder of `nodes/` belongs to no vendor
 */
function writeSplit(vendor, packagesDir = PACKAGES_DIR) {
	const known = [SHARED_FOLDER, ...VENDORS.map(({ folder }) => folder)];
	const strangers = fs
		.readdirSync(path.join(ROOT, 'nodes'))
		.filter((name) => !known.includes(name));
	if (strangers.length > 0) {
		throw new Error(`nodes/${strangers[0]} belongs to no vendor: add it to tools/vendors.cjs`);
	}
	const forbidden = findForbiddenImports(vendor);
	if (forbidden.length > 0) {
		throw new Error(`${vendor.name} cannot be split off:\n  ${forbidden.join('\n  ')}`);
	}

	const target = packageFolder(vendor, packagesDir);
	fs.rmSync(target, { recursive: true, force: true });
	copySources(vendor, target);
	for (const file of COPIED_FILES) {
		fs.copyFileSync(path.join(ROOT, file), path.join(target, file));
	}
	const manifest = buildManifest(vendor);
	writeJson(path.join(target, 'package.json'), manifest);
	writeJson(path.join(target, 'package-lock.json'), buildLock(manifest));
	writeJson(path.join(target, 'tsconfig.json'), compilerSettings());
	writeText(path.join(target, 'README.md'), buildReadme(vendor));
	const workflow = path.join(target, '.github', 'workflows', 'publish.yml');
	fs.mkdirSync(path.dirname(workflow), { recursive: true });
	fs.copyFileSync(path.join(__dirname, 'split', 'publish.yml'), workflow);
	return target;
}

module.exports = { PACKAGES_DIR, packageFolder, writeSplit };

// What `n8n-node build` does not do: dark icons, a `dist` that holds only what ships, codex and schemas,
// and one package per vendor (`gulp split`).

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { writeDarkIcon } = require('./tools/icons.cjs');
const { PACKAGES_DIR, writeSplit } = require('./tools/split.cjs');
const { ROOT, VENDORS } = require('./tools/vendors.cjs');

const DIST = path.join(ROOT, 'dist');
const N8N_NODE = path.join(ROOT, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');

/** The folders of `dist` that ship; `n8n-node build` copies others into it as well. */
const SHIPPED_FOLDERS = ['nodes', 'credentials'];

const remove = (target) => fs.promises.rm(target, { recursive: true, force: true });

/** Deletes everything generated. */
async function clean() {
	await Promise.all([remove(DIST), remove(path.join(ROOT, 'build'))]);
}

/** Deletes the split packages, which the lint would otherwise check too. */
async function cleanSplit() {
	await remove(PACKAGES_DIR);
}

/** Derives the dark icons (committed next to the light ones). */
async function icons() {
	VENDORS.forEach(writeDarkIcon);
}

/** Compiles and copies icons with n8n's own tool; `CI` stops its spinner from redrawing into logs. */
function compile() {
	const env = { ...process.env, CI: 'true' };
	return spawn(process.execPath, [N8N_NODE, 'build'], { cwd: ROOT, env, stdio: 'inherit' });
}

/** `n8n-node build` copies every image of the whole tree into `dist`; this keeps only the product's. */
async function prune() {
	const strays = fs.readdirSync(DIST).filter((name) => !SHIPPED_FOLDERS.includes(name));
	await Promise.all(strays.map((name) => remove(path.join(DIST, name))));
}

/** Codex files say where the editor lists a node. */
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

/** Output schemas let the editor show a node's fields before it has run. */
const schemas = () =>
	src('nodes/**/__schema__/**/*.json', { base: '.', allowEmpty: true }).pipe(dest('dist'));

/** Writes `build/packages/n8n-nodes-guestlist-<vendor>` for every vendor from sources and `dist`. */
async function splitBuilt() {
	await cleanSplit();
	VENDORS.forEach((vendor) => writeSplit(vendor));
}

const build = series(parallel(icons, cleanSplit), compile, prune, parallel(codex, schemas));

module.exports = {
	build,
	clean,
	codex,
	default: build,
	icons,
	schemas,
	split: series(build, splitBuilt),
	splitBuilt,
};

// Reads which modules a source file asks for, and checks that a vendor's folder stays within its own walls.

const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const { ROOT, SHARED_FOLDER } = require('./vendors.cjs');

/**
 * @param {string} file a TypeScript or JavaScript file
 * @returns {string[]} what it imports or requires, as written
 */
function importsOf(file) {
	const readImportFiles = true;
	const detectJavaScriptImports = true;
	return ts
		.preProcessFile(fs.readFileSync(file, 'utf8'), readImportFiles, detectJavaScriptImports)
		.importedFiles.map(({ fileName }) => fileName);
}

/** Absolute paths of all files below a folder; an absent folder has none. */
function filesBelow(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs
		.readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/**
 * Lists every import that leaves the rooms a file may use: a vendor's folder and its credentials may use that
 * folder and `nodes/shared`; `nodes/shared` may use only itself.
 *
 * @returns {string[]} one sentence per forbidden import
 */
function forbiddenImportsOf(vendor) {
	const shared = path.join(ROOT, 'nodes', SHARED_FOLDER);
	const own = path.join(ROOT, 'nodes', vendor.folder);
	const credentials = vendor.credentials.map((name) =>
		path.join(ROOT, 'credentials', `${name}.credentials.ts`),
	);
	const areas = [
		{ files: filesBelow(shared), allowed: [shared] },
		{ files: filesBelow(own), allowed: [own, shared] },
		{ files: credentials, allowed: [own, shared] },
	];
	return areas.flatMap(({ files, allowed }) =>
		files
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) =>
				importsOf(file)
					.filter((name) => name.startsWith('.'))
					.filter((name) => {
						const target = path.resolve(path.dirname(file), name);
						return !allowed.some((room) => target === room || target.startsWith(room + path.sep));
					})
					.map((name) => {
						const rooms = allowed.map((room) => path.relative(ROOT, room)).join(' and ');
						return `${path.relative(ROOT, file)} imports ${name}, but may import only from ${rooms}`;
					}),
			),
	);
}

module.exports = { filesBelow, forbiddenImportsOf, importsOf };

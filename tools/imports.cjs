// Reads which modules a source file imports, and checks the direction of imports: a vendor's folder does not import
// from other vendors, and `nodes/shared` has layers without circles.

const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const { ROOT, SHARED_FOLDER } = require('./vendors.cjs');

/**
 * @param {string} file a TypeScript or JavaScript file
 * @returns {string[]} what it imports or requires, as written
 */
function readImports(file) {
	const readImportFiles = true;
	const detectJavaScriptImports = true;
	return ts
		.preProcessFile(fs.readFileSync(file, 'utf8'), readImportFiles, detectJavaScriptImports)
		.importedFiles.map(({ fileName }) => fileName);
}

/** Absolute paths of all files below a folder; a missing folder has none. */
function filesBelow(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs
		.readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/**
 * Lists every import that a file may not use: a vendor's folder and its credentials may import from that folder and
 * `nodes/shared`; `nodes/shared` may import only from itself.
 * @returns {string[]} one sentence per forbidden import
 */
function findForbiddenImports(vendor) {
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
				readImports(file)
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

/** The layers of `nodes/shared`, lowest first: files at its root, then its folders. A layer may import from those below. */
const SHARED_LAYERS = ['', 'http', 'fields', 'action', 'polling', 'sync'];

/** The relative imports of TypeScript files, by absolute path; an import of a folder means its `index.ts`. */
function importGraph(files) {
	const known = new Set(files);
	return new Map(
		files.map((file) => {
			const targets = readImports(file)
				.filter((name) => name.startsWith('.'))
				.map((name) => path.resolve(path.dirname(file), name))
				.map((target) => [`${target}.ts`, path.join(target, 'index.ts')].find((f) => known.has(f)));
			return [file, targets.filter((target) => target !== undefined)];
		}),
	);
}

/** One circle of imports, as its files in order, or undefined. */
function findCircle(graph) {
	const finished = new Set();
	const visit = (file, way) => {
		const start = way.indexOf(file);
		if (start >= 0) return [...way.slice(start), file];
		if (finished.has(file)) return undefined;
		for (const target of graph.get(file) ?? []) {
			const circle = visit(target, [...way, file]);
			if (circle) return circle;
		}
		finished.add(file);
		return undefined;
	};
	for (const file of graph.keys()) {
		const circle = visit(file, []);
		if (circle) return circle;
	}
	return undefined;
}

/**
 * Checks that no import in a folder of layers goes up to a higher layer or around in a circle. Type imports count.
 * @param {string} [shared] absolute path of the folder; default `nodes/shared`
 * @param {string[]} [layers] its folders, lowest first; `''` for the files at its root
 * @returns {string[]} one sentence per upward import, per folder without a layer, and for the first circle
 */
function layerFindings(shared = path.join(ROOT, 'nodes', SHARED_FOLDER), layers = SHARED_LAYERS) {
	const graph = importGraph(filesBelow(shared).filter((file) => file.endsWith('.ts')));
	const shown = (file) => path.relative(shared, file).split(path.sep).join('/');
	const findLayer = (file) => {
		const [folder, ...rest] = shown(file).split('/');
		return rest.length === 0 ? '' : folder;
	};
	const unknown = Array.from(new Set(Array.from(graph.keys(), findLayer)))
		.filter((layer) => !layers.includes(layer))
		.map((layer) => `the folder ${layer} has no place among the layers ${layers.join(' < ')}`);
	const upward = Array.from(graph).flatMap(([file, targets]) =>
		targets
			.filter((target) => layers.indexOf(findLayer(target)) > layers.indexOf(findLayer(file)))
			.map((target) => `${shown(file)} imports ${shown(target)}, which is in a higher layer`),
	);
	const circle = findCircle(graph);
	const circles = circle ? [`imports run in a circle: ${circle.map(shown).join(' → ')}`] : [];
	return [...unknown, ...upward, ...circles];
}

module.exports = { filesBelow, findForbiddenImports, readImports, layerFindings };

// Loads a built file with its own copies of all modules, as in a process that has just started. Each file is read and
// compiled once per Jest worker: a polling test starts many such processes.

const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');

const compiledFiles = new Map();

function compile(file) {
	const known = compiledFiles.get(file);
	if (known) return known;
	const compiled = {
		run: compileFunction(readFileSync(file, 'utf8'), ['exports', 'require', 'module'], {
			filename: file,
		}),
		require: createRequire(file),
		/** Files of the same package by the relative name in the `require`. */
		files: new Map(),
	};
	compiledFiles.set(file, compiled);
	return compiled;
}

/**
 * @param {string} entry a file of the built package
 * @returns {unknown} its exports; other packages are not loaded again
 */
exports.loadFresh = (entry) => {
	const modules = new Map();
	const load = (file) => {
		const known = modules.get(file);
		if (known) return known.exports;
		const { run, require: requireFrom, files } = compile(file);
		const module = { exports: {} };
		modules.set(file, module);
		run(
			module.exports,
			(name) => {
				if (!name.startsWith('.')) return requireFrom(name);
				if (!files.has(name)) files.set(name, requireFrom.resolve(name));
				const wanted = files.get(name);
				return path.extname(wanted) === '.js' ? load(wanted) : requireFrom(wanted);
			},
			module,
		);
		return module.exports;
	};
	return load(entry);
};

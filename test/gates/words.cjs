// Finds forbidden words in identifiers (variables, types, properties) and in names of files and folders.

const ts = require('typescript');
const FORBIDDEN_WORDS = require('./forbiddenWords.cjs');

/**
 * Splits a name into its words: at `-`, `_`, `.`, digits, and where camel case starts a new one.
 * @param {string} name e.g. `parseHTTPDate`, `rate-limit.mts`
 * @returns {string[]} lower case, e.g. `['parse', 'http', 'date']`
 */
function splitWords(name) {
	const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
	return words.map((word) => word.toLowerCase());
}

/**
 * @param {string} name an identifier, or the name of a file or folder
 * @returns {string | undefined} the first forbidden entry in it
 */
function forbiddenWordIn(name) {
	const words = ` ${splitWords(name).join(' ')} `;
	return FORBIDDEN_WORDS.find((entry) => words.includes(` ${entry} `));
}

/** Every identifier of a source file, with its position. */
function collectIdentifiers(file, text) {
	const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
	const identifiers = [];
	const visit = (node) => {
		const isKey = ts.isStringLiteral(node) && ts.isPropertyName(node) && isDeclaredName(node);
		if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || isKey) {
			identifiers.push({ name: node.text, position: node.getStart(sourceFile) });
		}
		ts.forEachChild(node, (child) => {
			parents.set(child, node);
			visit(child);
		});
	};
	const parents = new Map();
	const isDeclaredName = (node) => parents.get(node)?.name === node;
	visit(sourceFile);
	return identifiers.map(({ name, position }) => ({
		name,
		line: sourceFile.getLineAndCharacterOfPosition(position).line + 1,
	}));
}

/**
 * Checks one file: its path and, if it is JavaScript or TypeScript, its identifiers.
 * @param {string} file path from the root of the repository
 * @param {string} text the file's content
 * @returns {string[]} one finding per forbidden name and line
 */
function findForbiddenWords(file, text) {
	const inPath = file
		.split('/')
		.map((part) => ({ part, word: forbiddenWordIn(part) }))
		.filter(({ word }) => word !== undefined)
		.map(({ part, word }) => `${file}: the name "${part}" contains "${word}"`);
	if (!/\.[cm]?[jt]s$/.test(file)) return inPath;
	const inCode = collectIdentifiers(file, text)
		.map(({ name, line }) => ({ name, line, word: forbiddenWordIn(name) }))
		.filter(({ word }) => word !== undefined)
		.map(({ name, line, word }) => `${file}:${line}: "${name}" contains "${word}"`);
	return Array.from(new Set([...inPath, ...inCode]));
}

module.exports = { forbiddenWordIn, findForbiddenWords, splitWords };

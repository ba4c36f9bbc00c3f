// n8n's own scanner over a folder. The scanner passes a package that has warnings; this gate does not.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

export { SOURCE_FILE_PATTERNS };

/** What the scanner reads of a published tarball (its `analyzePackageByName`). */
export const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

// `analyzePackage` omits the warnings. Wrapping its ESLint keeps the full result, and saves linting a second time for the
// warnings.
const requireAsScanner = createRequire(
	fileURLToPath(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs')),
);
const { ESLint } = requireAsScanner('eslint');
const { lintFiles } = ESLint.prototype;
let lastLintResult;
ESLint.prototype.lintFiles = async function (patterns) {
	lastLintResult = await lintFiles.call(this, patterns);
	return lastLintResult;
};

/**
 * Scans a folder with `analyzePackage`, whose result n8n uses. One scan runs at a time.
 *
 * @param {string} dir package folder
 * @param {string[]} patterns globs of the files to lint
 * @returns {Promise<string[]>} findings, `file:line severity message (rule)`
 */
export async function scan(dir, patterns) {
	lastLintResult = undefined;
	const result = await analyzePackage(dir, patterns);
	if (lastLintResult === undefined) return [result.message ?? 'The scanner linted nothing'];
	const findings = lastLintResult.flatMap(({ filePath, messages }) =>
		messages.map(({ line, severity, message, ruleId }) => {
			const kind = severity === 2 ? 'error' : 'warning';
			return `${path.relative(dir, filePath)}:${line ?? 1} ${kind} ${message} (${ruleId})`;
		}),
	);
	if (!result.passed && findings.length === 0) findings.push(result.message);
	return findings;
}

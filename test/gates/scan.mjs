// Runs n8n's own scanner on a folder. The scanner passes a package that has warnings; this gate does not.

import { ESLint } from 'eslint';
import path from 'node:path';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

export { SOURCE_FILE_PATTERNS };

/** The files of a published tarball that the scanner reads (its `analyzePackageByName`). */
export const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/**
 * Scans a folder twice: with `analyzePackage`, whose result n8n uses, and again with the same rules to count the
 * warnings that this result omits.
 * @param {string} dir package folder
 * @param {string[]} patterns globs of the files to lint
 * @returns {Promise<string[]>} findings, `file:line severity message (rule)`
 */
export async function scan(dir, patterns) {
	const result = await analyzePackage(dir, patterns);
	const eslint = new ESLint({
		cwd: dir,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const findings = (await eslint.lintFiles(patterns)).flatMap(({ filePath, messages }) =>
		messages.map(({ line, severity, message, ruleId }) => {
			const kind = severity === 2 ? 'error' : 'warning';
			return `${path.relative(dir, filePath)}:${line ?? 1} ${kind} ${message} (${ruleId})`;
		}),
	);
	if (!result.passed && findings.length === 0) findings.push(result.message);
	return findings;
}

// The basic types and functions of the gates: a check has a name and either passes or says what is wrong.

import { spawn } from 'node:child_process';

/**
 * @typedef {object} Check
 * @property {string} name what is promised
 * @property {string[]} findings what breaks the promise; none means that it holds
 */

/** ESLint's closing line when it counts warnings; they do not make it fail, but none are allowed here. */
export const LINT_WARNINGS = /\b[1-9]\d* warnings?\b/;

/** @returns {Check} */
export const check = (name, findings) => ({ name, findings });

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, output: string }>} standard output and error, interleaved
 */
export function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		const chunks = [];
		child.stdout.on('data', (chunk) => chunks.push(chunk));
		child.stderr.on('data', (chunk) => chunks.push(chunk));
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
	});
}

/**
 * Runs npm the way it was started: through its own script if npm started this process, which also works if `npm` is a
 * batch file.
 */
export function runNpm(args, options) {
	const script = process.env.npm_execpath;
	return script
		? run(process.execPath, [script, ...args], options)
		: run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Output of a command that is expected to succeed silently, as findings. */
export const toFindings = ({ code, output }) =>
	code === 0 ? [] : [`exit code ${code}`, ...output.trim().split('\n')];

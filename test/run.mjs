// `npm test`: installs what is missing, then runs every check that needs no running n8n, and stops at the first step
// that fails. Plain JavaScript without dependencies, because it starts before anything is installed.
// The last line is `N passed, N failed`: Jest tests and gate checks together.

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { LINT_WARNINGS } from './gates/check.mjs';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM_NODE = [20, 19];
const MS_PER_SECOND = 1000;

/** The line that a counting step closes with. */
const SUMMARY_LINE = /^(\d+) passed, (\d+) failed$/gm;

const NPM_SCRIPT = process.env.npm_execpath;
const npm = (...args) => (NPM_SCRIPT ? [process.execPath, NPM_SCRIPT, ...args] : ['npm', ...args]);
const node = (...args) => [process.execPath, ...args];

/** @typedef {{ name: string, seconds: number, code: number, output: string }} Result */

/** Says why this Node cannot run the tests, or nothing. */
function nodeComplaint() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const [wantedMajor, wantedMinor] = MINIMUM_NODE;
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
	return (
		`Node ${wantedMajor}.${wantedMinor} or newer is needed, and this is Node ${process.versions.node}. ` +
		'Install a current version from nodejs.org and try again.'
	);
}

function readJson(...segments) {
	try {
		return JSON.parse(readFileSync(path.join(ROOT, ...segments), 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Compares what npm noted about the installed packages with the lock file. Optional packages may be absent: each
 * belongs to one platform.
 */
function isInstalled() {
	const wanted = readJson('package-lock.json')?.packages;
	const present = readJson('node_modules', '.package-lock.json')?.packages;
	if (!wanted || !present) return false;
	const matches = Object.entries(wanted).every(([key, entry]) => {
		if (key === '') return true;
		const found = present[key];
		return found ? found.version === entry.version : Boolean(entry.optional);
	});
	return matches && Object.keys(present).every((key) => key in wanted);
}

/**
 * Runs a step. A live step shows its output as it comes; a quiet one only when it fails.
 *
 * @param {{ name: string, command: string[], live?: boolean, refused?: RegExp }} step `refused` is output that
 * makes the step fail although its program succeeded
 * @returns {Promise<Result>}
 */
function runStep({ name, command: [program, ...args], live = false, refused }) {
	const started = Date.now();
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe'],
			// `npm` is a batch file on Windows, which only a shell can start.
			shell: program === 'npm' && process.platform === 'win32',
		});
		const chunks = [];
		const keep = (target) => (chunk) => {
			chunks.push(chunk);
			if (live) target.write(chunk);
		};
		child.stdout.on('data', keep(process.stdout));
		child.stderr.on('data', keep(process.stderr));
		const end = (code, message = '') => {
			const output = Buffer.concat(chunks).toString() + message;
			const seconds = (Date.now() - started) / MS_PER_SECOND;
			resolve({ name, seconds, code: refused?.test(output) ? 1 : (code ?? 1), output });
		};
		child.on('error', (error) => end(1, `${program}: ${error.message}\n`));
		child.on('close', (code, signal) => end(code, signal ? `ended by ${signal}\n` : ''));
	}).then((result) => {
		if (result.code !== 0 && !live) process.stdout.write(`\n${result.output}\n`);
		console.log(`${result.code === 0 ? '✓' : '✗'} ${name} (${result.seconds.toFixed(1)} s)`);
		return result;
	});
}

const INSTALL = { name: 'install', command: npm('ci', '--no-audit', '--no-fund'), live: true };

/** Steps in order; steps of one group run side by side. */
const GROUPS = [
	[
		{ name: 'lint', command: npm('run', '--silent', 'lint'), refused: LINT_WARNINGS },
		{ name: 'typecheck', command: npm('run', '--silent', 'typecheck') },
	],
	[{ name: 'build', command: npm('run', '--silent', 'build') }],
	[
		{
			name: 'unit, contract, engine, polling and fuzz tests',
			command: node(path.join('node_modules', 'jest', 'bin', 'jest.js')),
			live: true,
			counts: true,
		},
	],
	[
		{
			name: 'split',
			command: node(path.join('node_modules', 'gulp', 'bin', 'gulp.js'), 'splitBuilt'),
		},
	],
	[
		{
			name: 'gates',
			command: node(path.join('test', 'gates', 'run.mjs')),
			live: true,
			counts: true,
		},
	],
];

/** How many checks a finished step counted; a failed step counts as at least one failure. */
function countsOf({ counts }, { code, output }) {
	const last = counts ? [...output.matchAll(SUMMARY_LINE)].at(-1) : undefined;
	const passed = Number(last?.[1] ?? 0);
	const failed = Number(last?.[2] ?? 0);
	return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

/** @param {Result[]} results */
function printSummary(results, passed, failed) {
	const width = Math.max(...results.map(({ name }) => name.length));
	console.log('');
	for (const { name, seconds, code } of results) {
		const verdict = code === 0 ? 'passed' : 'FAILED';
		console.log(`${name.padEnd(width)}  ${verdict}  ${seconds.toFixed(1).padStart(6)} s`);
	}
	console.log(`\n${passed} passed, ${failed} failed`);
}

async function main() {
	const complaint = nodeComplaint();
	if (complaint) {
		console.error(complaint);
		return 1;
	}

	const results = [];
	let passed = 0;
	let failed = 0;
	const groups = isInstalled() ? GROUPS : [[INSTALL], ...GROUPS];
	// What an earlier run left there is generated code, and the lint reads it too.
	for (const folder of ['packages', 'check']) {
		rmSync(path.join(ROOT, 'build', folder), { recursive: true, force: true });
	}
	for (const group of groups) {
		console.log(`▸ ${group.map(({ name }) => name).join(' and ')} …`);
		const finished = await Promise.all(group.map(runStep));
		finished.forEach((result, index) => {
			results.push(result);
			const counts = countsOf(group[index], result);
			passed += counts.passed;
			failed += counts.failed;
		});
		if (failed > 0) break;
	}
	if (results[0].name === 'install' && results[0].code !== 0) {
		console.log(
			'\nThe packages could not be installed. Check the network and the free disk space (2 GB).',
		);
	}
	printSummary(results, passed, failed);
	return failed === 0 ? 0 : 1;
}

process.exitCode = await main();

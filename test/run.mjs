// `npm test`: installs what is missing, then runs every check that needs no running n8n, several side by side, and
// stops at the first step that fails. Plain JavaScript without dependencies, because it starts before anything is installed.
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

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command
 * @property {string[]} [after] names of steps that have to pass first
 * @property {boolean} [live] shows its output as it comes; only one such step runs at a time
 * @property {boolean} [counts] its output ends with `N passed, N failed`
 * @property {RegExp} [refused] output that makes the step fail although its program succeeded
 */
/** @typedef {{ name: string, seconds: number, code: number, output: string, stopped?: boolean }} Result */

/** Whether a step has failed: nothing more starts, and what runs is stopped. */
let isStopping = false;

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

/** Steps that run, by their child process. */
const running = new Map();

/** Ends a child with everything that it started. */
function stop({ pid }) {
	if (pid === undefined) return;
	if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
	// A negative number is a process group.
	else process.kill(-pid, 'SIGTERM');
}

function stopAll() {
	for (const child of running.keys()) stop(child);
}

/**
 * Runs a step. A live step shows its output as it comes; another one shows it at its end, if it failed or counts checks.
 *
 * @param {Step} step
 * @returns {Promise<Result>}
 */
function runStep({ name, command: [program, ...args], live = false, counts = false, refused }) {
	const started = Date.now();
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe'],
			// `npm` is a batch file on Windows, which only a shell can start.
			shell: program === 'npm' && process.platform === 'win32',
			// A process group of its own, which can be stopped as a whole.
			detached: process.platform !== 'win32',
		});
		running.set(child, name);
		const chunks = [];
		const keep = (target) => (chunk) => {
			chunks.push(chunk);
			if (live) target.write(chunk);
		};
		child.stdout.on('data', keep(process.stdout));
		child.stderr.on('data', keep(process.stderr));
		const end = (code, message = '') => {
			running.delete(child);
			const output = Buffer.concat(chunks).toString() + message;
			const seconds = (Date.now() - started) / MS_PER_SECOND;
			resolve({ name, seconds, code: refused?.test(output) ? 1 : (code ?? 1), output });
		};
		child.on('error', (error) => end(1, `${program}: ${error.message}\n`));
		child.on('close', (code, signal) => end(code, signal ? `ended by ${signal}\n` : ''));
	}).then((result) => {
		const { code, output, seconds } = result;
		if (isStopping && code !== 0) return { ...result, stopped: true };
		if (!live && (code !== 0 || counts)) process.stdout.write(`\n${output.trimEnd()}\n\n`);
		console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
		return result;
	});
}

const INSTALL = { name: 'install', command: npm('ci', '--no-audit', '--no-fund'), live: true };

/**
 * A step starts as soon as the steps that it names in `after` have passed. Jest takes most of the time and waits for much
 * of it, so the quiet steps run beside it, one after the other.
 *
 * @type {Step[]}
 */
const STEPS = [
	{ name: 'lint', command: npm('run', '--silent', 'lint'), refused: LINT_WARNINGS },
	// Checks the types of `nodes` and `credentials`, too.
	{ name: 'build', command: npm('run', '--silent', 'build') },
	{
		name: 'unit, contract, engine, polling and fuzz tests',
		command: node(path.join('node_modules', 'jest', 'bin', 'jest.js')),
		after: ['build'],
		live: true,
		counts: true,
	},
	{
		name: 'typecheck of tests, sandbox and host',
		command: npm('run', '--silent', 'typecheck:tools'),
		after: ['lint', 'build'],
	},
	{
		// After the lint, which would read what it writes.
		name: 'split',
		command: node(path.join('node_modules', 'gulp', 'bin', 'gulp.js'), 'splitBuilt'),
		after: ['typecheck of tests, sandbox and host'],
	},
	{
		name: 'gates',
		command: node(path.join('test', 'gates', 'run.mjs')),
		after: ['split'],
		counts: true,
	},
];

/**
 * Runs steps until all have passed or one has failed, which stops the others.
 *
 * @param {Step[]} steps
 * @returns {Promise<Result[]>} those that were started, in the order of `steps`
 */
async function runSteps(steps) {
	const results = new Map();
	const started = new Set();
	const runReady = async () => {
		const ready = steps.filter(
			({ name, after = [] }) =>
				!started.has(name) && after.every((other) => results.get(other)?.code === 0),
		);
		if (isStopping || ready.length === 0) return;
		for (const { name } of ready) started.add(name);
		console.log(`▸ ${ready.map(({ name }) => name).join(' and ')} …`);
		await Promise.all(
			ready.map(async (step) => {
				const result = await runStep(step);
				results.set(step.name, result);
				if (result.code !== 0 && !isStopping) {
					isStopping = true;
					stopAll();
				}
				await runReady();
			}),
		);
	};
	await runReady();
	return steps.flatMap(({ name }) => results.get(name) ?? []);
}

/** How many checks a finished step counted; a failed step counts as at least one failure. */
function countsOf({ counts }, { code, output, stopped }) {
	const last = counts ? [...output.matchAll(SUMMARY_LINE)].at(-1) : undefined;
	const passed = Number(last?.[1] ?? 0);
	const failed = Number(last?.[2] ?? 0);
	return { passed, failed: code === 0 || stopped ? failed : Math.max(failed, 1) };
}

const verdictOf = ({ code, stopped }) => {
	if (stopped) return 'stopped';
	return code === 0 ? 'passed' : 'FAILED';
};

/** @param {Result[]} results */
function printSummary(results, passed, failed) {
	const width = Math.max(...results.map(({ name }) => name.length));
	console.log('');
	for (const result of results) {
		const seconds = result.seconds.toFixed(1).padStart(6);
		console.log(`${result.name.padEnd(width)}  ${verdictOf(result).padEnd(7)}  ${seconds} s`);
	}
	console.log(`\n${passed} passed, ${failed} failed`);
}

async function main() {
	const complaint = nodeComplaint();
	if (complaint) {
		console.error(complaint);
		return 1;
	}
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			stopAll();
			process.exit(1);
		});
	}

	// What an earlier run left there is generated code, and the lint reads it too.
	for (const folder of ['packages', 'check']) {
		rmSync(path.join(ROOT, 'build', folder), { recursive: true, force: true });
	}
	const installing = isInstalled() ? [] : [INSTALL];
	const results = await runSteps(installing);
	if (!isStopping) results.push(...(await runSteps(STEPS)));

	let passed = 0;
	let failed = 0;
	for (const result of results) {
		const step = [INSTALL, ...STEPS].find(({ name }) => name === result.name);
		const counts = countsOf(step, result);
		passed += counts.passed;
		failed += counts.failed;
	}
	if (results[0].name === INSTALL.name && results[0].code !== 0) {
		console.log(
			'\nThe packages could not be installed. Check the network and the free disk space (2 GB).',
		);
	}
	printSummary(results, passed, failed);
	return failed === 0 ? 0 : 1;
}

process.exitCode = await main();

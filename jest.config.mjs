// Jest for the unit, contract, engine, polling and fuzz tests. The end-to-end tests have a configuration of their own,
// because they need a running n8n. Tests are `.mts` and become CommonJS, the form n8n loads nodes in.

import { availableParallelism } from 'node:os';

/** Tests that start n8n's engine need more than Jest's five seconds on a small machine. */
const TEST_TIMEOUT_MS = 30_000;

/** One worker more than cores, because many tests wait for timers and sockets; each takes about 600 MB. */
const MAX_WORKERS = 6;
const WORKERS = Math.min(availableParallelism() + 1, MAX_WORKERS);

const shared = {
	testEnvironment: 'node',
	// Only `test` is crawled: generated trees (dist, build) hold copies of the same package names.
	roots: ['<rootDir>/test'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{
				swcrc: false,
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
};

/** Kinds of tests that run n8n's engine. */
const ENGINE_PROJECTS = ['contract', 'engine', 'fuzz'];

/** One Jest project per kind of test; `--selectProjects unit` runs one of them. */
const project = (displayName) => ({
	...shared,
	displayName,
	...(ENGINE_PROJECTS.includes(displayName)
		? {
				testEnvironment: '<rootDir>/test/support/engine-environment.cjs',
				setupFiles: ['<rootDir>/test/support/shared-modules.cjs'],
			}
		: {}),
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
});

export default {
	projects: ['unit', 'contract', 'engine', 'polling', 'fuzz'].map(project),
	testTimeout: TEST_TIMEOUT_MS,
	maxWorkers: WORKERS,
	testSequencer: '<rootDir>/test/sequencer.cjs',
	reporters: ['default', '<rootDir>/test/summaryReporter.cjs'],
};

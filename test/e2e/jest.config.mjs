// Jest for the end-to-end tests. They need the n8n that run.mjs starts, so they are not part of the root configuration.

/** The thousand adds take longer than any other test, especially on a small machine. */
const TEST_TIMEOUT_MS = 180_000;

export default {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	reporters: ['default', '<rootDir>/test/summaryReporter.cjs'],
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.mts'],
	testTimeout: TEST_TIMEOUT_MS,
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

// Jest environment for files that run n8n's engine. Jest evaluates every module again for each test file; n8n-core
// alone is 2,000 modules and 3.5 seconds of CPU. This environment provides the worker's own `createRequire`, so that
// n8n is loaded once per worker, and the worker's globals, because that is where n8n and the nodes find their timers.

const { createRequire } = require('node:module');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class EngineEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.dist = path.join(config.projectConfig.rootDir, 'dist') + path.sep;
		// A function: Jest empties the objects that it finds in a file's globals when the file has ended.
		this.global.workerRealm = () => ({ createRequire, globals: globalThis });
		this.timers = { setTimeout: globalThis.setTimeout, now: Date.now };
	}

	/**
	 * The next file gets the package as after a start of n8n, and the real time, whatever state a failed test left
	 * behind.
	 */
	async teardown() {
		globalThis.setTimeout = this.timers.setTimeout;
		Date.now = this.timers.now;
		for (const file of Object.keys(require.cache)) {
			if (file.startsWith(this.dist)) delete require.cache[file];
		}
		await super.teardown();
	}
};

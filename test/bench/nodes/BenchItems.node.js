// Passes the items to the measured node, and records the time.
const { setTimeout } = require('node:timers/promises');

/** The time before the measured node starts; BenchProbe reads it. */
exports.started = { wallMs: 0, cpu: process.cpuUsage() };

exports.BenchItems = class BenchItems {
	description = {
		displayName: 'Bench Items',
		name: 'benchItems',
		group: ['input'],
		version: 1,
		description: 'Makes guests',
		defaults: { name: 'Bench Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
			{ displayName: 'Rest (Milliseconds)', name: 'restMs', type: 'number', default: 0 },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		],
	};

	/** @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>} `count` guests */
	async execute() {
		const count = this.getNodeParameter('count', 0);
		const items = Array.from({ length: count }, (_, index) => ({
			json: { email: `guest${index}@example.com`, name: `Guest Number ${index}`, number: index },
		}));
		// Waits until a rate limit that an earlier run used up has recovered.
		await setTimeout(this.getNodeParameter('restMs', 0));
		await fetch(`${this.getNodeParameter('baseUrl', 0)}/bench/counts`);
		Object.assign(exports.started, { wallMs: performance.now(), cpu: process.cpuUsage() });
		return [items];
	}
};

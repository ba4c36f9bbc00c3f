// Hands the items to the node that is measured next, and notes the time.

/** The moment before the measured node starts; BenchProbe reads it. */
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
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		],
	};

	/** @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>} `count` guests */
	async execute() {
		const count = this.getNodeParameter('count', 0);
		const items = Array.from({ length: count }, (_, index) => ({
			json: { email: `guest${index}@example.com`, name: `Guest Number ${index}` },
		}));
		await fetch(`${this.getNodeParameter('baseUrl', 0)}/bench/peak`);
		Object.assign(exports.started, { wallMs: performance.now(), cpu: process.cpuUsage() });
		return [items];
	}
};

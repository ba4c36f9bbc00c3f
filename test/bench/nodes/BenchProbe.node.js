// Records the cost of the previous node, as one JSON line in the file that BENCH_OUTPUT names.
const { appendFileSync } = require('node:fs');
const { started } = require('./BenchItems.node.js');

const US_PER_MS = 1000;

exports.BenchProbe = class BenchProbe {
	description = {
		displayName: 'Bench Probe',
		name: 'benchProbe',
		group: ['output'],
		version: 1,
		description: 'Measures the node before it',
		defaults: { name: 'Bench Probe' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'Subject', name: 'subject', type: 'string', default: '' },
			{ displayName: 'Expected Items', name: 'expected', type: 'number', default: 0 },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		],
	};

	/** @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>} one item, for the next measurement */
	async execute() {
		const { user, system } = process.cpuUsage(started.cpu);
		const wallMs = performance.now() - started.wallMs;
		const name = this.getNodeParameter('subject', 0);
		const expected = this.getNodeParameter('expected', 0);
		const count = this.getInputData().length;
		if (count !== expected) throw new Error(`${name} gave ${count} items instead of ${expected}`);
		const reply = await fetch(`${this.getNodeParameter('baseUrl', 0)}/bench/counts`);
		const { peak, served, rejected } = await reply.json();
		const cpuMs = (user + system) / US_PER_MS;
		const sample = { name, wallMs, cpuMs, peakRequests: peak, served, rejected };
		appendFileSync(process.env.BENCH_OUTPUT, `${JSON.stringify(sample)}\n`);
		// n8n keeps the items of every node until the workflow ends, and then prints them: too much for many long
		// lists.
		const { previousNode } = this.getInputSourceData();
		for (const { data } of this.runExecutionData.resultData.runData[previousNode]) data.main = [[]];
		return [[{ json: {} }]];
	}
};

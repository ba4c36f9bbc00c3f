// The lower bound of a bulk write: `helpers.httpRequest` in a bounded loop; no credential, no checks, no retries. It
// reads its items directly or, if the parameters are set, through them.

exports.BenchFloor = class BenchFloor {
	description = {
		displayName: 'Bench Floor',
		name: 'benchFloor',
		group: ['output'],
		version: 1,
		description: 'Posts every item',
		defaults: { name: 'Bench Floor' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'User Email', name: 'userEmail', type: 'string', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 1 },
		],
	};

	/** @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>} one item per input item */
	async execute() {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0);
		const readParameters = this.getNode().parameters.userEmail !== '';
		const output = [];
		let next = 0;
		const runLane = async () => {
			while (next < items.length) {
				const item = next++;
				const body = readParameters
					? {
							userEmail: this.getNodeParameter('userEmail', item),
							name: this.getNodeParameter('name', item),
						}
					: { userEmail: items[item].json.email, name: items[item].json.name };
				const text = await this.helpers.httpRequest({ method: 'POST', url, body });
				output[item] = { json: { text }, pairedItem: { item } };
			}
		};
		const lanes = this.getNodeParameter('concurrency', 0);
		await Promise.all(Array.from({ length: lanes }, runLane));
		return [output];
	}
};

// The lower bound of a long list: `helpers.httpRequest` over the same pages, either one after the other by cursor
// (ARTSVP) or by number, several at a time (InEvent, Eventtia); no checks, no retries, every record one raw item. No
// credential, or the vendor's, as n8n itself sends it.

exports.BenchPages = class BenchPages {
	description = {
		displayName: 'Bench Pages',
		name: 'benchPages',
		group: ['output'],
		version: 1,
		description: 'Reads every page',
		defaults: { name: 'Bench Pages' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: ['inEventOAuth2Api', 'eventtiaApi'].map((name) => ({ name, required: false })),
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Page Size', name: 'pageSize', type: 'number', default: 1 },
			{ displayName: 'Name of the Page', name: 'pageName', type: 'string', default: '' },
			{ displayName: 'Name of the Size', name: 'sizeName', type: 'string', default: '' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 0 },
			{ displayName: 'Credential Type', name: 'credentialType', type: 'string', default: '' },
		],
	};

	/** @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>} one item per record */
	async execute() {
		const url = this.getNodeParameter('url', 0);
		const size = this.getNodeParameter('pageSize', 0);
		const concurrency = this.getNodeParameter('concurrency', 0);
		const type = this.getNodeParameter('credentialType', 0);
		const { httpRequest, httpRequestWithAuthentication } = this.helpers;
		const read = async (qs) =>
			type === ''
				? await httpRequest({ url, qs, json: true })
				: await httpRequestWithAuthentication.call(this, type, { url, qs, json: true });
		const pageName = this.getNodeParameter('pageName', 0);
		const sizeName = this.getNodeParameter('sizeName', 0);
		const readPage = async (page) => await read({ [pageName]: page, [sizeName]: size });
		const lists =
			concurrency > 0 ? await byNumber(readPage, size, concurrency) : await byCursor(read, size);
		const output = [];
		for (const list of lists) {
			for (const json of list) output.push({ json, pairedItem: { item: 0 } });
		}
		return [output];
	}
};

async function byCursor(read, size) {
	const lists = [];
	let page = await read({ limit: size });
	lists.push(page.data);
	while (page.has_more) {
		page = await read({ limit: size, starting_after: page.last_booking_id });
		lists.push(page.data);
	}
	return lists;
}

async function byNumber(readPage, size, concurrency) {
	const first = await readPage(1);
	const lists = [first.data];
	// Eventtia counts pages, InEvent records.
	const pages = first.meta?.total_pages ?? Math.ceil(first.pagination.total / size);
	let next = 2;
	const runLane = async () => {
		while (next <= pages) {
			const page = next++;
			lists[page - 1] = (await readPage(page)).data;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, runLane));
	return lists;
}

/** A node package, created at test time, that sends requests with any credential as n8n's HTTP Request node does. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../../support/paths.mts';

/**
 * `helper` is one of n8n's two: the HTTP Request node uses `requestWithAuthentication` with `uri` (n8n-nodes-base
 * `HttpRequestV3.node.js`), newer nodes `httpRequestWithAuthentication` with `url`.
 */
const NODE_SOURCE = `
const field = (name, type, fallback) => ({ displayName: name, name, type, default: fallback });
exports.Request = class Request {
	description = {
		displayName: 'Request', name: 'request', group: ['input'], version: 1, description: 'Sends a request',
		defaults: { name: 'Request' }, inputs: ['main'], outputs: ['main'],
		credentials: [{ name: 'invitarioApi', required: true }],
		properties: [field('helper', 'string', ''), field('url', 'string', ''), field('body', 'json', '')],
	};
	async execute() {
		const output = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const [helper, url, text] = ['helper', 'url', 'body'].map((name) => this.getNodeParameter(name, item));
			const legacy = helper === 'requestWithAuthentication';
			const options = {
				method: 'POST', json: true, headers: {},
				...(legacy ? { uri: url, followRedirect: false } : { url }),
				...(text === '' ? {} : { body: JSON.parse(text) }),
			};
			output.push({ json: await this.helpers[helper].call(this, 'invitarioApi', options), pairedItem: { item } });
		}
		return [output];
	}
};
`;

/** The full name of the node. */
export const REQUEST_NODE = 'n8n-nodes-request.request';

/** Writes the package to a temporary folder. `remove` deletes it. */
export function writeRequestPackage(): { dir: string; remove(): void } {
	const dir = mkdtempSync(join(tmpdir(), 'guestlist-request-'));
	mkdirSync(join(dir, 'dist'));
	const manifest = {
		name: 'n8n-nodes-request',
		version: '1.0.0',
		n8n: { nodes: ['dist/Request.node.js'], credentials: [] },
	};
	writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(dir, 'dist/Request.node.js'), NODE_SOURCE);
	symlinkSync(join(repositoryRoot(), 'node_modules'), join(dir, 'node_modules'), 'dir');
	return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

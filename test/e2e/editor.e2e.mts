// What the editor receives: the nodes, the credentials and their icons.

import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { VENDORS, catalogEntry } from '../vendors/index.mts';
import { fetchFile } from './support/n8n.mts';
import { nodeType } from './support/vendors.mts';

const typeList = z.array(
	z
		.object({
			name: z.string(),
			iconUrl: z.union([z.string(), z.object({ light: z.string(), dark: z.string() })]).optional(),
		})
		.passthrough(),
);

async function typesOf(kind: 'nodes' | 'credentials') {
	const { body } = await fetchFile(`/types/${kind}.json`);
	return typeList.parse(JSON.parse(body));
}

/** Names of nodes and credentials that the editor receives; every action node is also a tool. */
const SERVED = VENDORS.flatMap((vendor) => [
	...catalogEntry(vendor).nodeTypes.map((name) => ['nodes', nodeType(name)] as const),
	['nodes', `${nodeType(vendor.key)}Tool`] as const,
	['credentials', vendor.credential.type] as const,
]);

test.each(SERVED)('serves a light and a dark icon: %s %s', async (kind, name) => {
	const type = (await typesOf(kind)).find((one) => one.name === name);
	const icons = z.object({ light: z.string(), dark: z.string() }).parse(type?.iconUrl);

	expect(icons.light).not.toBe(icons.dark);
	for (const path of [icons.light, icons.dark]) {
		const { status, contentType, body } = await fetchFile(`/${path}`);
		expect([status, contentType]).toEqual([200, expect.stringContaining('image/svg+xml')]);
		expect(body).toContain('<svg');
	}
});

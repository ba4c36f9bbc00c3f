// What the editor is served: the nodes, the credentials and their icons.

import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { fetchFile } from './support/n8n.mts';
import {
	ARTSVP_NODE,
	EVENTTIA_NODE,
	EVENT_VAULT_NODE,
	INEVENT_NODE,
	INVITARIO_NODE,
} from './support/vendors.mts';

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

test.each([
	['nodes', EVENT_VAULT_NODE],
	['nodes', INVITARIO_NODE],
	['nodes', ARTSVP_NODE],
	['nodes', INEVENT_NODE],
	['nodes', EVENTTIA_NODE],
	['nodes', `${EVENT_VAULT_NODE}Tool`],
	['nodes', `${INVITARIO_NODE}Tool`],
	['nodes', `${ARTSVP_NODE}Tool`],
	['nodes', `${INEVENT_NODE}Tool`],
	['nodes', `${EVENTTIA_NODE}Tool`],
	['credentials', 'eventVaultApi'],
	['credentials', 'invitarioApi'],
	['credentials', 'artsvpApi'],
	['credentials', 'inEventOAuth2Api'],
	['credentials', 'eventtiaApi'],
] as const)('serves a light and a dark icon: %s %s', async (kind, name) => {
	const type = (await typesOf(kind)).find((one) => one.name === name);
	const icons = z.object({ light: z.string(), dark: z.string() }).parse(type?.iconUrl);

	expect(icons.light).not.toBe(icons.dark);
	for (const path of [icons.light, icons.dark]) {
		const { status, contentType, body } = await fetchFile(`/${path}`);
		expect([status, contentType]).toEqual([200, expect.stringContaining('image/svg+xml')]);
		expect(body).toContain('<svg');
	}
});

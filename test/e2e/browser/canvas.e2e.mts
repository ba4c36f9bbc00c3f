// The canvas in a real browser: an example workflow runs there, and the nodes have their icons, in the light and the
// dark theme.

import { describe, expect } from '@jest/globals';
import { CATALOG } from '../../vendors/catalog.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { saveWorkflow } from '../support/n8n.mts';
import { useVendors } from '../support/vendors.mts';
import { type Theme, useBrowser } from './support/browser.mts';
import { haveOnly } from './support/credentials.mts';

const EXAMPLE = 'invitario-checked-in-to-event-vault.json';
const STEPS = ['Get Checked-In Guests', 'Put Them on the Guest List', 'Give Each an Entry Ticket'];
/** The nodes that the search lists for "guest list", with their icon files. */
const ICONS = [
	...CATALOG.map(({ name, camel }) => [name, camel] as const),
	['Eventtia Instant Trigger', 'eventtia'] as const,
];

const vendors = useVendors();
const inBrowser = useBrowser();

inBrowser('an example runs, and each step says that it succeeded', async (editor) => {
	const { eventVault, invitario } = vendors();
	vendors().sandbox.eventVault.reset({ guests: 3 });
	const saved = await haveOnly(eventVault, invitario);
	await editor.openWorkflow(await saveWorkflow(exampleWith(EXAMPLE, saved)));

	await editor.runWorkflow(...STEPS);

	const event = vendors().sandbox.eventVault.state.event();
	expect(event.guests().length).toBeGreaterThan(3);
	await editor.picture('canvas');
});

describe.each<[Theme, string]>([
	['light', '.svg'],
	['dark', '.dark.svg'],
])('in the %s theme', (theme, ending) => {
	inBrowser(
		'every node has the icon that is drawn for it',
		async (editor) => {
			await editor.newWorkflow();
			await editor.creator.open();
			for (const [node, file] of ICONS) {
				await editor.creator.find('guest list', node);
				const icon = await editor.creator.icon(node);
				expect(icon.address).toMatch(new RegExp(`/${file}${ending.replaceAll('.', '\\.')}$`));
				expect(icon.isLoaded).toBe(true);
			}
			await editor.picture(`icons-${theme}`);
		},
		theme,
	);
});

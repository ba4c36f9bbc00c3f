// Mistakes that people make, and the exact messages that they see.

import { beforeAll, describe, expect } from '@jest/globals';
import { EVENT_VAULT_CREDENTIALS } from '../../../sandbox/event-vault/credentials.mts';
import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';
import { deleteCredentials } from '../support/n8n.mts';
import { credentialData, useVendors } from '../support/vendors.mts';
import { useBrowser } from './support/browser.mts';
import { haveOnly } from './support/credentials.mts';
import type { Editor } from './support/editor.mts';

const vendors = useVendors();
const inBrowser = useBrowser();

/** Adds a node with one of its actions to an empty workflow. */
async function add(editor: Editor, node: string, action: string): Promise<void> {
	await editor.newWorkflow();
	await editor.creator.open();
	await editor.creator.find(node, node);
	await editor.creator.choose(node);
	await editor.creator.add(action);
}

describe('in the credential', () => {
	beforeAll(deleteCredentials);

	inBrowser('a key that was not copied whole', async (editor) => {
		const { credential, panel } = editor;
		const { url } = vendors().sandbox.eventVault;
		const { apiKey, clientId, eventId } = EVENT_VAULT_CREDENTIALS;
		await add(editor, 'Event Vault', 'Get guest count');
		await panel.connect();

		await credential.fill({ clientId, eventId, baseUrl: url, apiKey: apiKey.slice(0, -1) });

		expect(await credential.save()).toEqual({
			isGreen: false,
			reason: 'Event Vault does not accept this API Key. Copy it again from the console.',
		});
		await editor.picture('mistake-credential');
		await credential.fill({ apiKey });
		expect(await credential.save()).toEqual({ isGreen: true });
	});
});

describe('in the panel', () => {
	beforeAll(async () => {
		const { eventVault, invitario, eventtia, inEvent } = vendors();
		const data = {
			...credentialData('inEvent', vendors().sandbox.inEvent.url),
			scopes: ['read:attendees'],
		};
		await haveOnly(eventVault, invitario, eventtia, { ...inEvent, data });
	});

	inBrowser('a field that must be filled in is empty', async (editor) => {
		await add(editor, 'Event Vault', 'Add guest');

		expect(await editor.panel.runRefused()).toContain('Parameter "Email" is required');
	});

	inBrowser('an email that is none', async (editor) => {
		const { panel } = editor;
		await add(editor, 'Event Vault', 'Add guest');

		await panel.fill('Email', 'jane at example.com');
		await panel.run();

		expect(await panel.error()).toEqual({
			message: '"Email" is not an email address [item 0]',
			description: 'Correct "Email" and run the node again.',
		});
		await editor.outputPicture('mistake-email');
	});

	inBrowser('an expression that gives nothing', async (editor) => {
		const { panel } = editor;
		await add(editor, 'Invitario', 'Get guest');

		await panel.name('Guest', 'By Email', '={{ $json.mail }}');
		await panel.run();

		expect(await panel.error()).toEqual({
			message: '"Guest" is empty [item 0]',
			description:
				'Fill in "Guest". If it is an expression, it found nothing: check the field that it takes from the input.',
		});
	});

	inBrowser('a date that is none', async (editor) => {
		const { panel } = editor;
		await add(editor, 'Invitario', 'Get many guests changed since date');

		await panel.express('Since', '{{ "yesterday" }}', 'yesterday');
		await panel.run();

		expect(await panel.error()).toEqual({
			message: '"Since" is not a date and time (e.g. 2026-05-01T18:30:00+02:00) [item 0]',
			description: 'Correct "Since" and run the node again.',
		});
	});

	inBrowser('an event of another account', async (editor) => {
		const { panel } = editor;
		await add(editor, 'Eventtia', 'Get many attendees');

		await panel.name('Event', 'By URI', EVENTTIA_CREDENTIALS.foreignEventUri);
		await panel.run();

		expect(await panel.error()).toEqual({
			message: "Your token doesn't grant you access to this resource. [item 0]",
			description:
				'An event may belong to another account: check "Event". Otherwise ask the owner of the Eventtia account for the permission, or use another credential. HTTP 403.',
		});
	});

	inBrowser('a scope that was not chosen in the credential', async (editor) => {
		const { panel } = editor;
		await add(editor, 'InEvent', 'Get many sessions');

		await panel.fill('Event ID', INEVENT_CREDENTIALS.production.eventId);
		await panel.run();

		expect(await panel.error()).toEqual({
			message: 'Missing required scope: read:sessions [item 0]',
			description: expect.stringMatching(
				/^Add "Read Sessions" \(read:sessions\) under "Scopes" in the credential; InEvent must have granted it to your client\. /,
			),
		});
	});

	inBrowser('a guest who is not on the list', async (editor) => {
		const { panel } = editor;
		await add(editor, 'Event Vault', 'Remove guest');

		await panel.name('Email', 'By Email', 'nobody@example.com');
		await panel.run();

		expect(await panel.error()).toEqual({
			message: 'User is not registered for the event. [item 0]',
			description:
				'No guest of this event has the address in "Email". To let such items pass, set "If Not Registered" to "Ignore". HTTP 404.',
		});
	});
});

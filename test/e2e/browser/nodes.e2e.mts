// The five action nodes in a real browser: found by a word, connected with a credential that is typed in, set in the
// panel, run, and their output read.

import { beforeEach, describe, expect } from '@jest/globals';
import {
	ARTSVP_CREDENTIALS,
	EVENTTIA_CREDENTIALS,
	EVENT_VAULT_CREDENTIALS,
	INEVENT_CREDENTIALS,
	INVITARIO_CREDENTIALS,
} from '../../../sandbox/credentials.mts';
import type { Sandbox } from '../../../sandbox/start.mts';
import { deleteCredentials } from '../support/n8n.mts';
import { SEEDED_GUESTS, useVendors } from '../support/vendors.mts';
import { useBrowser } from './support/browser.mts';
import type { NodePanel } from './support/nodePanel.mts';

/** What a person does with one vendor's node. */
interface Story {
	node: string;
	/** Words that they type to find it. */
	words: string[];
	/** Some of what it can do, as n8n lists it. */
	actions: string[];
	/** What the form of its credential asks for, in this order; n8n's own fields come beside. */
	form: string[];
	/** What they type there, by parameter. */
	typed: (sandbox: Sandbox) => Record<string, string>;
	/** The action that lists records. */
	list: string;
	/** What has to be filled in for it. */
	prepare?: (panel: NodePanel) => Promise<void>;
	/** How many come out: not those who were deleted. */
	count: number;
	/** The field from whose list a record is picked, and what is typed into the search. */
	pick: { from: string; typed: string; listed: string };
	/** What the table then shows of the record. */
	shown: Record<string, unknown>;
}

/** Who booked, for what, and the reference that guests tell. */
const BOOKING = 'Noah Novák, noah.novak.14@example.com, Winter Party, 6288-6D01-4CA5';

const STORIES: Story[] = [
	{
		node: 'Event Vault',
		words: ['door list', 'event vault', 'ticket', 'guest list'],
		actions: ['On guest created', 'Add guest', 'Get many tickets'],
		form: ['API Key *', 'Client ID *', 'Event ID *', 'Base URL *'],
		typed: ({ eventVault }) => {
			const { apiKey, clientId, eventId } = EVENT_VAULT_CREDENTIALS;
			return { apiKey, clientId, eventId, baseUrl: eventVault.url };
		},
		list: 'Get many guests',
		count: SEEDED_GUESTS,
		pick: { from: 'Email', typed: 'noah', listed: 'Noah Novák (noah.novak.14@example.com)' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
	},
	{
		node: 'Invitario',
		words: ['check-in', 'check in', 'invitation', 'door list'],
		actions: ['On guest checked in', 'Get event', 'Get many guests changed since date'],
		form: ['Base URL *', 'Event ID *', 'App Code *', 'Station Name *'],
		typed: ({ invitario }) => ({ ...INVITARIO_CREDENTIALS, baseUrl: invitario.url }),
		list: 'Get many guests',
		count: SEEDED_GUESTS - 2,
		pick: { from: 'Guest', typed: 'noah', listed: 'Noah Novák, Cedar & Sons' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák', company: 'Cedar & Sons' },
	},
	{
		node: 'ARTSVP',
		words: ['rsvp', 'booking', 'vernissage', 'door list'],
		actions: ['On invite used', 'Create invite', 'Update booking'],
		form: ['API Key *', 'Bearer Prefix', 'Base URL *'],
		typed: ({ artsvp }) => ({
			apiKey: ARTSVP_CREDENTIALS.apiKey,
			baseUrl: `${artsvp.url}/api/v3`,
		}),
		list: 'Get many bookings',
		count: SEEDED_GUESTS,
		pick: { from: 'Booking', typed: 'noah', listed: BOOKING },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
	},
	{
		node: 'InEvent',
		words: ['conference', 'attendee', 'badge', 'check in'],
		actions: ['On attendee checked in', 'Create registration', 'Get many sessions'],
		form: ['Client ID *', 'Client Secret *', 'Base URL *', 'Token URL', 'Scopes'],
		typed: ({ inEvent }) => {
			const { clientId, clientSecret } = INEVENT_CREDENTIALS.production;
			return { clientId, clientSecret, baseUrl: inEvent.url };
		},
		list: 'Get many attendees',
		count: SEEDED_GUESTS,
		prepare: async (panel) => {
			await panel.fill('Event ID', INEVENT_CREDENTIALS.production.eventId);
		},
		pick: { from: 'Attendee', typed: 'noah', listed: 'Noah Novák, noah.novak.14@example.com' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
	},
	{
		node: 'Eventtia',
		words: ['exhibitors', 'registration', 'webhook', 'eventtia'],
		actions: ['On attendee checked in', 'Create attendee', 'Get many payments'],
		form: ['Log In With', 'Email *', 'Password *', 'Account API Key', 'Base URL *'],
		typed: ({ eventtia }) => {
			const { email, password } = EVENTTIA_CREDENTIALS;
			return { email, password, baseUrl: eventtia.url };
		},
		list: 'Get many attendees',
		count: SEEDED_GUESTS,
		prepare: async (panel) => {
			await panel.searchList('Event', 'test', 'Test Event');
			await panel.pickListed('Test Event');
		},
		pick: {
			from: 'Attendee',
			typed: 'noah',
			listed: 'Noah Novák, noah.novak.14@example.com, Cedar & Sons',
		},
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
	},
];

/** What the picture of the search shows. */
const SEARCH = 'guest list';

/** As it stands in the names of pictures. */
const nameOf = ({ node }: Story) => node.toLowerCase().replace(' ', '-');

const vendors = useVendors();
const inBrowser = useBrowser();

// Each story begins in an n8n that has no credential yet.
beforeEach(deleteCredentials);

describe.each(STORIES)('$node', (story) => {
	inBrowser('is found, connected, set and run', async (editor) => {
		const { creator, credential, panel } = editor;
		await editor.newWorkflow();
		await creator.open();
		for (const word of story.words) await creator.find(word, story.node);
		if (story.words.includes(SEARCH)) await editor.picture('node-search');
		expect(await creator.choose(story.node)).toEqual(expect.arrayContaining(story.actions));
		await creator.add(story.list);

		await panel.connect();
		const labels = await credential.labels();
		expect(labels.filter((label) => story.form.includes(label))).toEqual(story.form);
		await credential.fill(story.typed(vendors().sandbox));
		expect(await credential.save()).toEqual({ isGreen: true });
		await panel.editCredential();
		expect(await credential.outcome()).toEqual({ isGreen: true });
		await editor.picture(`credential-${nameOf(story)}`);
		await credential.close();

		await story.prepare?.(panel);
		await panel.run();
		expect(await panel.itemCount()).toBe(`${story.count} items`);
		expect(await panel.rows()).toContainEqual(expect.objectContaining(story.shown));
		await editor.outputPicture(`node-${nameOf(story)}`);

		await panel.choose('Operation', 'Get');
		const { from, typed, listed } = story.pick;
		expect(await panel.searchList(from, typed, listed)).toEqual([listed]);
		await panel.pickListed(listed);
		await panel.run();
		expect(await panel.rows()).toEqual([expect.objectContaining(story.shown)]);
	});
});

// The triggers in a real browser: found, set in their panels, tried by hand, and what they show read.

import { beforeAll, describe, expect } from '@jest/globals';
import { EVENTTIA_CREDENTIALS, INEVENT_CREDENTIALS } from '../../../sandbox/credentials.mts';
import { useVendors } from '../support/vendors.mts';
import { useBrowser } from './support/browser.mts';
import { haveOnly } from './support/credentials.mts';
import type { NodePanel } from './support/nodePanel.mts';

/** What a person does with one polling trigger. */
interface Story {
	node: string;
	word: string;
	/** How n8n lists it, and what *Trigger On* then holds. */
	on: string;
	chosen: string;
	/** What has to be filled in. */
	prepare?: (panel: NodePanel) => Promise<void>;
	/** The fields of the panel, n8n's own left out. */
	fields: string[];
	/** What `_event` says. */
	event: string;
}

const STORIES: Story[] = [
	{
		node: 'Event Vault',
		word: 'guest list',
		on: 'On guest created',
		chosen: 'Guest Created',
		fields: ['Trigger On', 'Start From', 'Simplify', 'Options'],
		event: 'guestCreated',
	},
	{
		node: 'Invitario',
		word: 'check-in',
		on: 'On guest checked in',
		chosen: 'Guest Checked In',
		fields: ['Trigger On', 'Start From', 'Simplify', 'Options'],
		event: 'guestCheckedIn',
	},
	{
		node: 'ARTSVP',
		word: 'rsvp',
		on: 'On booking confirmed',
		chosen: 'Booking Confirmed',
		fields: ['Trigger On', 'Filters', 'Start From', 'Simplify', 'Options'],
		event: 'bookingConfirmed',
	},
	{
		node: 'InEvent',
		word: 'badge',
		on: 'On attendee checked in',
		chosen: 'Attendee Checked In',
		prepare: async (panel) => {
			await panel.fill('Event ID', INEVENT_CREDENTIALS.production.eventId);
		},
		fields: ['Trigger On', 'Event ID', 'Start From', 'Simplify', 'Options'],
		event: 'attendeeCheckedIn',
	},
	{
		node: 'Eventtia',
		word: 'registration',
		on: 'On attendee checked in',
		chosen: 'Attendee Checked In',
		prepare: async (panel) => {
			await panel.searchList('Event', 'test', 'Test Event');
			await panel.pickListed('Test Event');
		},
		fields: ['Trigger On', 'Event', 'Start From', 'Simplify', 'Options'],
		event: 'attendeeCheckedIn',
	},
];

/** How many records a trigger shows when it is tried by hand. */
const SAMPLES = 5;

const vendors = useVendors();
const inBrowser = useBrowser();

beforeAll(async () => {
	const { eventVault, invitario, artsvp, inEvent, eventtia } = vendors();
	await haveOnly(eventVault, invitario, artsvp, inEvent, eventtia);
});

describe.each(STORIES)('$node', (story) => {
	inBrowser('is set by the event that was chosen, and shows recent records', async (editor) => {
		const { creator, panel } = editor;
		await editor.newWorkflow();
		await creator.open();
		await creator.find(story.word, story.node);
		await creator.choose(story.node);
		await creator.add(story.on);

		expect(await panel.chosen('Trigger On')).toEqual([story.chosen]);
		const labels = await panel.labels();
		expect(labels.slice(labels.indexOf('Trigger On')).slice(0, story.fields.length)).toEqual(
			story.fields,
		);
		await story.prepare?.(panel);
		await panel.run();

		expect(await panel.itemCount()).toBe(`${SAMPLES} items`);
		const events = (await panel.rows()).map(({ _event }) => _event);
		expect(events).toEqual(Array(SAMPLES).fill(story.event));
		expect((await panel.heads())[0]).toBe('_event');
		await editor.picture(`trigger-${story.node.toLowerCase().replace(' ', '-')}`);
	});
});

describe('Eventtia Instant Trigger', () => {
	inBrowser('listens until Eventtia sends something, and shows it', async (editor) => {
		const { creator, panel } = editor;
		const { state } = vendors().sandbox.eventtia;
		const email = 'new@example.com';
		await editor.newWorkflow();
		await creator.open();
		await creator.find('webhook', 'Eventtia Instant Trigger');
		await creator.addAsItIs('Eventtia Instant Trigger');
		await panel.searchList('Event', 'test', 'Test Event');
		await panel.pickListed('Test Event');
		await panel.choose('Trigger On', 'Attendee Created');

		await panel.listen(() => {
			state.event().attendees.register({ email, first_name: 'New', last_name: 'Attendee' });
		});

		expect(await panel.rows()).toEqual([
			expect.objectContaining({ _event: 'attendeeCreated', email, name: 'New Attendee' }),
		]);
		expect(state.webHooks.of(EVENTTIA_CREDENTIALS.email)).toEqual([]);
		await editor.picture('trigger-eventtia-instant');
	});
});

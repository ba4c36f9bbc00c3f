// The triggers in a real browser: found, configured in their panels, tested manually, and their output read.

import { beforeAll, describe, expect } from '@jest/globals';
import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { VENDORS, catalogEntry } from '../../vendors/index.mts';
import { useVendors } from '../support/vendors.mts';
import { useBrowser } from './support/browser.mts';
import { haveOnly } from './support/credentials.mts';

/** How many records a trigger shows in a manual test. */
const SAMPLES = 5;

const vendors = useVendors();
const inBrowser = useBrowser();

beforeAll(async () => {
	const saved = vendors();
	await haveOnly(...VENDORS.map(({ key }) => saved[key]));
});

describe.each(VENDORS)('$key', (vendor) => {
	const { trigger, prepare } = vendor.editor;
	const { name, slug } = catalogEntry(vendor);

	inBrowser('is set by the event that was chosen, and shows recent records', async (editor) => {
		const { creator, panel } = editor;
		await editor.newWorkflow();
		await creator.open();
		await creator.find(trigger.word, name);
		await creator.choose(name);
		await creator.add(trigger.on);

		expect(await panel.chosen('Trigger On')).toEqual([trigger.chosen]);
		const labels = await panel.labels();
		expect(labels.slice(labels.indexOf('Trigger On')).slice(0, trigger.fields.length)).toEqual(
			trigger.fields,
		);
		await prepare?.(panel);
		await panel.run();

		expect(await panel.itemCount()).toBe(`${SAMPLES} items`);
		const events = (await panel.rows()).map(({ _event }) => _event);
		expect(events).toEqual(Array(SAMPLES).fill(trigger.event));
		expect((await panel.heads())[0]).toBe('_event');
		await editor.picture(`trigger-${slug}`);
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

// The example that keeps the door list live, published in a real n8n: each change once, from the poll or the webhook,
// and Event Vault's records afterwards.

import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const FILE = 'eventtia-live-door-list.json';
const [HEARD, MISSED, ONCE, LISTED] = [
	'As It Happens',
	'What Was Missed',
	'Each Change Once',
	'On the Door List',
] as const;

const SECOND_MS = 1000;
const vendors = useVendors();
const publish = usePublished(N8nClient.shared());
const eventtia = () => vendors().sandbox.eventtia.state;
const attendees = () => eventtia().event().attendees;
const list = () => vendors().sandbox.eventVault.state.event();
const example = () =>
	exampleWith(FILE, [vendors().eventtia, vendors().eventVault], {
		[MISSED]: { pollTimes: everyFewSeconds() },
	});

/** The guests on the list, with their tickets. */
function doorList(): Record<string, string[]> {
	const tickets = (email: string) =>
		list()
			.ticketsFor(email)
			.map(({ TIER }) => TIER);
	return Object.fromEntries(
		list()
			.guests()
			.map(({ email }) => [email, tickets(email)]),
	);
}

function register(email: string, type?: string): string {
	return attendees().register({ email, first_name: 'New', last_name: 'Attendee' }, type).id;
}

/** The IDs of items and their events, sorted. */
function changesOf(items: Array<Record<string, unknown>>): string[] {
	return items.map(({ id, _event }) => `${String(_event)} ${String(id)}`).sort();
}

beforeEach(() => {
	vendors().sandbox.eventVault.reset({ guests: 0 });
});

describe('Eventtia: the door list, live', () => {
	test('lists each attendee once with the ticket of their type, even if a webhook was missed', async () => {
		const workflow = await publish(example());

		const delivered = register('heard@example.com');
		await workflow.outputs(HEARD, 1);
		// From now on Eventtia's deliveries are lost.
		const fire = jest.spyOn(eventtia().webHooks, 'fire').mockImplementation(() => {});
		const missed = register('missed@example.com', 'VIP');
		const changed = attendees().seededAt(0);
		attendees().setField(changed, 'company', 'Another Company');
		fire.mockRestore();
		await workflow.outputs(MISSED, 3);
		const later = register('Later@example.com', 'Leader Group');
		await workflow.outputs(MISSED, 4);
		await workflow.outputs(LISTED, 4);

		// The output is the same for a poll and a webhook.
		const [first] = await workflow.output(HEARD);
		expect(await workflow.output(MISSED)).toContainEqual(first);
		expect(changesOf(await workflow.output(HEARD))).toEqual(
			[`attendeeCreated ${delivered}`, `attendeeCreated ${later}`].sort(),
		);
		expect(changesOf(await workflow.output(ONCE))).toEqual(
			[
				`attendeeCreated ${delivered}`,
				`attendeeCreated ${missed}`,
				`attendeeUpdated ${changed.id}`,
				`attendeeCreated ${later}`,
			].sort(),
		);
		expect(doorList()).toEqual({
			'heard@example.com': ['ENTRY'],
			'missed@example.com': ['VIP'],
			[attendees().fieldValue(changed, 'email') ?? '']: ['ENTRY'],
			'Later@example.com': ['GROUP'],
		});
		expect(await workflow.output('What Went Wrong')).toEqual([]);
	});

	test('waits for the poll when a delivery could not be read completely', async () => {
		vendors().sandbox.eventtia.faults.add({
			when: { path: '/api/v3/events/test-event-1/attendee_types', nth: 1 },
			do: { kind: 'status', status: 403 },
		});
		const workflow = await publish(example());

		const id = register('later@example.com');
		const [delivery] = await workflow.outputs(HEARD, 1);
		await workflow.outputs(LISTED, 1);

		expect(delivery).toMatchObject({ id, attributes: expect.any(Object) });
		expect(changesOf(await workflow.output(ONCE))).toEqual([`attendeeCreated ${id}`]);
		expect(doorList()).toEqual({ 'later@example.com': ['ENTRY'] });
	});

	test('lists no one before they are confirmed, and no one twice', async () => {
		const [pending, other] = ['pending', 'confirmed'].map((status) =>
			Array.from(attendees().all()).find((one) => one.status === status && !one.archived),
		);
		if (pending === undefined || other === undefined) throw new Error('the sandbox has none');
		const workflow = await publish(example());

		attendees().setField(pending, 'company', 'Another Company');
		attendees().setField(other, 'company', 'Another Company');
		await workflow.outputs(LISTED, 1);
		const otherEmail = attendees().fieldValue(other, 'email') ?? '';
		expect(Object.keys(doorList())).toEqual([otherEmail]);
		const before = doorList();
		// Eventtia's times are whole seconds, so every trigger sees two changes in one second as one.
		await sleep(SECOND_MS);
		attendees().setField(other, 'company', 'A Third Company');
		await workflow.outputs(LISTED, 2);
		expect(doorList()).toEqual(before);
		attendees().setStatus(pending, 'confirmed');
		await workflow.outputs(LISTED, 3);

		expect(doorList()).toEqual({
			...before,
			[attendees().fieldValue(pending, 'email') ?? '']: [expect.any(String)],
		});
	});

	test('reports whom Event Vault refused, and continues with the others', async () => {
		vendors().sandbox.eventVault.faults.add({
			when: { path: '/addGuest', nth: 1 },
			do: { kind: 'status', status: 400, body: 'The list is closed.' },
		});
		const workflow = await publish(example());

		register('refused@example.com');
		const [problem] = await workflow.outputs('What Went Wrong', 1);
		register('next@example.com');
		await workflow.outputs(LISTED, 1);

		expect(problem).toEqual({
			email: 'refused@example.com',
			name: 'New Attendee',
			ticket: 'ENTRY',
			step: 'Put Them on the Guest List',
			problem: expect.stringContaining('The list is closed.'),
			'what to do': expect.stringMatching(/\w/),
		});
		expect(doorList()).toEqual({ 'next@example.com': ['ENTRY'] });
	});
});

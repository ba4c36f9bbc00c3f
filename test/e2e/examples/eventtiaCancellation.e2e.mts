// The example that takes tickets back, published in a real n8n: who loses which tickets, and the guard.

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { EventtiaAttendee } from '../../../sandbox/eventtia/records/attendees.mts';
import { N8nClient } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import type { Json } from '../support/n8n.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const FILE = 'eventtia-cancellation-takes-ticket-back.json';
const TRIGGER = 'Cancelled or Rejected';
const DONE = 'What Was Done';
/** The example's setting. */
const MOST_AT_ONCE = 20;
const ATTENDEES = 60;

const vendors = useVendors();
const publish = usePublished(N8nClient.shared());
const attendees = () => vendors().sandbox.eventtia.state.event().attendees;
const list = () => vendors().sandbox.eventVault.state.event();
const ticketsOf = (email: string) =>
	list()
		.ticketsFor(email)
		.map(({ TIER }) => TIER);
const example = () =>
	exampleWith(FILE, [vendors().eventtia, vendors().eventVault], {
		[TRIGGER]: { pollTimes: everyFewSeconds() },
	});

/** Registers a person at Eventtia who is on the door list with these tickets. */
function invite(email: string, type: string, tickets: string[], listedAs = email) {
	list().addGuest({ userEmail: listedAs });
	for (const ticket of tickets) list().putTicket(listedAs, ticket);
	return attendees().register({ email, first_name: 'A', last_name: 'Guest' }, type);
}

const byEmail = (items: Json[]) =>
	[...items].sort((a, b) => (String(a.email) < String(b.email) ? -1 : 1));

beforeEach(() => {
	vendors().sandbox.eventtia.reset({ guests: ATTENDEES });
	vendors().sandbox.eventVault.reset({ guests: 0 });
});

describe('Eventtia: a cancellation takes the ticket back', () => {
	test('takes back the ticket of the cancelled registration, and nothing else', async () => {
		const alone = invite('Alone@example.com', 'General Public', ['ENTRY'], 'alone@example.com');
		const crew = invite('crew@example.com', 'VIP', ['VIP', 'CREW']);
		const twice = invite('twice@example.com', 'VIP', ['VIP', 'GROUP']);
		attendees().register({ email: 'twice@example.com' }, 'Leader Group');
		const again = invite('again@example.com', 'General Public', ['ENTRY']);
		attendees().register({ email: 'again@example.com' }, 'General Public');
		const unlisted = attendees().register({ email: 'unlisted@example.com' }, 'General Public');
		invite('stays@example.com', 'General Public', ['ENTRY']);
		const workflow = await publish(example());

		attendees().setStatus(alone, 'cancelled');
		attendees().setStatus(crew, 'rejected');
		attendees().setStatus(twice, 'cancelled');
		attendees().setStatus(again, 'cancelled');
		attendees().setStatus(unlisted, 'rejected');
		const log = await workflow.outputs(DONE, 4);

		expect(byEmail(log)).toEqual([
			{ email: 'alone@example.com', ticket: 'ENTRY taken back', guest: 'taken off the list' },
			{ email: 'crew@example.com', ticket: 'VIP taken back', guest: 'stays on the list' },
			{ email: 'twice@example.com', ticket: 'VIP taken back', guest: 'stays on the list' },
			{
				email: 'unlisted@example.com',
				ticket: 'ENTRY was not there',
				guest: 'was not on the list',
			},
		]);
		expect(
			list()
				.guests()
				.map(({ email }) => email),
		).toEqual(['crew@example.com', 'twice@example.com', 'again@example.com', 'stays@example.com']);
		expect(ticketsOf('alone@example.com')).toEqual([]);
		expect(ticketsOf('crew@example.com')).toEqual(['CREW']);
		expect(ticketsOf('twice@example.com')).toEqual(['GROUP']);
		expect(ticketsOf('again@example.com')).toEqual(['ENTRY']);
		expect(ticketsOf('stays@example.com')).toEqual(['ENTRY']);

		// Nothing is repeated later.
		const last = invite('last@example.com', 'General Public', ['ENTRY']);
		const removed = vendors().sandbox.eventVault.requests.length;
		attendees().setStatus(last, 'cancelled');
		expect(byEmail(await workflow.outputs(DONE, 5)).map(({ email }) => email)).toContain(
			'last@example.com',
		);
		const paths = vendors()
			.sandbox.eventVault.requests.slice(removed)
			.map(({ path }) => path);
		expect(paths).toEqual(['/removeTicket', '/getGuestTickets', '/removeGuest']);
	});

	test('stops when there are too many cancellations in one run', async () => {
		const invited = (count: number): EventtiaAttendee[] =>
			Array.from({ length: count }, (_, index) =>
				invite(`guest-${index}@example.com`, 'General Public', ['ENTRY']),
			);
		const many = invited(MOST_AT_ONCE + 1);
		const [guests, tickets] = [list().guests(), list().tickets()];
		const workflow = await publish(example());

		for (const one of many) attendees().setStatus(one, 'cancelled');
		const message = await workflow.failure();

		expect(await workflow.output(TRIGGER)).toHaveLength(MOST_AT_ONCE + 1);
		expect(message).toMatch(
			/^21 registrations were cancelled or rejected at once\. Nobody has lost a ticket\./,
		);
		expect([list().guests(), list().tickets()]).toEqual([guests, tickets]);
	});

	test('processes as many as are allowed, and reports whom Event Vault refused', async () => {
		const many = Array.from({ length: MOST_AT_ONCE }, (_, index) =>
			invite(`guest-${index}@example.com`, 'General Public', ['ENTRY']),
		);
		vendors().sandbox.eventVault.faults.add({
			when: { path: '/removeTicket', nth: 1 },
			do: { kind: 'status', status: 400, body: 'The list is closed.' },
		});
		const workflow = await publish(example());

		for (const one of many) attendees().setStatus(one, 'cancelled');
		await workflow.outputs(DONE, MOST_AT_ONCE - 1);

		const [problem, ...others] = await workflow.output('What Went Wrong');
		expect(others).toEqual([]);
		expect(problem).toMatchObject({
			step: 'Take the Ticket Back',
			problem: expect.stringContaining('The list is closed.'),
		});
		expect(
			list()
				.guests()
				.map(({ email }) => email),
		).toEqual([problem?.email]);
		expect(
			list()
				.tickets()
				.map(({ EMAIL }) => EMAIL),
		).toEqual([problem?.email]);
	});
});

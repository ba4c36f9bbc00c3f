// The example that turns bookings into wristbands, published in a real n8n: the CSV file, and the door list.

import { beforeEach, describe, expect, test } from '@jest/globals';
import { N8nClient } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const FILE = 'artsvp-bookings-to-wristbands.json';
const TRIGGER = 'Confirmed or Cancelled';
const CSV = 'Wristbands as CSV';

const vendors = useVendors();
const n8n = N8nClient.shared();
const publish = usePublished(n8n);
const artsvp = () => vendors().sandbox.artsvp.state;
const list = () => vendors().sandbox.eventVault.state.event();
/** With the event chosen, as a user would. */
const example = () => {
	const eventIds = [artsvp().events.all()[0]?.id];
	return exampleWith(FILE, [vendors().artsvp, vendors().eventVault], {
		[TRIGGER]: { pollTimes: everyFewSeconds(), filters: { eventIds } },
	});
};

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

beforeEach(() => {
	vendors().sandbox.eventVault.reset({ guests: 0 });
});

describe('ARTSVP: confirmed bookings become wristbands', () => {
	/** The lines of every CSV file so far. */
	async function lines(workflowId: string): Promise<string[][]> {
		const executions = await n8n.executions(workflowId);
		const files = executions.flatMap(({ files: of }) => of(CSV));
		expect(files.every(({ fileName }) => /^wristbands [\d .-]+\.csv$/.test(fileName))).toBe(true);
		const texts = await Promise.all(files.map(async (file) => await n8n.readFile(file)));
		return texts.map((text) =>
			text
				.replace(/^\uFEFF/, '')
				.trimEnd()
				.split(/\r?\n/),
		);
	}

	test('writes a row for every person, and gives the lead one ticket', async () => {
		const [event, other] = artsvp().events.all();
		const waiting = artsvp().addBooking({
			name: 'Sam Late',
			email: 'sam@example.com',
			status: 'is_waitlist',
		});
		const workflow = await publish(example());

		const party = artsvp().addBooking({ name: 'Ann, Lee', email: 'ann@example.com', size: 3 });
		artsvp().addBooking({ name: 'Else', email: 'else@example.com', eventId: other?.id });
		artsvp().addBooking({ name: 'Maybe', email: 'maybe@example.com', status: 'is_pending' });
		await workflow.outputs(CSV, 1);
		artsvp().updateBooking(waiting.id, { status: 'is_confirmed' });
		await workflow.outputs(CSV, 2);

		const start = party.start_time_local;
		const row = (code: string, role: string, size: number, name: string) =>
			`${code},${code.slice(0, -2)},${role},${size},${name},${event?.name},${start}`;
		expect(await lines(workflow.id)).toEqual([
			[
				'code,partyId,partyRole,partySize,name,event,starts',
				row(`${party.reference}-1`, 'lead', 3, '"Ann, Lee"'),
				row(`${party.reference}-2`, 'guest', 3, '"Guest of Ann, Lee"'),
				row(`${party.reference}-3`, 'guest', 3, '"Guest of Ann, Lee"'),
			],
			[
				'code,partyId,partyRole,partySize,name,event,starts',
				row(`${waiting.reference}-1`, 'lead', 1, 'Sam Late'),
			],
		]);
		expect(doorList()).toEqual({ 'ann@example.com': ['ENTRY'], 'sam@example.com': ['ENTRY'] });
		expect(
			list()
				.guests()
				.map(({ vCardData }) => vCardData.FN),
		).toEqual(['Ann, Lee', 'Sam Late']);
		expect(await workflow.output('What Went Wrong')).toEqual([]);
		expect(await workflow.output('Wristbands to Void')).toEqual([]);
	});

	test('removes the ticket when the booking is cancelled, unless there is another booking', async () => {
		const party = artsvp().addBooking({ name: 'Ann Lee', email: 'ann@example.com', size: 2 });
		const first = artsvp().addBooking({ name: 'Sam', email: 'Sam@example.com' });
		artsvp().addBooking({ name: 'Sam', email: 'sam@example.com' });
		for (const email of ['ann@example.com', 'sam@example.com']) {
			list().addGuest({ userEmail: email });
			list().putTicket(email, 'ENTRY');
		}
		const workflow = await publish(example());

		artsvp().updateBooking(party.id, { status: 'is_cancelled' });
		artsvp().updateBooking(first.id, { status: 'is_cancelled' });
		const voided = await workflow.outputs('Wristbands to Void', 2);
		await workflow.outputs('Take the Ticket Back', 1);

		expect(voided).toContainEqual({
			partyId: party.reference,
			partySize: 2,
			lead: 'Ann Lee',
			codes: [`${party.reference}-1`, `${party.reference}-2`],
		});
		expect(await workflow.output('Take the Ticket Back')).toEqual([
			expect.objectContaining({ email: 'ann@example.com', result: 'removed' }),
		]);
		expect(doorList()).toEqual({ 'ann@example.com': [], 'sam@example.com': ['ENTRY'] });
		expect(await workflow.output(CSV)).toEqual([]);
	});

	test('reports whom Event Vault refused; the wristbands are still printed', async () => {
		vendors().sandbox.eventVault.faults.add({
			when: { path: '/addGuest', nth: 1 },
			do: { kind: 'status', status: 400, body: 'The list is closed.' },
		});
		const workflow = await publish(example());

		const { reference } = artsvp().addBooking({ name: 'Ann Lee', email: 'ann@example.com' });
		const [problem] = await workflow.outputs('What Went Wrong', 1);

		expect(problem).toEqual({
			email: 'ann@example.com',
			booking: reference,
			step: 'Put the Lead on the Guest List',
			problem: expect.stringContaining('The list is closed.'),
			'what to do': expect.stringMatching(/\w/),
		});
		expect((await lines(workflow.id)).flat()).toHaveLength(2);
		expect(doorList()).toEqual({});
	});
});

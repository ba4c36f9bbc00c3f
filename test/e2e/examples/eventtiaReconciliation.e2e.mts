// The nightly reconciliation, run in a real n8n: the plan, a person's answer to it, Event Vault's records afterwards,
// and the guards.

import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { N8nClient, until } from '../support/client.mts';
import { exampleWith, readExample } from '../support/exampleFiles.mts';
import type { Json } from '../support/n8n.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const DEADLINE_MS = 30_000;
const FILE = 'eventtia-nightly-reconciliation.json';
const ANSWERS = {
	apply: 'Apply the plan',
	all: 'Apply the plan, and give the conflicts the tickets that Eventtia says',
	nothing: 'Change nothing',
} as const;
const LIMITS = 'Your Limits';
const limitsNode = z.object({
	assignments: z.object({
		assignments: z.array(z.object({ name: z.string(), value: z.unknown() }).passthrough()),
	}),
});
const TICKETS = new Map([
	['VIP', 'VIP'],
	['Leader Group', 'GROUP'],
]);
const [STRANGER, HOLDER, INSIDER] = [
	'stranger@example.com',
	'holder@example.com',
	'insider@example.com',
] as const;

const vendors = useVendors();
const n8n = N8nClient.shared();
const publish = usePublished(n8n);
const attendees = () => vendors().sandbox.eventtia.state.event().attendees;
const list = () => vendors().sandbox.eventVault.state.event();
const example = (changes: Record<string, Json> = {}) =>
	exampleWith(FILE, [vendors().eventtia, vendors().eventVault], changes);

/** Starts the example, and waits until it asks for approval. */
async function plan(changes?: Record<string, Json>) {
	return await asked(await n8n.start(example(changes)));
}

/** An execution that waits for approval. */
async function asked(id: string) {
	const asking = await n8n.outcome(id, 'waiting');
	expect([asking.status, asking.error]).toEqual(['waiting', undefined]);
	const [thePlan] = asking.items('The Plan');
	return {
		plan: thePlan,
		form: async () => (await n8n.file(pathOf(String(thePlan?.approve)))).body,
		async answer(answer: keyof typeof ANSWERS) {
			await n8n.answerForm(String(thePlan?.approve), [ANSWERS[answer]]);
			const ended = await n8n.outcome(id);
			expect([ended.status, ended.error]).toEqual(['success', undefined]);
			return ended;
		},
	};
}

/** Changes to *Your Limits*, as a user would fill it in. */
function limits(changes: Record<string, number | boolean>): Record<string, Json> {
	const { parameters } = readExample(FILE).nodes.find(({ name }) => name === LIMITS) ?? {};
	const { assignments } = limitsNode.parse(parameters).assignments;
	const unknown = Object.keys(changes).filter(
		(key) => !assignments.some(({ name }) => name === key),
	);
	expect(unknown).toEqual([]);
	const changed = assignments.map((one) => ({ ...one, value: changes[one.name] ?? one.value }));
	return { [LIMITS]: { assignments: { assignments: changed } } };
}

function pathOf(url: string): string {
	const { pathname, search } = new URL(url);
	return `${pathname}${search}`;
}

/** The emails and tickets that follow from Eventtia's registrations. */
function asItShouldBe(): Record<string, string[]> {
	const wanted = new Map<string, Set<string>>();
	for (const attendee of attendees().all()) {
		if (attendee.status !== 'confirmed' || attendee.archived) continue;
		const email = (attendees().fieldValue(attendee, 'email') ?? '').toLowerCase();
		const tickets = wanted.get(email) ?? new Set();
		wanted.set(email, tickets.add(TICKETS.get(attendees().attendeeType(attendee).name) ?? 'ENTRY'));
	}
	return Object.fromEntries([...wanted].map(([email, tickets]) => [email, [...tickets].sort()]));
}

/** The emails of the guest list, with their tickets. */
function asItIs(): Record<string, string[]> {
	const tickets = (email: string) =>
		list()
			.ticketsFor(email)
			.map(({ TIER }) => TIER)
			.sort();
	return Object.fromEntries(
		list()
			.guests()
			.map(({ email }) => [email.toLowerCase(), tickets(email)]),
	);
}

function putOnList(email: string, tickets: string[], registered = false): void {
	list().addGuest({ userEmail: email }, registered);
	for (const ticket of tickets) list().putTicket(email, ticket);
}

beforeEach(() => {
	vendors().sandbox.eventVault.reset({ guests: 0 });
	// Spelled differently than at Eventtia; both vendors treat it as the same guest.
	for (const [email, tickets] of Object.entries(asItShouldBe())) {
		putOnList(email.toUpperCase(), tickets);
	}
	attendees().register(
		{ email: 'New@example.com', first_name: 'New', company: 'Acme Corp' },
		'VIP',
	);
	attendees().register({ email: 'new@example.com', first_name: 'New' }, 'General Public');
	attendees().register({ email: 'newer@example.com' }, 'General Public');
});

describe('Eventtia and Event Vault: nightly reconciliation', () => {
	test('plans, asks, and carries out the plan; the next night has nothing to do', async () => {
		putOnList(STRANGER, []);
		putOnList(HOLDER, ['CREW', 'ENTRY']);
		const before = asItIs();

		const question = await plan();

		const unchanged = Object.keys(before).length - 2;
		const summary = `2 to add, 2 to remove, 0 conflicts, ${unchanged} unchanged`;
		expect(question.plan).toMatchObject({
			summary,
			toAdd: 2,
			toRemove: 2,
			conflicts: 0,
			unchanged,
			onTheList: unchanged + 2,
		});
		expect(question.plan?.rows).toEqual([
			expect.objectContaining({
				action: 'add',
				email: 'new@example.com',
				company: 'Acme Corp',
				give: ['ENTRY', 'VIP'],
				takeBack: [],
			}),
			expect.objectContaining({ action: 'add', email: 'newer@example.com', give: ['ENTRY'] }),
			expect.objectContaining({ action: 'remove', email: HOLDER, takeBack: ['CREW', 'ENTRY'] }),
			{ action: 'remove', email: STRANGER, give: [], takeBack: [], why: 'not confirmed' },
		]);
		expect(await question.form()).toContain(summary);
		expect(await question.form()).toContain(`${HOLDER}: not confirmed`);
		expect(asItIs()).toEqual(before);

		const done = await question.answer('apply');

		expect(done.items('What Was Done')).toEqual([
			{
				plan: summary,
				guestsAdded: 2,
				ticketsGiven: 3,
				ticketsTakenBack: 2,
				guestsRemoved: 2,
			},
		]);
		expect(done.items('What Went Wrong')).toEqual([]);
		expect(asItIs()).toEqual(asItShouldBe());
		expect(list().ticketsFor(HOLDER)).toEqual([]);
		expect(list().guests().at(-2)?.vCardData).toMatchObject({ ORG: 'Acme Corp' });

		const writes = vendors().sandbox.eventVault.requests.filter(({ method }) => method === 'POST');
		const nextNight = await n8n.run(example());
		expect([nextNight.status, nextNight.items('Nothing to Do')]).toEqual([
			'success',
			[expect.objectContaining({ toAdd: 0, toRemove: 0, conflicts: 0, rows: [] })],
		]);
		expect(vendors().sandbox.eventVault.requests.filter(({ method }) => method === 'POST')).toEqual(
			writes,
		);
	});

	test('asks every night once it is published', async () => {
		const everyNight = { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } };
		const { id } = await publish(example({ 'Every Night': everyNight }));
		await until('a question', DEADLINE_MS, async () => (await n8n.waiting(id)).length > 0);

		const question = await asked((await n8n.waiting(id))[0] ?? '');
		expect(question.plan).toMatchObject({ toAdd: 2, toRemove: 0 });
		await question.answer('apply');

		expect(asItIs()).toEqual(asItShouldBe());
	});

	test('leaves conflicts to a person', async () => {
		const [email = '', tickets = []] = Object.entries(asItShouldBe())[0] ?? [];
		const listed = list().guests()[0]?.email ?? '';
		for (const ticket of tickets) list().removeTicket(listed, ticket);
		list().putTicket(listed, 'WORKSHOP');
		putOnList(INSIDER, ['ENTRY'], true);

		const first = await plan();
		expect(first.plan).toMatchObject({ toAdd: 2, toRemove: 0, conflicts: 2 });
		expect(first.plan?.rows).toContainEqual({
			action: 'conflict',
			email,
			give: tickets,
			takeBack: ['WORKSHOP'],
			why: `Eventtia says ${tickets.join(' and ')}, the list says WORKSHOP`,
		});
		expect(first.plan?.rows).toContainEqual({
			action: 'conflict',
			email: INSIDER,
			give: [],
			takeBack: [],
			why: 'not confirmed, but marked as registered in Event Vault',
		});
		await first.answer('apply');
		const wanted = { ...asItShouldBe(), [INSIDER]: ['ENTRY'] };
		expect(asItIs()).toEqual({ ...wanted, [email]: ['WORKSHOP'] });

		const second = await plan();
		expect(second.plan).toMatchObject({ toAdd: 0, toRemove: 0, conflicts: 2 });
		await second.answer('all');
		expect(asItIs()).toEqual(wanted);
	});

	test('removes registered guests only if that is allowed', async () => {
		putOnList(INSIDER, ['ENTRY'], true);

		const question = await plan(limits({ removeRegistered: true }));
		expect(question.plan).toMatchObject({ toRemove: 1, conflicts: 0 });
		await question.answer('apply');

		expect(asItIs()).toEqual(asItShouldBe());
		expect(list().ticketsFor(INSIDER)).toEqual([]);
	});

	test('changes nothing when the person declines', async () => {
		putOnList(STRANGER, ['ENTRY']);
		const before = asItIs();

		const question = await plan();
		const done = await question.answer('nothing');

		expect(done.items('Nothing Was Changed')).toEqual([
			{ result: 'Nothing was changed, as was chosen.' },
		]);
		expect(asItIs()).toEqual(before);
	});

	test('fills an empty list', async () => {
		vendors().sandbox.eventVault.reset({ guests: 0 });

		const question = await plan();
		expect(question.plan).toMatchObject({ toRemove: 0, unchanged: 0, onTheList: 0 });
		await question.answer('apply');

		expect(asItIs()).toEqual(asItShouldBe());
	});

	test.each([
		['in percent', {}],
		['in number', { mostRemovals: 3, mostRemovalsPercent: 100 }],
	])('stops when too many would be removed, %s', async (_, changes) => {
		for (const n of [1, 2, 3, 4]) putOnList(`stranger-${n}@example.com`, ['ENTRY']);
		const before = asItIs();
		const { mostRemovals, mostRemovalsPercent } = {
			mostRemovals: 20,
			mostRemovalsPercent: 15,
			...changes,
		};

		const stopped = await n8n.run(example(limits(changes)));

		const count = Object.keys(before).length;
		expect([stopped.status, stopped.error]).toEqual([
			'error',
			expect.stringContaining(
				`The plan takes 4 of ${count} guests off the list; at most ${mostRemovals}, and at most ${mostRemovalsPercent} percent, may go in one night. Nothing was changed.`,
			),
		]);
		expect(stopped.items('The Plan')).toEqual([expect.objectContaining({ toRemove: 4 })]);
		expect(asItIs()).toEqual(before);
	});

	test('stops when no one is confirmed', async () => {
		for (const { id, status } of [...attendees().all()]) {
			if (status === 'confirmed') attendees().setStatus({ id }, 'cancelled');
		}
		const before = asItIs();

		const stopped = await n8n.run(example());

		expect([stopped.status, stopped.error]).toEqual([
			'error',
			expect.stringMatching(/^Nobody is confirmed at Eventtia/),
		]);
		expect(asItIs()).toEqual(before);
	});

	test('reports whom Event Vault refused, and does the rest', async () => {
		vendors().sandbox.eventVault.faults.add({
			when: { path: '/addTicket', nth: 1 },
			do: { kind: 'status', status: 400, body: 'The list is closed.' },
		});

		const question = await plan();
		const done = await question.answer('apply');

		expect(done.items('What Went Wrong')).toEqual([
			{
				email: 'new@example.com',
				step: 'Give Each Their Ticket',
				problem: expect.stringContaining('The list is closed.'),
				'what to do': expect.stringMatching(/\w/),
			},
		]);
		expect(done.items('What Was Done')).toEqual([
			expect.objectContaining({ guestsAdded: 2, ticketsGiven: 2 }),
		]);
	});
});

// The example workflows, run as they are in the repository, with what the vendors hold afterwards.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { repositoryRoot } from '../support/paths.mts';
import { type Workflow, runWorkflow } from './support/n8n.mts';
import { SEEDED_GUESTS, useVendors } from './support/vendors.mts';

const FOLDER = join(repositoryRoot(), 'examples');
const workflowFile = z.object({
	name: z.string(),
	nodes: z.array(
		z
			.object({
				type: z.string(),
				credentials: z.record(z.object({ name: z.string() }).strict()).optional(),
			})
			.passthrough(),
	),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
});

const vendors = useVendors();

function readExample(file: string) {
	return workflowFile.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
}

/** The example with the test's credentials in it, as a user would choose them. */
function example(file: string): Workflow {
	const { nodes, ...workflow } = readExample(file);
	const { eventVault, invitario, artsvp, inEvent } = vendors();
	const saved = [eventVault, invitario, artsvp, inEvent];
	return {
		...workflow,
		nodes: nodes.map((node) => {
			const used = saved.filter(({ type }) => node.credentials?.[type] !== undefined);
			const references = used.map(({ id, name, type }) => [type, { id, name }] as const);
			return { ...node, credentials: Object.fromEntries(references) };
		}),
	};
}

describe('Invitario: checked-in guests to Event Vault', () => {
	const checkedIn = () =>
		vendors()
			.sandbox.invitario.state.guests()
			.filter(
				(guest) =>
					guest.checkInDateTime !== null &&
					guest.checkOutDateTime === null &&
					guest.deleteDateTime === null,
			)
			.map(({ fields }) => String(fields.email));
	const run = async () => await runWorkflow(example('invitario-checked-in-to-event-vault.json'));

	test('puts exactly the checked-in guests on the list, each with an entry ticket', async () => {
		vendors().sandbox.eventVault.reset({ guests: 3 });
		const event = vendors().sandbox.eventVault.state.event();
		const listedBefore = event.guests().map(({ email }) => email);
		const emails = checkedIn();

		const execution = await run();

		expect(emails.length).toBeGreaterThan(3);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Put Them on the Guest List').map(({ json }) => json)).toEqual(
			emails.map((email) =>
				expect.objectContaining({
					email,
					result: listedBefore.includes(email) ? 'existed' : 'created',
				}),
			),
		);
		expect(execution.items('Give Each an Entry Ticket').map(({ json }) => json)).toEqual(
			emails.map((email) => expect.objectContaining({ email, ticketType: 'ENTRY' })),
		);
		expect(new Set(event.guests().map(({ email }) => email))).toEqual(
			new Set([...listedBefore, ...emails]),
		);
		for (const email of emails) {
			expect(event.ticketsOf(email)).toContainEqual({ EMAIL: email, TIER: 'ENTRY', sessionId: '' });
		}
	});

	test('carries the names and companies over', async () => {
		vendors().sandbox.eventVault.reset({ guests: 0 });
		const guests = vendors().sandbox.invitario.state.guests();
		const byEmail = new Map(guests.map(({ fields }) => [fields.email, fields]));

		await run();

		const listed = vendors().sandbox.eventVault.state.event().guests();
		expect(listed.length).toBeGreaterThan(3);
		for (const { email, country, vCardData } of listed) {
			const fields = byEmail.get(email);
			expect(vCardData.FN).toContain(fields?.lastName);
			expect([vCardData.ORG, vCardData.ROLE, vCardData.TEL, country]).toEqual([
				fields?.company,
				fields?.position,
				fields?.phone,
				fields?.country,
			]);
		}
	});

	test('changes nothing when it is run again', async () => {
		await run();
		const event = vendors().sandbox.eventVault.state.event();
		const guests = event.guests();
		const tickets = event.tickets();

		const again = await run();

		expect(again.status).toBe('success');
		const results = again.items('Put Them on the Guest List').map(({ json }) => json.result);
		expect(new Set(results)).toEqual(new Set(['existed']));
		expect(event.guests()).toEqual(guests);
		expect(event.tickets()).toEqual(tickets);
	});
});

test('Event Vault: the guest list step by step leaves the list as it was', async () => {
	const event = vendors().sandbox.eventVault.state.event();
	const before = event.guests();

	const execution = await runWorkflow(example('event-vault-guest-list.json'));

	const output = (name: string) => execution.items(name).map(({ json }) => json);
	const email = 'jane.doe@example.com';
	expect(execution.error).toBeUndefined();
	expect(output('Add a Guest')).toEqual([expect.objectContaining({ email, result: 'added' })]);
	expect(output('Find the Guest')).toEqual([expect.objectContaining({ email, name: 'Jane Doe' })]);
	expect(output('Remove the Guest')).toEqual([expect.objectContaining({ email, deleted: true })]);
	expect(output('Count the Guests')).toEqual([
		expect.objectContaining({ guestCount: SEEDED_GUESTS }),
	]);
	expect(event.guests()).toEqual(before);
});

test('every example names its credentials and says in notes what to fill in', () => {
	const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
	expect(files.length).toBeGreaterThan(1);
	for (const file of files) {
		const { nodes } = readExample(file);
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-guestlist.'));
		expect(ours.every(({ credentials }) => credentials !== undefined)).toBe(true);
		expect(nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
	}
});

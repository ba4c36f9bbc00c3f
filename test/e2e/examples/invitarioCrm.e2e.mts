// The example that keeps a contact for every Invitario guest, tested by the content of the table that replaces the
// CRM.

import { beforeEach, expect, test } from '@jest/globals';
import { by } from '../../rig/items.mts';
import { N8nClient } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { type Json, runWorkflow } from '../support/n8n.mts';
import { first } from '../support/nodeUnderTest.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const KEPT = 'Keep It in the Contacts Table';
const TABLE = 'Invitario contacts';

const vendors = useVendors();
const publish = usePublished(N8nClient.shared());
const state = () => vendors().sandbox.invitario.state;

const example = () =>
	exampleWith('invitario-crm-stays-true.json', [vendors().invitario], {
		'A Guest Changed': { pollTimes: everyFewSeconds() },
	});

/** Runs an action on the table, as a person could in n8n. */
async function withTable(parameters: Json): Promise<Json[]> {
	const execution = await runWorkflow({
		name: 'the table',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'table',
				name: 'Table',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1,
				position: [200, 0],
				parameters: { dataTableId: by('name', TABLE), ...parameters },
				onError: 'continueRegularOutput',
			},
		],
		connections: { Start: { main: [[{ node: 'Table', type: 'main', index: 0 }]] } },
	});
	return execution.items('Table').map(({ json }) => json);
}

/** The contacts, by their key. */
async function contacts(): Promise<Record<string, Json>> {
	const rows = await withTable({ resource: 'row', operation: 'get', returnAll: true });
	const byKey = rows.map(
		({ id, createdAt, updatedAt, key, ...contact }) => [key, contact] as const,
	);
	expect(new Set(byKey.map(([key]) => key)).size).toBe(rows.length);
	return Object.fromEntries(byKey);
}

const details = { firstName: 'Jane', lastName: 'Doe', company: 'Acme', jobTitle: '', phone: '' };
const changedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

beforeEach(async () => {
	await withTable({ resource: 'table', operation: 'delete' });
});

test('keeps one contact for each guest, and loses no one', async () => {
	const workflow = await publish(example());
	const deleted = first(
		state().guests(),
		({ deleteDateTime, parentId, companions }) =>
			deleteDateTime === null && parentId === null && companions.length === 0,
	);

	const fields = { firstName: 'Jane', lastName: 'Doe', company: 'Acme' };
	const host = state().addGuest({ fields: { ...fields, email: 'Jane@example.com' } }).id;
	state().deleteGuest(deleted.id);
	await workflow.outputs(KEPT, 2);
	state().updateGuest(host, { fields: { company: 'Another Company' } });
	await workflow.outputs(KEPT, 3);
	state().checkIn(host);
	await workflow.outputs(KEPT, 4);

	expect(await contacts()).toEqual({
		'jane@example.com': {
			...details,
			email: 'Jane@example.com',
			guestId: host,
			company: 'Another Company',
			status: 'checked_in',
			companionOf: '',
			changedAt,
		},
		[String(deleted.fields.email).toLowerCase()]: expect.objectContaining({
			guestId: deleted.id,
			lastName: deleted.fields.lastName,
			status: 'withdrawn',
		}),
	});
});

test('makes companions contacts that name the host', async () => {
	const workflow = await publish(example());

	const host = state().addGuest({ fields: { email: 'host@example.com', lastName: 'Host' } }).id;
	const companion = (email: string | null) =>
		state().addGuest({ parentId: host, fields: { ...details, email } }).id;
	const own = companion('companion@example.com');
	const shared = companion('HOST@example.com');
	const none = companion(null);
	// A guest without companions may also have no email.
	const alone = state().addGuest({ fields: { lastName: 'Alone' } }).id;
	await workflow.outputs(KEPT, 5);

	const contact = { ...details, status: 'registered', companionOf: 'host@example.com', changedAt };
	expect(await contacts()).toEqual({
		'host@example.com': expect.objectContaining({ guestId: host, companionOf: '' }),
		'companion@example.com': { ...contact, email: 'companion@example.com', guestId: own },
		[shared]: { ...contact, email: 'HOST@example.com', guestId: shared },
		[none]: { ...contact, email: '', guestId: none },
		[alone]: expect.objectContaining({ email: '', guestId: alone, companionOf: '' }),
	});
});

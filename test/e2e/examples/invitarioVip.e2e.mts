// The example that informs a host in the chat that their guest is at the door.

import { expect, test } from '@jest/globals';
import { N8nClient } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { first } from '../support/nodeUnderTest.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { usePublished } from '../support/published.mts';
import { useVendors } from '../support/vendors.mts';

const CHAT = 'Your Chat Goes Here';
const HOST = 'customField13';

const vendors = useVendors();
const publish = usePublished(N8nClient.shared());
const server = () => vendors().sandbox.invitario;
const state = () => server().state;

const example = () =>
	exampleWith('invitario-vip-at-the-door.json', [vendors().invitario], {
		'At the Door': { pollTimes: everyFewSeconds() },
	});

function guest(lastName: string, host: string | string[] | null, parentId?: string): string {
	return state().addGuest({
		fields: { firstName: 'Vera', lastName, company: 'Acme & Söhne', [HOST]: host },
		...(parentId === undefined ? {} : { parentId }),
	}).id;
}

test('informs the host who has arrived, with whom, and when a check-in is undone', async () => {
	const vip = guest('Important', 'Mara Host');
	guest('Friend', null, vip);
	guest('Partner', null, vip);
	const alone = guest('Alone', ['Tom Host', 'Mara Host']);
	const other = guest('Other', null);
	const workflow = await publish(example());

	for (const id of [other, vip, alone]) state().checkIn(id);
	await workflow.outputs(CHAT, 2);
	state().undoCheckIn(other);
	state().undoCheckIn(vip);
	await workflow.outputs(CHAT, 3);

	expect(await workflow.output('At the Door')).toHaveLength(5);
	const said = await workflow.output(CHAT);
	expect(new Set(said.slice(0, 2))).toEqual(
		new Set([
			{
				host: 'Mara Host',
				text: 'Vera Important (Acme & Söhne) is at the door, with Vera Friend and Vera Partner. Host: Mara Host',
			},
			{
				host: 'Tom Host, Mara Host',
				text: 'Vera Alone (Acme & Söhne) is at the door. Host: Tom Host, Mara Host',
			},
		]),
	);
	expect(said.slice(2)).toEqual([
		{
			host: 'Mara Host',
			text: 'Vera Important (Acme & Söhne) is not at the door: the check-in was taken back.',
		},
	]);
});

test('also informs the host if the companions cannot be found, or the guest has no company', async () => {
	const { id } = first(
		state().guests(),
		(one) => one.checkInDateTime === null && one.deleteDateTime === null,
	);
	state().updateGuest(id, {
		fields: { firstName: 'Vera', lastName: null, company: null, [HOST]: 'Mara Host' },
	});
	const workflow = await publish(example());
	server().faults.add({
		when: { path: '/api/v1/guest/list/all', every: 1 },
		do: { kind: 'status', status: 400 },
	});

	state().checkIn(id);

	expect(await workflow.outputs(CHAT, 1)).toEqual([
		{ host: 'Mara Host', text: 'Vera is at the door. Host: Mara Host' },
	]);
});

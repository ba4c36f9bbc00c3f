/** Invitario with 50,000 guests: lists are complete, and finding one guest does not search all of them. */
import { expect, test } from '@jest/globals';

import { useVendor } from '../../rig/useVendor.mts';
import invitario from '../../vendors/invitario.mts';
import { LOG_IN, LOG_OUT, LONG_AGO, RECENT, guestBy } from './shared.mts';

const GUESTS = 50_000;
const rig = useVendor(invitario, { guests: GUESTS, copyItems: false });

test('Get Many returns all of them, once each and in order', async () => {
	const result = await rig.run('guest: getAll', {
		returnAll: true,
		options: { includeDeleted: true },
	});

	expect(result.error).toBeUndefined();
	const ids = result.items.map(({ json }) => json.id);
	expect(ids).toHaveLength(GUESTS);
	expect(ids.join()).toBe(
		rig.state
			.guests()
			.map(({ id }) => id)
			.join(),
	);
	expect(result.items.at(-1)).toMatchObject({
		json: { lastName: expect.any(String) },
		pairedItem: { item: 0 },
	});
});

test('Get Many Changed Since returns all of them in one summary item', async () => {
	const result = await rig.run('guest: getChangedSince', {
		sinceDateTime: LONG_AGO,
		options: { serverTime: 'summaryItem' },
	});

	expect(result.items).toHaveLength(1);
	expect(result.items[0]?.json.count).toBe(GUESTS);
	expect(rig.paths()).toEqual([LOG_IN, RECENT, LOG_OUT]);
});

// Searching the whole list for each of them takes longer than a test may.
test('Get finds 1,000 of them by email from one list', async () => {
	const wanted = rig.state.guests().slice(-1_000);
	const items = wanted.map(({ fields }) => ({ json: { email: String(fields.email) } }));

	const result = await rig.run('guest: get', guestBy('email', '={{ $json.email }}'), { items });

	expect(result.items.map(({ json }) => json.id)).toEqual(wanted.map(({ id }) => id));
});

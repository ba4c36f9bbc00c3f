/** ARTSVP: a list of 50,000 records, with pages that fail. */
import { expect, test } from '@jest/globals';

import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import artsvp from '../../vendors/artsvp.mts';

const GUESTS = 50_000;
const PAGE = 99;
const PAGES = Math.ceil(GUESTS / PAGE);
/** On a machine that is busy with other tests. */
const TIMEOUT_MS = 120_000;
// The engine's own items rather than copies, because the list is long.
const rig = useVendor(artsvp, { guests: GUESTS, copyItems: false });

test(
	'returns all 50,000 bookings without a duplicate although pages fail twice',
	async () => {
		rig.state.rateLimit.limit = null;
		rig.fault({ when: { nth: [2, 3] }, do: { kind: 'reset' } });
		rig.fault({ when: { nth: [250, 251] }, do: { kind: 'status', status: 503 } });
		rig.fault({ when: { nth: 400 }, do: { kind: 'truncated' } });
		rig.fault({ when: { nth: [PAGES, PAGES + 1] }, do: { kind: 'html', status: 502 } });
		const { result } = await withShortWaits(
			async () => await rig.run('booking: getAll', { returnAll: true }),
		);
		const wanted = rig.state.storedBookings.all().map(({ id }) => id);

		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.id)).toEqual(wanted.reverse());
		expect(rig.sent()).toHaveLength(PAGES + 7);
	},
	TIMEOUT_MS,
);

test(
	'returns all 50,000 invites in the same way',
	async () => {
		rig.state.rateLimit.limit = null;
		const result = await rig.run('invite: getAll', { returnAll: true });
		const wanted = rig.state.storedInvites.all().map(({ id }) => id);

		expect(result.items.map(({ json }) => json.id)).toEqual(wanted.reverse());
		expect(rig.sent()).toHaveLength(PAGES);
	},
	TIMEOUT_MS,
);

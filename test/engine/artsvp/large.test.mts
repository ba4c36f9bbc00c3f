/** ARTSVP: a list of 50,000, also when pages fail on the way. */
import { expect, test } from '@jest/globals';

import { useArtsvp } from '../../support/artsvp.mts';
import { withShortWaits } from '../../support/short-waits.mts';

const GUESTS = 50_000;
const PAGE = 99;
const PAGES = Math.ceil(GUESTS / PAGE);
/** On a machine that is busy with other tests. */
const TIMEOUT_MS = 120_000;
// The engine's own items, not copies: the list is long.
const bench = useArtsvp(GUESTS, { copyItems: false });

test(
	'50,000 bookings come back whole and without a duplicate, although pages fail twice',
	async () => {
		bench.server.state.rateLimit.limit = null;
		bench.fault({ when: { nth: [2, 3] }, do: { kind: 'reset' } });
		bench.fault({ when: { nth: [250, 251] }, do: { kind: 'status', status: 503 } });
		bench.fault({ when: { nth: 400 }, do: { kind: 'truncated' } });
		bench.fault({ when: { nth: [PAGES, PAGES + 1] }, do: { kind: 'html', status: 502 } });
		const { result } = await withShortWaits(
			async () => await bench.run('booking: getAll', { returnAll: true }),
		);
		const wanted = bench.server.state.storedBookings.all().map(({ id }) => id);

		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.id)).toEqual(wanted.reverse());
		expect(bench.requests()).toHaveLength(PAGES + 7);
	},
	TIMEOUT_MS,
);

test(
	'50,000 invites as well',
	async () => {
		bench.server.state.rateLimit.limit = null;
		const result = await bench.run('invite: getAll', { returnAll: true });
		const wanted = bench.server.state.storedInvites.all().map(({ id }) => id);

		expect(result.items.map(({ json }) => json.id)).toEqual(wanted.reverse());
		expect(bench.requests()).toHaveLength(PAGES);
	},
	TIMEOUT_MS,
);

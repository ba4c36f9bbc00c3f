/** ARTSVP: 1,000 requests against a rate limit that is scaled down in time: no faster than it allows, and no 429. */
import { expect, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { useVendor } from '../../rig/useVendor.mts';
import artsvp from '../../vendors/artsvp.mts';

const TIMEOUT_MS = 90_000;
const MS_PER_SECOND = 1000;
const CALLS = 1000;
const BUDGET = { requests: 200, seconds: 1 };
const rig = useVendor(artsvp);

test(
	'1,000 requests wait for the windows that have to pass, without a 429',
	async () => {
		const { requests, seconds } = BUDGET;
		const { rateLimit } = rig.state;
		// Its headers count whole seconds, which is a lot in a scaled-down limit.
		const strict = { limit: requests, windowMs: seconds * MS_PER_SECOND, window: 'sliding' };
		Object.assign(rateLimit, { ...strict, headers: 'none' });
		const result = await rig.run(
			'booking: get',
			{ bookingId: by('id', nth(rig.state.bookings()).id), options: { concurrency: 10 } },
			{
				items: crowd(CALLS),
				credentials: rig.credentials({
					rateLimitRequests: requests,
					rateLimitSeconds: seconds,
				}),
			},
		);
		const times = rig.sent().map(({ at }) => at);
		const took = Math.max(...times) - Math.min(...times);
		// That it waits no longer is a unit test of the rate limiter, with a fake clock.
		const windows = (CALLS / requests - 1) * seconds * MS_PER_SECOND;

		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(CALLS);
		expect(times).toHaveLength(CALLS);
		expect(rateLimit.rejected).toBe(0);
		expect(took).toBeGreaterThanOrEqual(windows);
	},
	TIMEOUT_MS,
);

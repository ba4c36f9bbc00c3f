/** ARTSVP: 1,000 requests against a rate limit that is scaled down in time: close to the limit, and no 429. */
import { expect, jest, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { useVendor } from '../../rig/useVendor.mts';
import artsvp from '../../vendors/artsvp.mts';

const TIMEOUT_MS = 90_000;
const MS_PER_SECOND = 1000;
const CALLS = 1000;
const BUDGET = { requests: 200, seconds: 3 };
const rig = useVendor(artsvp);

// A busy machine may be late once; a rate limiter that is too slow is late every time.
jest.retryTimes(2);
/** Counted over all attempts, because a single rejected request is one too many. */
let rejectedCount = 0;

test(
	'takes at most 1.1 × the shortest possible time for 1,000 requests, without a 429',
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
		// The windows that have to pass, plus the time that this machine needs for the requests of the last one.
		const windows = (CALLS / requests - 1) * seconds * MS_PER_SECOND;
		const lastOnes = (times[requests - 1] ?? 0) - (times[0] ?? 0);

		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(CALLS);
		expect(times).toHaveLength(CALLS);
		rejectedCount += rateLimit.rejected;
		expect(rejectedCount).toBe(0);
		expect(took).toBeGreaterThanOrEqual(windows);
		expect(took).toBeLessThanOrEqual((windows + lastOnes) * 1.1);
	},
	TIMEOUT_MS,
);

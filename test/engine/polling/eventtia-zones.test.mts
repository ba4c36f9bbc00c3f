/**
 * Eventtia's filters take times without a zone (eventtia.md, "List of Attendees"). With a known zone the look-back is
 * short; on the day when the clocks change, no change may be reported late because of it.
 */
import { expect, test } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import eventtia from '../../vendors/eventtia.mts';
import { eventtiaStreams } from '../../vendors/eventtia.streams.mts';
import { DAY, HOUR, MINUTE, usePolling } from './rig.mts';

const [, stream] = eventtiaStreams;
const { otherEventUri } = EVENTTIA_CREDENTIALS;
const rig = usePolling(eventtia, () => stream, 1);
/** Not on the hour, so that every part of it is covered. */
const STEP = 7 * MINUTE;
const NEVER_MINUTES = 30 * 24 * 60;

test.each([
	['in spring', '2027-03-28T01:00:00Z'],
	['in autumn', '2027-10-31T01:00:00Z'],
])(
	'reports each change with the next poll on the day when the clocks change %s',
	async (_when, at) => {
		rig.time.moveTo(Math.max(Date.parse(at) - 2 * HOUR, rig.time.now()));
		expect(rig.time.now()).toBeLessThan(Date.parse(at) - HOUR);
		const { attendees } = rig.server.state.event(otherEventUri);
		attendees.register({ email: 'first@example.com' });
		const watch = await rig.watching({
			parameters: { eventUri: otherEventUri },
			options: { filterTimeZone: 'Europe/Vienna', fullCheckEvery: NEVER_MINUTES },
		});
		for (let step = 0; rig.time.now() < Date.parse(at) + 3 * HOUR; step++) {
			rig.time.pass(STEP);
			const { id } = attendees.register({ email: `added-${step}@example.com` });
			expect(await watch.next()).toEqual([{ event: 'attendeeCreated', id }]);
			expect(await watch.next()).toEqual([]);
		}
		rig.time.pass(DAY);
		expect(await watch.next()).toEqual([]);
	},
);

test('looks back far enough for any zone if none is set, whatever the vendor uses', async () => {
	for (const filterZone of ['event', 'utc'] as const) {
		rig.server.state.filterZone = filterZone;
		const { attendees } = rig.server.state.event();
		const watch = await rig.watching({ options: { fullCheckEvery: NEVER_MINUTES } });
		for (let step = 0; step < 3; step++) {
			rig.time.pass(4 * HOUR);
			const { id } = attendees.register({ email: `${filterZone}-${step}@example.com` });
			expect(await watch.next()).toEqual([{ event: 'attendeeCreated', id }]);
			expect(await watch.next()).toEqual([]);
		}
	}
});

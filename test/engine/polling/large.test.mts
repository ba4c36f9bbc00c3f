/**
 * 50,000 records, once for every way of reading: a whole list in one answer, a whole list in cursor pages, a list of
 * changes in one answer, a list of changes in numbered pages. Prints the time of a poll and the size of what is kept.
 */
import { describe, expect, test } from '@jest/globals';

import { usePolling } from './rig.mts';
import { STREAMS, type WatchedStream } from './streams.mts';

const RECORDS = 50_000;
const MANY_MS = 180_000;
const MOST_STATE_BYTES = 2 * 1024 * 1024;
const CHANGES = 3;

let current: WatchedStream = STREAMS.eventVault[0];
const rig = usePolling(() => current, RECORDS);

const ways = [
	['whole list in one answer', STREAMS.eventVault[0]],
	['whole list in cursor pages', STREAMS.artsvp[0]],
	['changes in one answer', STREAMS.invitario[0]],
	['changes in numbered pages', STREAMS.inEvent[0]],
] as const;

describe('50,000 records', () => {
	test.each(ways)(
		'%s',
		async (way, stream) => {
			current = stream;
			const watch = await rig.watch();
			const first = await watch.poll();
			expect(first).toMatchObject({ emitted: null, error: undefined });
			rig.time.pass(60_000);
			const before = rig.reads();
			const quiet = await watch.poll();
			expect(quiet).toMatchObject({ emitted: null, error: undefined });
			const requests = rig.reads() - before;

			const { add, change } = stream;
			if (add === undefined || change === undefined) throw new Error('Nothing can be added');
			const ids = Array.from({ length: CHANGES }, (_, index) => add(rig.sandbox, index));
			const told = await watch.next();
			expect(told.map(({ id }) => id).sort()).toEqual([...ids].sort());
			for (const id of ids) change(rig.sandbox, id, 1);
			expect(await watch.next()).toHaveLength(CHANGES);

			// Ids are kept as they are, because deletions are told.
			const bytes = Buffer.byteLength(watch.held());
			const whole = watch.logs.filter(({ level }) => level === 'warn');
			expect(whole).toEqual([]);
			console.info(
				`${stream.vendor.name} ${stream.name}, ${way}: first poll ${Math.round(first.durationMs)} ms, ` +
					`quiet poll ${Math.round(quiet.durationMs)} ms and ${requests} requests, state ${bytes} bytes`,
			);
			expect(bytes).toBeLessThanOrEqual(2 * MOST_STATE_BYTES);

			const small = await rig.watch({
				triggerOn: [stream.events.created ?? '', stream.events.updated ?? ''],
			});
			await small.poll();
			const smallBytes = Buffer.byteLength(small.held());
			console.info(`${stream.vendor.name} ${stream.name}, without deletions: ${smallBytes} bytes`);
			expect(smallBytes).toBeLessThanOrEqual(MOST_STATE_BYTES);
		},
		MANY_MS,
	);
});

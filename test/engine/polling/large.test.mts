/**
 * Long lists, once for each way of reading: a complete list in one response, a complete list in cursor pages,
 * changes in one response, changes in numbered pages. Prints the duration of a poll and the size of its state.
 */
import { describe, expect, test } from '@jest/globals';

import { nth } from '../../rig/records.mts';
import artsvp from '../../vendors/artsvp.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import inEvent from '../../vendors/inevent.mts';
import invitario from '../../vendors/invitario.mts';
import { usePolling } from './rig.mts';

/** In one response. */
const RECORDS = 50_000;
/** In pages: more than a hundred. Each record costs the same, however many there are; `npm run bench` reads more. */
const PAGED_RECORDS = 12_000;
const MANY_MS = 180_000;
const MAX_STATE_BYTES_PER_RECORD = 42;
const CHANGES = 3;

describe('a long list', () => {
	describe('complete list in one response', () => testFirstStream(eventVault, RECORDS));
	describe('complete list in cursor pages', () => testFirstStream(artsvp, PAGED_RECORDS));
	describe('changes in one response', () => testFirstStream(invitario, RECORDS));
	describe('changes in numbered pages', () => testFirstStream(inEvent, PAGED_RECORDS));
});

/** Polls the first stream of a vendor three times: at first, without changes, and after some changes. */
function testFirstStream<Key extends VendorKey>(vendor: TestVendor<Key>, records: number): void {
	const stream = nth(vendor.streams);
	const rig = usePolling(vendor, () => stream, records);

	test(
		`${vendor.key}: ${stream.name}`,
		async () => {
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
			const ids = Array.from({ length: CHANGES }, (_, index) => add(rig.server, index));
			const reported = await watch.next();
			expect(reported.map(({ id }) => id).sort()).toEqual([...ids].sort());
			for (const id of ids) change(rig.server, id, 1);
			expect(await watch.next()).toHaveLength(CHANGES);

			// IDs are stored in full, because deletions are reported.
			const bytes = Buffer.byteLength(watch.held());
			const whole = watch.logs.filter(({ level }) => level === 'warn');
			expect(whole).toEqual([]);
			console.info(
				`${vendor.key} ${stream.name}: first poll ${Math.round(first.durationMs)} ms, ` +
					`quiet poll ${Math.round(quiet.durationMs)} ms and ${requests} requests, state ${bytes} bytes`,
			);
			expect(bytes).toBeLessThanOrEqual(2 * MAX_STATE_BYTES_PER_RECORD * records);

			const small = await rig.watch({
				triggerOn: [stream.events.created ?? '', stream.events.updated ?? ''],
			});
			await small.poll();
			const smallBytes = Buffer.byteLength(small.held());
			console.info(`${vendor.key} ${stream.name}, without deletions: ${smallBytes} bytes`);
			expect(smallBytes).toBeLessThanOrEqual(MAX_STATE_BYTES_PER_RECORD * records);
		},
		MANY_MS,
	);
}

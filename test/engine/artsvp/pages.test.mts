/** ARTSVP: paged lists: cursors, limits, where a list starts, pages that fail. */
import { afterEach, describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted, type ScriptedServer } from '../../support/scripted-server.mts';
import { untilArrived } from '../../support/in-flight.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import artsvp from '../../vendors/artsvp.mts';

const GUESTS = 250;
const rig = useVendor(artsvp, { guests: GUESTS });
const ids = (records: ReadonlyArray<{ id?: unknown }>) => records.map(({ id }) => id);
const eventIds = () => rig.state.events.all().map(({ id }) => id);
/** Two thirds of the invites have one of them. */
const TAGS = ['single_entry', 'artsvp', 'vip'];
const queries = () => rig.sent().map(({ query }) => query);

const LISTS = [
	['booking: getAll', '/bookings', 'last_booking_id', () => rig.state.bookings()],
	['invite: getAll', '/invites', 'last_invite_id', () => rig.state.invites()],
] as const;

describe.each(LISTS)('%s', (operation, path, lastKey, stored) => {
	const newestFirst = () => ids(stored().reverse());

	test('Return All follows the cursor through pages of 99', async () => {
		const result = await rig.run(operation, { returnAll: true });
		const all = newestFirst();

		expect(ids(data(result))).toEqual(all);
		expect(queries()).toEqual([
			{ limit: '99' },
			{ limit: '99', starting_after: all[98] },
			{ limit: '99', starting_after: all[197] },
		]);
	});

	test('keeps the filters on every page', async () => {
		const all = operation === 'booking: getAll' ? { eventIds: eventIds() } : { tags: TAGS };
		const result = await rig.run(operation, { returnAll: true, filters: all });

		expect(data(result).length).toBeGreaterThan(99);
		expect(queries().length).toBeGreaterThan(1);
		for (const query of queries()) {
			expect(query['event_ids[]'] ?? query['tags[]']).toEqual(Object.values(all)[0]);
		}
	});

	test.each([
		[1, ['1']],
		[98, ['98']],
		[99, ['99']],
		[100, ['99', '99']],
		[198, ['99', '99']],
		[1000, ['99', '99', '99']],
	])('requests pages of %j for the limit %d', async (limit, pages) => {
		const result = await rig.run(operation, { limit });

		expect(ids(data(result))).toEqual(newestFirst().slice(0, limit));
		expect(queries().map((query) => query.limit)).toEqual(pages);
	});

	test.each([0, -1, 1.5, 'many', 10_000_001])('sends nothing for the limit %p', async (limit) => {
		const result = await rig.run(operation, { limit });

		expect(errorOf(result).message).toContain('"Limit" must be');
		expect(rig.sent()).toEqual([]);
	});

	test('Starting After begins there and continues to the end', async () => {
		const all = newestFirst();
		const result = await rig.run(operation, {
			returnAll: true,
			options: { startingAfter: ` ${String(all[9])} ` },
		});

		expect(ids(data(result))).toEqual(all.slice(10));
		expect(queries().map((query) => query.starting_after)).toEqual([all[9], all[108], all[207]]);
	});

	test('Ending Before returns the single page that ends there', async () => {
		const all = newestFirst();
		const run = async (parameters: object) =>
			ids(data(await rig.run(operation, { ...parameters, options: { endingBefore: all[150] } })));

		expect(await run({ limit: 10 })).toEqual(all.slice(140, 150));
		expect(await run({ returnAll: true })).toEqual(all.slice(51, 150));
		expect(queries()).toEqual([
			{ limit: '10', ending_before: all[150] },
			{ limit: '99', ending_before: all[150] },
		]);
	});

	test('does not send empty cursors', async () => {
		await rig.run(operation, { limit: 1, options: { startingAfter: '', endingBefore: '  ' } });

		expect(queries()).toEqual([{ limit: '1' }]);
	});

	test('reports a cursor that ARTSVP does not know', async () => {
		const result = await rig.run(operation, { options: { startingAfter: 'gone' } });

		expect(errorOf(result)).toMatchObject({
			message: 'The request is invalid. the cursor is unknown. [item 0]',
			httpCode: '400',
		});
	});

	test('reports a cursor that does not advance, instead of reading forever', async () => {
		rig.state.cursorAdvances = false;
		const result = await rig.run(operation, { returnAll: true });

		expect(errorOf(result).message).toContain('list does not move on');
		expect(result.items).toEqual([]);
		expect(rig.sent()).toHaveLength(2);
	});

	test('recovers from a page that fails twice', async () => {
		const all = newestFirst();
		const query = { starting_after: String(all[98]) };
		rig.fault({ when: { path, query }, do: { kind: 'reset' } });
		rig.fault({ when: { path, query }, do: { kind: 'status', status: 503 } });
		const { result } = await withShortWaits(
			async () => await rig.run(operation, { returnAll: true }),
		);

		expect(rig.statuses()).toEqual([200, 0, 503, 200, 200]);
		expect(ids(data(result))).toEqual(all);
	});

	test('fails the item when a page cannot be read, instead of returning half a list', async () => {
		const query = { starting_after: String(newestFirst()[98]) };
		rig.fault({ when: { path, query, every: 1 }, do: { kind: 'status', status: 502 } });
		const { result } = await withShortWaits(
			async () => await rig.run(operation, { returnAll: true }),
		);

		expect(errorOf(result).httpCode).toBe('502');
		expect(result.items).toEqual([]);
	});

	test('outputs a record that is on two pages once', async () => {
		const page = (index: number) => ({
			data: [`r${index}`, `r${index + 1}`].map((id) => ({ id })),
			has_more: index < 3,
			[lastKey]: `r${index + 1}`,
		});
		const result = await scripted(page, async (credentials) =>
			rig.run(operation, { returnAll: true }, { credentials }),
		);

		expect(ids(data(result))).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
	});

	test.each([undefined, null, '', 7])('reports has_more with the last ID %p', async (last) => {
		const page = () => ({ data: [{ id: 'a' }], has_more: true, [lastKey]: last });
		const result = await scripted(page, async (credentials) =>
			rig.run(operation, { returnAll: true }, { credentials }),
		);

		expect(errorOf(result).message).toContain('a list that says where its next page starts');
	});

	test('ends the list at a last ID without has_more', async () => {
		const page = () => ({ data: [{ id: 'a' }], has_more: false, [lastKey]: 'a' });
		const result = await scripted(page, async (credentials) =>
			rig.run(operation, { returnAll: true }, { credentials }),
		);

		expect(ids(data(result))).toEqual(['a']);
		expect(server?.seen).toHaveLength(1);
	});

	test('continues after an empty page in the middle', async () => {
		const page = (index: number) => ({
			data: index === 1 ? [] : [{ id: `r${index}` }],
			has_more: index < 2,
			[lastKey]: `c${index}`,
		});
		const result = await scripted(page, async (credentials) =>
			rig.run(operation, { returnAll: true }, { credentials }),
		);

		expect(ids(data(result))).toEqual(['r0', 'r2']);
	});
});

test('neither duplicates nor drops a booking when another is made meanwhile', async () => {
	const before = ids(rig.state.bookings().reverse());
	rig.server.latencyMs = 40;
	const running = rig.run('booking: getAll', { returnAll: true });
	await untilArrived(rig.server, 2);
	rig.state.addBooking();

	expect(ids(data(await running))).toEqual(before);
});

test('reads a separate list for each item', async () => {
	const [one, two] = rig.state.events.all().map(({ id }) => id);
	const result = await rig.run(
		'booking: getAll',
		{ limit: 5, filters: { eventIds: '={{ [$json.id] }}' } },
		{ items: [one, two].map((id) => ({ json: { id } })) },
	);

	expect(data(result).map(({ eventId }) => eventId)).toEqual([
		...Array.from({ length: 5 }, () => one),
		...Array.from({ length: 5 }, () => two),
	]);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map((item) => ({ item })),
	);
});

test('can read a listed booking by its ID', async () => {
	const [listed] = data(await rig.run('booking: getAll', { limit: 1 }));
	const bookingId = by('id', String(listed?.id));

	expect(nth(data(await rig.run('booking: get', { bookingId })))).toEqual(listed);
});

let server: ScriptedServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

/** Runs work against a server that gives these pages, one after the other. */
async function scripted<T>(
	page: (index: number) => object,
	work: (credentials: ReturnType<typeof rig.credentials>) => Promise<T>,
): Promise<T> {
	server = await startScripted((index) => ({ status: 200, body: JSON.stringify(page(index)) }));
	return await work(rig.credentials({ baseUrl: server.url }));
}

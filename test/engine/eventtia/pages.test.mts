/** Eventtia: paged lists: complete, in order, each record once, even when records move between pages. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { existing } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { maxInFlight } from '../../support/in-flight.mts';
import { startScripted, type SeenRequest } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { ATTENDEES, EVENTS, TYPES } from './shared.mts';

/** How often a read is sent that always fails. */
const MAX_ATTEMPTS = 6;

const SEEDED = 100;
const PAGE_SIZE = 24;
const MANY = 50_000;
const rig = useVendor(eventtia, { guests: SEEDED });

const RAW_ALL = { returnAll: true, simplify: false };
const ids = (records: IDataObject[]) => records.map(({ id }) => id);
const pages = (path = ATTENDEES) =>
	rig.sent(path).map(({ query }) => Number(query['page[number]']));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const known = () =>
	upTo(rig.state.event().attendees.listed).map((n) => rig.state.event().attendees.at(n - 1).id);

describe('a list of 100 attendees', () => {
	test.each([
		['links and totals', true, true],
		['links alone', true, false],
		['totals alone', false, true],
		['neither', false, false],
	])('is complete when pages have %s', async (_title, links, totals) => {
		Object.assign(rig.state, { links, totals });
		const result = await rig.run('attendee: getAll', RAW_ALL);

		expect(ids(data(result))).toEqual(known());
		expect(pages().sort((a, b) => a - b)).toEqual(upTo(5));
		expect(result.hints).toEqual([]);
		expect(new Set(rig.sent(ATTENDEES).map(({ query }) => query['page[size]']))).toEqual(
			new Set(['24']),
		);
	});

	test('of exactly four pages requests a fifth only if nothing marks the end', async () => {
		for (const position of [0, 10, 20, 30]) {
			rig.state.event().attendees.archive(rig.state.event().attendees.at(position));
		}
		for (const [links, totals, last] of [
			[true, true, 4],
			[true, false, 4],
			[false, true, 4],
			[false, false, 5],
		] as const) {
			Object.assign(rig.state, { links, totals });
			rig.server.requests.length = 0;
			const result = await rig.run('attendee: getAll', RAW_ALL);

			expect(ids(data(result))).toEqual(known());
			expect(Math.max(...pages())).toBe(last);
		}
	});

	test('reads page 1 first, then the others in parallel if the total is known', async () => {
		const most = await maxInFlight(
			rig.server,
			4,
			async () => await rig.run('attendee: getAll', RAW_ALL),
			{ path: ATTENDEES, nth: [2, 3, 4, 5] },
		);

		expect(most).toBe(4);
	});

	test('reads one page after the other if the total is unknown', async () => {
		rig.state.totals = false;
		const most = await maxInFlight(
			rig.server,
			1,
			async () => await rig.run('attendee: getAll', RAW_ALL),
		);

		expect(most).toBe(1);
	});

	test.each([
		[1, [1]],
		[24, [1]],
		[25, [1, 2]],
		[50, [1, 2, 3]],
		[100, [1, 2, 3, 4, 5]],
	])('reads no page beyond the limit of %i', async (limit, expected) => {
		const result = await rig.run('attendee: getAll', { limit, simplify: false });

		expect(ids(data(result))).toEqual(known().slice(0, limit));
		expect(pages().sort((a, b) => a - b)).toEqual(expected);
	});

	test('outputs no items for an empty page', async () => {
		const result = await rig.run('attendee: getAll', {
			...RAW_ALL,
			filters: { email: 'nobody@example.com' },
		});

		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(pages()).toEqual([1]);
	});

	test('is complete even if pages fail twice', async () => {
		const path = ATTENDEES;
		for (const page of ['1', '3']) {
			const when = { path, query: { 'page[number]': page } };
			rig.fault({ when, times: 2, do: { kind: 'status', status: 503 } });
		}
		rig.fault({ when: { path, query: { 'page[number]': '4' } }, times: 2, do: { kind: 'reset' } });
		rig.fault({ when: { path, query: { 'page[number]': '5' } }, do: { kind: 'truncated' } });
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll', RAW_ALL));

		expect(ids(data(result))).toEqual(known());
		expect(rig.sent(ATTENDEES)).toHaveLength(5 + 2 + 2 + 2 + 1);
	});

	test('fails if a page cannot be read', async () => {
		const when = { path: ATTENDEES, query: { 'page[number]': '3' } };
		const body = { message: 'Index is gone' };
		rig.fault({ when, times: MAX_ATTEMPTS, do: { kind: 'status', status: 500, body } });
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll', RAW_ALL));

		expect(result.items).toEqual([]);
		expect(errorOf(result)).toMatchObject({ message: 'Index is gone [item 0]', httpCode: '500' });
	});
});

describe('the list of slim events', () => {
	test('has 100 a page, and ends without a total', async () => {
		for (const n of upTo(205)) {
			rig.state.addEvent(
				{ ...rig.state.event().facts, name: `Event ${n}`, uri: `event-${n}` },
				'sandbox@example.com',
			);
		}
		const path = `${EVENTS}/slim`;
		const result = await rig.run('event: getAllSlim', { returnAll: true, simplify: false });

		expect(data(result)).toHaveLength(3 + 205);
		expect(new Set(ids(data(result))).size).toBe(3 + 205);
		expect(pages(path)).toEqual([1, 2, 3]);
		expect(rig.sent(path)[0]?.query['page[size]']).toBe('100');
	});
});

/** Whether responses have `links` and `meta`. */
const SHAPES = [
	['links and totals', true, true],
	['links alone', true, false],
	['totals alone', false, true],
	['neither', false, false],
] as const;

/** A vendor with a list that changes just before a page is sent. */
async function drifting(options: {
	count: number;
	links: boolean;
	totals: boolean;
	/** What happens before the n-th page is sent, counted from 1 over both readings. */
	before: Record<number, (list: number[]) => void>;
	/** Without `total_attendees`, as in the lists of other records. */
	uncounted?: boolean;
}) {
	const { links, totals, before, uncounted = false } = options;
	const list = upTo(options.count);
	let asked = 0;
	const server = await startScripted((_index, { method, url }: SeenRequest) => {
		const send = (body: object) => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (method === 'POST') return send({ auth_token: 'token-of-a-script-1' });
		const { pathname, searchParams } = new URL(url, 'http://localhost');
		if (pathname !== ATTENDEES) return send({ data: [] });
		asked += 1;
		before[asked]?.(list);
		const page = Number(searchParams.get('page[number]'));
		const rows = list.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
		const total = Math.max(1, Math.ceil(list.length / PAGE_SIZE));
		return send({
			data: rows.map((n) => ({ id: String(n), type: 'attendees', attributes: { n } })),
			...(links ? { links: { next: page < total ? `${url}&next` : null } } : {}),
			...(totals
				? { meta: { total_pages: total, ...(uncounted ? {} : { total_attendees: list.length }) } }
				: {}),
		});
	});
	const result = await rig.run('attendee: getAll', RAW_ALL, {
		credential: { baseUrl: server.url },
	});
	await server.close();
	return { result, found: data(result).map(({ id }) => Number(id)), asked, list };
}

/** Checks that the result has every record of the final list, and none twice. */
function expectWhole({ found, list }: { found: number[]; list: number[] }) {
	expect(list.filter((n) => !found.includes(n))).toEqual([]);
	expect(new Set(found).size).toBe(found.length);
}

describe.each(SHAPES)('while pages with %s are read', (_title, links, totals) => {
	const count = 100;

	test('an addition at the front duplicates and loses no one', async () => {
		const drift = await drifting({
			count,
			links,
			totals,
			before: { 3: (list) => list.unshift(1_001) },
		});

		expectWhole(drift);
	});

	test('two additions at the front, one page apart', async () => {
		const drift = await drifting({
			count,
			links,
			totals,
			before: { 2: (list) => list.unshift(1_001), 4: (list) => list.unshift(1_002) },
		});

		expectWhole(drift);
	});

	test('a record moves to the front from an unread page', async () => {
		const drift = await drifting({
			count,
			links,
			totals,
			before: { 3: (list) => list.unshift(...list.splice(90, 1)) },
		});

		expectWhole(drift);
	});

	test('a record moves to the end from a page that was read', async () => {
		const drift = await drifting({
			count,
			links,
			totals,
			before: { 3: (list) => list.push(...list.splice(5, 1)) },
		});

		expectWhole(drift);
	});

	test('nothing moves: the list is read once', async () => {
		const drift = await drifting({ count, links, totals, before: {} });

		expectWhole(drift);
		expect(drift.asked).toBe(5);
		expect(drift.result.hints).toEqual([]);
	});
});

describe('a deletion while a list is read', () => {
	test.each([
		['links and totals', true],
		['totals alone', false],
	])('loses no one if attendees are counted (%s)', async (_title, links) => {
		const drift = await drifting({
			count: 100,
			links,
			totals: true,
			before: { 3: (list) => list.splice(5, 1) },
		});

		expectWhole(drift);
		expect(drift.found).toHaveLength(100);
	});

	test('loses no one if the page count shrinks', async () => {
		const drift = await drifting({
			count: 97,
			links: true,
			totals: true,
			uncounted: true,
			before: { 3: (list) => list.splice(5, 1) },
		});

		expectWhole(drift);
	});
});

describe('a list that keeps changing', () => {
	test('is read at most twice, and the result says what is missing', async () => {
		const before = Object.fromEntries(
			upTo(40).map((n) => [n, (list: number[]) => void list.unshift(1_000 + n)]),
		);
		const { result, found, asked } = await drifting({
			count: 100,
			links: true,
			totals: true,
			before,
		});

		expect(new Set(found).size).toBe(found.length);
		expect(upTo(100).filter((n) => !found.includes(n))).toEqual([]);
		expect(asked).toBeLessThanOrEqual(12);
		expect(result.error).toBeUndefined();
	});

	test('says how many records are missing if Eventtia counts more than it returns', async () => {
		const server = await startScripted((_index, { method, url }) => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(
				method === 'POST'
					? { auth_token: 'token-of-a-script-1' }
					: url.startsWith(ATTENDEES)
						? {
								data: [{ id: '1', type: 'attendees', attributes: {} }],
								links: { next: null },
								meta: { total_pages: 1, total_attendees: 3 },
							}
						: { data: [] },
			),
		}));
		const result = await rig.run('attendee: getAll', RAW_ALL, {
			credential: { baseUrl: server.url },
		});
		await server.close();

		expect(data(result)).toHaveLength(1);
		expect(result.hints).toMatchObject([
			{ message: expect.stringContaining('counts 3 records but gave 1'), type: 'warning' },
		]);
	});

	test('in the sandbox, newest first, with a registration meanwhile', async () => {
		rig.state.newestFirst = true;
		const { attendees } = rig.state.event();
		const rows = attendees.rows.bind(attendees);
		let asked = 0;
		attendees.rows = (...given) => {
			asked += 1;
			if (asked === 3) {
				attendees.register({ email: 'late@example.com', first_name: 'Late' });
				return rows(undefined, true);
			}
			return rows(...given);
		};
		const result = await rig.run('attendee: getAll', { returnAll: true });
		const emails = data(result).map(({ email }) => email);

		expect(emails).toContain('late@example.com');
		expect(emails).toHaveLength(SEEDED + 1);
		expect(new Set(emails).size).toBe(SEEDED + 1);
	});
});

describe('pages that differ from the document', () => {
	async function answered(answer: (page: number, asked: number) => object) {
		let asked = 0;
		const server = await startScripted((_index, { method, url }) => {
			const page = Number(new URL(url, 'http://localhost').searchParams.get('page[number]'));
			if (url.startsWith(ATTENDEES)) asked += 1;
			return {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(
					method === 'POST'
						? { auth_token: 'token-of-a-script-1' }
						: url.startsWith(ATTENDEES)
							? answer(page, asked)
							: { data: [] },
				),
			};
		});
		const result = await rig.run('attendee: getAll', RAW_ALL, {
			credential: { baseUrl: server.url },
		});
		await server.close();
		return { result, asked };
	}
	const rows = (page: number, size = PAGE_SIZE) =>
		upTo(size).map((n) => ({ id: String((page - 1) * size + n), type: 'attendees' }));

	test('ends when the same full page repeats', async () => {
		const { result, asked } = await answered(() => ({ data: rows(1) }));

		expect(data(result)).toHaveLength(PAGE_SIZE);
		expect(asked).toBeLessThanOrEqual(4);
	});

	test('ends at `links.next` on an empty page', async () => {
		const { result, asked } = await answered((page) => ({
			data: page === 1 ? rows(1) : [],
			links: { next: '/more' },
		}));

		expect(data(result)).toHaveLength(PAGE_SIZE);
		expect(asked).toBe(2);
	});

	test('follows `links.next` after pages that are smaller than requested', async () => {
		const { result } = await answered((page) => ({
			data: rows(page, 10),
			links: { next: page < 4 ? '/more' : null },
		}));

		expect(data(result)).toHaveLength(40);
	});

	test.each([
		['an object', { data: { id: '1', type: 'attendees' } }],
		['records without a type', { data: [{ id: '1' }] }],
		['records without an id', { data: [{ type: 'attendees' }] }],
		['no data', { errors: [] }],
	])('reports %s instead of a list, and what was expected', async (_title, body) => {
		const { result, asked } = await answered(() => body);

		expect(errorOf(result).message).toContain('instead of a list of records ("data")');
		expect(asked).toBe(1);
	});
});

describe('50,000 attendees', () => {
	test('are complete, in order and named, even if pages fail twice', async () => {
		rig.server.reset({ guests: MANY });
		for (const page of ['7', '1000', '2084']) {
			const when = { path: ATTENDEES, query: { 'page[number]': page } };
			rig.fault({ when, times: 2, do: { kind: 'status', status: 503 } });
		}
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: getAll', { returnAll: true }),
		);
		const people = data(result);
		const { attendees } = rig.state.event();

		expect(result.error).toBeUndefined();
		expect(people).toHaveLength(MANY);
		expect(new Set(ids(people)).size).toBe(MANY);
		for (const position of [0, 23, 24, 4_321, MANY - 1]) {
			const known = attendees.at(position);
			expect(people[position]).toMatchObject({
				id: known.id,
				email: attendees.fieldValue(known, 'email'),
				firstName: attendees.fieldValue(known, 'first_name'),
				ticketType: attendees.attendeeType(known).name,
			});
		}
		expect(people.every(({ email, name, customFields }) => email && name && customFields)).toBe(
			true,
		);
		expect(people.every(({ customFields }) => 'Diet' in Object(customFields))).toBe(true);
		expect(rig.sent(ATTENDEES)).toHaveLength(Math.ceil(MANY / PAGE_SIZE) + 6);
		expect(rig.sent(TYPES)).toHaveLength(1);
		expect(existing(people[0])).not.toHaveProperty('fields');
	}, 120_000);
});

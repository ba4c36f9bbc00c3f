/**
 * InEvent: numbered pages: in parallel if the total is known, else one by one; complete, and no more than requested.
 */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { ANALYTICS, ATTENDEES } from './shared.mts';

/** How often a read is sent that always fails. */
const MAX_ATTEMPTS = 6;

const rig = useVendor(inEvent, { guests: 45 });
const MANY = 50_000;

const pages = () => rig.sent().map(({ query }) => Number(query.page));
const ids = (records: IDataObject[]) => records.map(({ id }) => id);
const known = () =>
	rig.state
		.event()
		.attendees()
		.map(({ id }) => id);
const all = (pageSize: number, more: IDataObject = {}) => ({
	returnAll: true,
	options: { pageSize },
	...more,
});

/** How many requests were in flight when each one arrived, including that one. */
async function underWay(work: () => Promise<unknown>): Promise<number[]> {
	// Long enough for ten requests to start within it, even on a busy machine.
	const latencyMs = 200;
	rig.server.latencyMs = latencyMs;
	await work();
	const times = rig.sent().map(({ at }) => at);
	return times.map(
		(at, index) => times.slice(0, index + 1).filter((other) => other + latencyMs > at).length,
	);
}

describe('a list with a known total', () => {
	test('reads page 1, then 10 at a time', async () => {
		const counts = await underWay(async () => {
			const result = await rig.run('attendee: getAll', all(3));

			expect(ids(data(result))).toEqual(known());
		});

		expect(pages().sort((a, b) => a - b)).toEqual(
			Array.from({ length: 15 }, (_, index) => index + 1),
		);
		expect(counts[0]).toBe(1);
		expect(Math.max(...counts)).toBe(10);
	});

	test.each([
		[1, [1], '1'],
		[50, [1], '50'],
		[10, [1], '10'],
	])('reads one page if the limit of %i fits on it', async (limit, expected, size) => {
		const result = await rig.run('attendee: getAll', { limit });

		expect(ids(data(result))).toEqual(known().slice(0, limit));
		expect(pages()).toEqual(expected);
		expect(rig.sent()[0]?.query.page_size).toBe(size);
	});

	test.each([
		[12, 5, [1, 2, 3]],
		[10, 5, [1, 2]],
		[11, 10, [1, 2]],
		[44, 7, [1, 2, 3, 4, 5, 6, 7]],
	])('reads no page beyond the limit of %i by %i', async (limit, pageSize, expected) => {
		const result = await rig.run('attendee: getAll', { limit, options: { pageSize } });

		expect(ids(data(result))).toEqual(known().slice(0, limit));
		expect(pages()).toEqual(expected);
	});

	test('reads one more page when records came twice', async () => {
		// The page repeats records that an addition at the top pushed down.
		const attendees = rig.state.event().attendees().slice(3, 8);
		const pagination = { page: 2, page_size: 5, total: 46, next_page: 3 };
		rig.fault({
			when: { path: ATTENDEES, query: { page: '2' } },
			do: { kind: 'wrongJson', body: { data: attendees, pagination } },
		});
		const result = await rig.run('attendee: getAll', { limit: 10, options: { pageSize: 5 } });

		expect(ids(data(result))).toEqual([...known().slice(0, 8), ...known().slice(10, 12)]);
		expect(pages()).toEqual([1, 2, 3]);
	});

	test('accepts pages that are smaller than requested', async () => {
		rig.state.maxPageSize = 10;
		rig.state.pageSizeOver = 'capped';
		const result = await rig.run('attendee: getAll', { returnAll: true });

		expect(ids(data(result))).toEqual(known());
		expect(pages().sort()).toEqual([1, 2, 3, 4, 5]);
	});

	test('says which field to change if the page is too large', async () => {
		rig.state.maxPageSize = 10;
		const result = await rig.run('attendee: getAll', { returnAll: true });

		expect(errorOf(result).description).toContain('"Page Size": too_large.');
	});

	test.each(['null', 'absent'] as const)('ends when next_page is %s', async (lastPage) => {
		rig.state.lastPage = lastPage;
		const result = await rig.run('attendee: getAll', all(15));

		expect(ids(data(result))).toEqual(known());
		expect(pages()).toEqual([1, 2, 3]);
	});

	test('is empty when nothing matches', async () => {
		const result = await rig.run('attendee: getAll', all(5, { filters: { search: 'nobody@' } }));

		expect(result.items).toEqual([]);
		expect(pages()).toEqual([1]);
	});

	test('keeps order and records while pages fail', async () => {
		const path = ATTENDEES;
		rig.fault({ when: { path, query: { page: '3' } }, times: 2, do: { kind: 'reset' } });
		rig.fault({ when: { path, query: { page: '5' } }, do: { kind: 'truncated' } });
		rig.fault({
			when: { path, query: { page: '6' } },
			do: { kind: 'truncated', variant: 'connection' },
		});
		rig.fault({ when: { path, query: { page: '7' } }, do: { kind: 'html', status: 502 } });
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll', all(5)));

		expect(ids(data(result))).toEqual(known());
		expect(rig.sent()).toHaveLength(9 + 2 + 1 + 1 + 1);
	});

	test('fails if a page cannot be read', async () => {
		const body = { error: 'server_error', message: 'Index is gone', request_id: 'req_9' };
		rig.fault({
			when: { path: ATTENDEES, query: { page: '9' } },
			times: MAX_ATTEMPTS,
			do: { kind: 'status', status: 500, body },
		});
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll', all(5)));

		expect(result.items).toEqual([]);
		expect(errorOf(result)).toMatchObject({ message: 'Index is gone [item 0]', httpCode: '500' });
	});
});

describe('a list with an unknown total', () => {
	test('is read one by one', async () => {
		rig.state.totalShown = false;
		const counts = await underWay(async () => {
			const result = await rig.run('attendee: getAll', all(10));

			expect(ids(data(result))).toEqual(known());
		});

		expect(pages()).toEqual([1, 2, 3, 4, 5]);
		expect(Math.max(...counts)).toBe(1);
	});

	test('stops at the limit', async () => {
		rig.state.totalShown = false;
		const result = await rig.run('attendee: getAll', { limit: 20, options: { pageSize: 10 } });

		expect(ids(data(result))).toEqual(known().slice(0, 20));
		expect(pages()).toEqual([1, 2]);
	});

	test('analytics: returns every row, including identical ones', async () => {
		const row = { attendee_id: 'att_1', timestamp: '2026-02-07T08:15:12Z', gate: 'north' };
		rig.state.event().datasets.set(
			'polls',
			Array.from({ length: 25 }, () => ({ ...row })),
		);
		const result = await rig.run('analytics: getAll', {
			dataset: by('name', 'polls'),
			...all(10),
			simplify: false,
		});

		expect(data(result)).toEqual(Array.from({ length: 25 }, () => row));
		expect(pages()).toEqual([1, 2, 3]);
		expect(rig.sent()[0]?.path).toBe(ANALYTICS);
	});

	test('is read to its end even if a page fails twice', async () => {
		rig.state.totalShown = false;
		rig.fault({ when: { query: { page: '3' } }, times: 2, do: { kind: 'status', status: 503 } });
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll', all(10)));

		expect(ids(data(result))).toEqual(known());
		expect(pages()).toEqual([1, 2, 3, 3, 3, 4, 5]);
	});
});

describe('pages that differ from the document', () => {
	/** A vendor that sends the same page every time, with another page number. */
	async function pagedAs(answer: (page: number, size: number) => object) {
		const server = await startScripted((_index, { method, url }) => {
			const query = new URL(url, 'http://localhost').searchParams;
			const body =
				method === 'POST'
					? { access_token: 'token-of-a-script', token_type: 'Bearer' }
					: answer(Number(query.get('page')), Number(query.get('page_size')));
			return {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			};
		});
		const result = await rig.run('attendee: getAll', all(10), {
			credential: { baseUrl: server.url },
		});
		await server.close();
		return { result, asked: server.seen.length - 1 };
	}
	const records = (page: number, size: number, total: number) =>
		Array.from({ length: Math.max(0, Math.min(size, total - (page - 1) * size)) }, (_, index) => ({
			id: `att_${(page - 1) * size + index + 1}`,
		}));

	test('a server that reports full pages but sends fewer records', async () => {
		const { result } = await pagedAs((page, size) => ({
			data: records(page, 4, 22),
			pagination: { page, page_size: size, total: 22, next_page: page * 4 < 22 ? page + 1 : null },
		}));

		expect(ids(data(result))).toEqual(ids(records(1, 22, 22)));
	});

	test('a total that is too small', async () => {
		const { result } = await pagedAs((page, size) => ({
			data: records(page, size, 35),
			pagination: {
				page,
				page_size: size,
				total: 20,
				next_page: page * size < 35 ? page + 1 : null,
			},
		}));

		expect(data(result)).toHaveLength(35);
	});

	test('a total that is too large is read twice, and reported', async () => {
		const { result, asked } = await pagedAs((page, size) => ({
			data: records(page, size, 15),
			pagination: { page, page_size: size, total: 40, next_page: null },
		}));

		expect(data(result)).toHaveLength(15);
		// Pages 1 to 3 at least, twice: the third is empty, and may arrive before the fourth is requested.
		expect(asked).toBeGreaterThanOrEqual(6);
		expect(asked).toBeLessThanOrEqual(8);
		expect(result.hints).toMatchObject([
			{ message: expect.stringMatching(/40 records but gave 15/) },
		]);
	});

	test('records that moved during a parallel read are read again', async () => {
		let first = true;
		const { result } = await pagedAs((page, size) => {
			const missing = first && page === 2;
			if (page === 2) first = false;
			return {
				data: missing ? [] : records(page, size, 35),
				pagination: {
					page,
					page_size: size,
					total: 35,
					next_page: page * size < 35 ? page + 1 : null,
				},
			};
		});

		expect(new Set(data(result).map(({ id }) => id)).size).toBe(35);
		expect(data(result)).toHaveLength(35);
		expect(result.hints).toEqual([]);
	});

	test('a response without pagination is one page', async () => {
		const { result, asked } = await pagedAs(() => ({ data: records(1, 3, 3) }));

		expect(data(result)).toHaveLength(3);
		expect(asked).toBe(1);
	});

	test('a list without its envelope', async () => {
		const { result } = await pagedAs(() => records(1, 3, 3));

		expect(data(result)).toHaveLength(3);
	});

	test.each([
		['the same page again', () => 1],
		['the page itself', (page: number) => page],
		['an earlier page', (page: number) => page - 1],
	])('next_page is %s: an error, not an endless list', async (_title, next) => {
		const { result, asked } = await pagedAs((page, size) => ({
			data: records(page, size, 1_000),
			pagination: { page, page_size: size, next_page: page < 3 ? page + 1 : next(page) },
		}));

		expect(errorOf(result).message).toContain('instead of a list whose next page is a later one');
		expect(asked).toBe(3);
	});

	test.each([
		['an object', { data: { id: 'att_1' } }, 'a JSON object with "data"'],
		['a list of texts', { data: ['att_1'] }, 'a JSON object with "data"'],
		['nothing', {}, 'an empty JSON object'],
		['an error with 200', { error: 'x' }, 'a JSON object with "error"'],
	])('reports %s instead of a list', async (_title, body, words) => {
		const { result, asked } = await pagedAs(() => body);

		expect(errorOf(result).message).toBe(
			`InEvent answered with ${words} instead of a list [item 0]`,
		);
		expect(asked).toBe(1);
	});
});

describe('every list', () => {
	const seeded = () => {
		const [attendee] = rig.state.event().attendees();
		if (attendee === undefined) throw new Error('The event has no attendees');
		for (let n = 0; n < 7; n++) rig.state.event().checkIn(attendee);
		return attendee.id;
	};
	const LISTS: Array<[string, IDataObject]> = [
		['attendee: getAll', {}],
		['attendee: getCheckIns', { attendeeId: by('id', 'att_9e3779b1') }],
		['analytics: getAll', { dataset: by('list', 'checkins') }],
		['session: getAll', {}],
		['order: getAll', {}],
	];

	test.each(LISTS)('%s: Limit, Page Size and Return All', async (operation, given) => {
		expect(seeded()).toBe('att_9e3779b1');
		const whole = data(await rig.run(operation, { ...given, ...all(1_000) }));
		const small = data(await rig.run(operation, { ...given, ...all(3) }));
		const limited = data(
			await rig.run(operation, { ...given, limit: 5, options: { pageSize: 2 } }),
		);

		expect(whole.length).toBeGreaterThan(6);
		expect(small).toEqual(whole);
		expect(limited).toEqual(whole.slice(0, 5));
		expect(new Set(rig.sent().map(({ query }) => query.page_size))).toEqual(
			new Set(['1000', '3', '2']),
		);
	});

	test.each([
		[{ limit: 0 }, 'Limit'],
		[{ limit: 1.5 }, 'Limit'],
		[{ limit: 'many' }, 'Limit'],
		[{ options: { pageSize: 0 } }, 'Page Size'],
		[{ options: { pageSize: 1_001 } }, 'Page Size'],
	])('refuses %j before anything is sent', async (given, field) => {
		const result = await rig.run('order: getAll', given);

		expect(errorOf(result).message).toContain(`"${field}"`);
		expect(rig.server.requests).toEqual([]);
	});
});

describe('50,000 attendees', () => {
	test('are complete, in order and unique, even if pages fail twice', async () => {
		rig.server.reset({ guests: MANY });
		rig.state.rateLimit.limit = null;
		for (const page of ['7', '31', '50']) {
			rig.fault({
				when: { path: ATTENDEES, query: { page } },
				times: 2,
				do: page === '31' ? { kind: 'reset' } : { kind: 'status', status: 503 },
			});
		}
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: getAll', all(1_000)),
		);
		const found = ids(data(result));

		expect(found).toHaveLength(MANY);
		expect(new Set(found).size).toBe(MANY);
		expect(found).toEqual(known());
		expect(rig.sent()).toHaveLength(50 + 6);
	}, 60_000);
});

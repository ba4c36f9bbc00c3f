/** ARTSVP: connections that break, gateways that fail, answers that are lost: what is sent again and what is not. */
import { describe, expect, test } from '@jest/globals';

import type { FaultOrder } from '../../../sandbox/start.mts';
import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import artsvp from '../../vendors/artsvp.mts';

const rig = useVendor(artsvp);
const UNCLEAR = 'not known whether the change was made';
const EMAIL = 'lucy@example.com';
const invites = () => rig.state.invites();
const resourceId = () => by('id', nth(rig.state.events.all()).id);
const create = async () =>
	await rig.run('invite: create', {
		resourceId: resourceId(),
		additionalFields: { email: EMAIL },
	});
const made = () => invites().filter(({ email }) => email === EMAIL).length;

/** What breaks off after the change was made, and the status on the wire. */
const LOST: Array<[FaultOrder['do'], number]> = [
	[{ kind: 'resetAfterEffect' }, 0],
	[{ kind: 'truncated', variant: 'connection' }, 0],
	[{ kind: 'statusAfterEffect', status: 500 }, 500],
	[{ kind: 'statusAfterEffect', status: 502 }, 502],
	[{ kind: 'statusAfterEffect', status: 503 }, 503],
	[{ kind: 'statusAfterEffect', status: 504 }, 504],
	[{ kind: 'empty' }, 200],
];

describe('invite: create', () => {
	test.each<FaultOrder['do']>([
		{ kind: 'reset' },
		{ kind: 'status', status: 502 },
		{ kind: 'status', status: 504 },
		{ kind: 'html', status: 502 },
	])('is not sent again either where nobody can tell: %j', async (fault) => {
		rig.fault({ do: fault });
		const result = await create();

		expect(rig.sent()).toHaveLength(1);
		expect(errorOf(result).description).toContain(UNCLEAR);
		expect(made()).toBe(0);
	});

	test('is not sent again after a timeout', async () => {
		rig.fault({ do: { kind: 'slow', ms: 1300, afterEffect: true } });
		const result = await rig.run('invite: create', {
			resourceId: resourceId(),
			additionalFields: { email: EMAIL },
			options: { timeout: 1 },
		});

		expect(rig.sent()).toHaveLength(1);
		expect(errorOf(result).message).toContain('no answer came in time');
		expect(errorOf(result).description).toContain(UNCLEAR);
		expect(made()).toBe(1);
	});

	test.each<FaultOrder['do']>([
		{ kind: 'rateLimit', retryAfterSeconds: 1 },
		{ kind: 'rateLimit', retryAfterSeconds: null },
		{ kind: 'status', status: 503, headers: { 'retry-after': '1' } },
	])('is sent again where it certainly did not happen: %j', async (fault) => {
		rig.fault({ do: fault });
		const result = await create();

		expect(result.status).toBe('success');
		expect(rig.sent()).toHaveLength(2);
		expect(made()).toBe(1);
	});

	test('where nobody listens says that it was not made', async () => {
		const { result } = await withShortWaits(
			async () =>
				await rig.run(
					'invite: create',
					{ resourceId: resourceId(), options: { maxWait: 2 } },
					{ credentials: rig.credentials({ baseUrl: 'http://127.0.0.1:9' }) },
				),
		);

		expect(errorOf(result).message).toContain('the server refused the connection');
		expect(errorOf(result).description).not.toContain(UNCLEAR);
	});

	test('300 with lost answers leave no invite twice, and every unclear one is told', async () => {
		rig.state.rateLimit.limit = null;
		rig.fault({ when: { every: 9 }, do: { kind: 'resetAfterEffect' } });
		const result = await rig.run(
			'invite: create',
			{ resourceId: resourceId(), additionalFields: { email: '={{ $json.email }}' } },
			{ items: crowd(300), continueOnFail: true },
		);
		const emails = invites().map(({ email }) => email);
		const unclear = data(result).filter(({ error }) => error !== undefined);

		expect(rig.sent()).toHaveLength(300);
		expect(new Set(emails).size).toBe(emails.length);
		expect(emails).toHaveLength(25 + 300);
		expect(unclear).toHaveLength(33);
		for (const item of unclear) expect(item).toMatchObject({ details: { ambiguous: true } });
	});
});

describe('invite: delete', () => {
	const remove = async () =>
		await withShortWaits(
			async () =>
				await rig.run('invite: delete', { inviteId: by('id', nth(rig.state.invites()).id) }),
		);

	test.each(LOST.filter(([, status]) => status !== 500 && status !== 200))(
		'counts a 404 after a lost answer as deleted: %j',
		async (fault, status) => {
			const { id } = nth(rig.state.invites());
			rig.fault({ do: fault });
			const { result } = await remove();

			expect(rig.statuses()).toEqual([status, 404]);
			expect(data(result)).toEqual([{ deleted: true, id }]);
			expect(invites()).toHaveLength(24);
		},
	);

	test('is sent again where the connection broke before', async () => {
		rig.fault({ do: { kind: 'reset' } });
		const { result } = await remove();

		expect(rig.statuses()).toEqual([0, 204]);
		expect(result.status).toBe('success');
	});

	test('a 404 after a 429 is an error: nothing was deleted', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: null } });
		const { result } = await withShortWaits(
			async () => await rig.run('invite: delete', { inviteId: by('id', 'inv-none') }),
		);

		expect(rig.statuses()).toEqual([429, 404]);
		expect(errorOf(result).httpCode).toBe('404');
	});
});

describe('updates', () => {
	test.each(LOST.filter(([, status]) => status !== 500 && status !== 200))(
		'are sent again after a lost answer: %j',
		async (fault, status) => {
			const { id } = nth(rig.state.invites());
			rig.fault({ do: fault });
			const { result } = await withShortWaits(
				async () =>
					await rig.run('invite: update', {
						inviteId: by('id', id),
						updateFields: { tags: ['new'] },
					}),
			);

			expect(rig.statuses()).toEqual([status, 200]);
			expect(data(result)).toMatchObject([{ id, tags: ['new'] }]);
		},
	);

	test.each<FaultOrder['do']>([{ kind: 'truncated' }, { kind: 'empty' }])(
		'whose good answer is cut off end with an unclear error: %j',
		async (fault) => {
			rig.fault({ do: fault });
			const result = await rig.run('invite: update', {
				inviteId: by('id', nth(rig.state.invites()).id),
				updateFields: { tags: ['new'] },
			});

			expect(rig.sent()).toHaveLength(1);
			expect(errorOf(result).description).toContain(UNCLEAR);
		},
	);
});

test('a whole list that failed for one item is read again for the next', async () => {
	rig.fault({ do: { kind: 'status', status: 400 } });
	const result = await rig.run(
		'event: getAll',
		{ limit: 1, options: { concurrency: 1 } },
		{ items: crowd(3), continueOnFail: true },
	);

	expect(rig.statuses()).toEqual([400, 200]);
	expect(data(result).map(({ error }) => error !== undefined)).toEqual([true, false, false]);
});

/** Event Vault: concurrency, order, and what a stop leaves undone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { EMAIL_OF_ITEM, by, crowd } from '../../rig/items.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { maxInFlight } from '../../support/in-flight.mts';
import eventVault from '../../vendors/event-vault.mts';
import { EVENT, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });
const emailOf = (body: unknown) => Object(body).userEmail;
const emailsOf = (count: number) => crowd(count).map(({ json }) => json.email);

/** Runs items through several Event Vault nodes, one after the other; the items come from `Start`. */
async function runChain(items: IDataObject[], nodes: Array<IDataObject & { name: string }>) {
	const names = ['Start', ...nodes.map(({ name }) => name)];
	const node = (name: string, type: string, parameters: IDataObject): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: JSON.parse(JSON.stringify(parameters)),
	});
	return await rig.engine.runWorkflow(
		{
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', {}),
				...nodes.map(({ name, ...parameters }) =>
					node(name, 'n8n-nodes-guestlist.eventVault', parameters),
				),
			],
			connections: Object.fromEntries(
				nodes.map(({ name }, index) => [
					names[index],
					{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
				]),
			),
			pinData: { Start: items.map((json) => ({ json })) },
		},
		{ credentials: rig.credentials() },
	);
}

describe('concurrency', () => {
	test.each([1, 3, 25])(
		'reaches %d requests in flight and never exceeds them',
		async (concurrency) => {
			const most = await maxInFlight(
				rig.server,
				concurrency,
				async () =>
					await rig.run(
						'guest: add',
						{ userEmail: EMAIL_OF_ITEM, options: { concurrency } },
						{ items: crowd(concurrency * 4) },
					),
			);

			expect(most).toBe(concurrency);
			expect(guestEmails(rig)).toHaveLength(concurrency * 4);
		},
	);

	test('is 10 by default', async () => {
		const most = await maxInFlight(
			rig.server,
			10,
			async () => await rig.run('guest: add', { userEmail: EMAIL_OF_ITEM }, { items: crowd(30) }),
		);

		expect(most).toBe(10);
	});

	test('is strictly in order with 1', async () => {
		rig.fault({ when: { every: 3 }, do: { kind: 'slow', ms: 10 } });
		await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 1 } },
			{ items: crowd(12) },
		);

		expect(rig.sent().map(({ body }) => emailOf(body))).toEqual(emailsOf(12));
	});

	test.each([0, 101, 1.5, 'many'])('%p is refused before anything is sent', async (concurrency) => {
		const result = await rig.run('guest: add', {
			userEmail: 'ada@example.com',
			options: { concurrency },
		});

		expect(result.error?.message).toContain('"Concurrency"');
		expect(rig.sent()).toEqual([]);
	});
});

describe('output', () => {
	test('keeps the order of the input, whichever response arrives first', async () => {
		// The first requests are the slowest.
		for (let nth = 1; nth <= 10; nth++) {
			rig.fault({ when: { nth }, do: { kind: 'slow', ms: 110 - nth * 10 } });
		}
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 20 } },
			{ items: crowd(20) },
		);

		expect(data(result).map(({ email }) => email)).toEqual(emailsOf(20));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			crowd(20).map((_, item) => ({ item })),
		);
		// They were processed in another order.
		expect(guestEmails(rig)).not.toEqual(emailsOf(20));
	});

	test('lets a later node find the input of an output', async () => {
		const types = crowd(6).map((_, index) => `TYPE-${index}`);
		const result = await runChain(
			crowd(6).map(({ json }, index) => ({ ...json, type: types[index] })),
			[
				{ name: 'Add', resource: 'guest', operation: 'add', userEmail: EMAIL_OF_ITEM },
				{
					name: 'Ticket',
					resource: 'ticket',
					operation: 'upsert',
					userEmail: by('email', EMAIL_OF_ITEM),
					ticketType: by('name', "={{ $('Start').item.json.type }}"),
				},
			],
		);

		expect(result.status).toBe('success');
		expect(result.nodes.Ticket?.outputs[0]?.map(({ json }) => json.ticketType)).toEqual(types);
	});

	test('is empty without input items, and nothing is sent', async () => {
		const result = await rig.run('guest: add', { userEmail: EMAIL_OF_ITEM }, { items: [] });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
		expect(rig.sent()).toEqual([]);
	});
});

describe('items of the same guest', () => {
	test('keep their order while others continue', async () => {
		const same = ['Ada@example.com', 'ada@example.com', 'ADA@example.com'];
		const items = [...same, ...emailsOf(9)].map((email, index) => ({
			json: { email, name: String(index) },
		}));
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 500 } });
		const result = await rig.run(
			'guest: upsert',
			{ userEmail: EMAIL_OF_ITEM, additionalFields: { name: '={{ $json.name }}' } },
			{ items },
		);
		const order = rig.sent().map(({ body }) => emailOf(body));

		expect(order.filter((email) => same.includes(email))).toEqual(same);
		// The others did not wait for the slow first one.
		expect(order.indexOf('ada@example.com')).toBeGreaterThan(order.indexOf('guest-9@example.com'));
		expect(data(result).map((item) => item.result)).toEqual([
			'created',
			'existed',
			'existed',
			...emailsOf(9).map(() => 'created'),
		]);
		expect(guestEmails(rig)).toContain('Ada@example.com');
	});

	test('are added, removed and added again by three nodes', async () => {
		rig.fault({ when: { every: 3 }, do: { kind: 'slow', ms: 20 } });
		const result = await runChain(
			crowd(20).map(({ json }) => json),
			[
				{ name: 'Add', resource: 'guest', operation: 'add', userEmail: EMAIL_OF_ITEM },
				{
					name: 'Remove',
					resource: 'guest',
					operation: 'remove',
					userEmail: by('email', EMAIL_OF_ITEM),
				},
				{ name: 'Add Again', resource: 'guest', operation: 'add', userEmail: EMAIL_OF_ITEM },
			],
		);

		expect(result.status).toBe('success');
		expect(result.nodes['Add Again']?.outputs[0]?.map(({ json }) => json.email)).toEqual(
			emailsOf(20),
		);
		expect(guestEmails(rig).sort()).toEqual(emailsOf(20).sort());
		expect(rig.sent()).toHaveLength(60);
	});

	test('continue with the next one when one fails', async () => {
		const items = ['a', 'a', 'a', 'b'].map((name) => ({ json: { email: `${name}@example.com` } }));
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 30 } });
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM },
			{ items, continueOnFail: true },
		);

		expect(data(result).map(({ result: word, error }) => word ?? error)).toEqual([
			'added',
			'User is already registered for the event. [item 1]',
			'User is already registered for the event. [item 2]',
			'added',
		]);
	});

	test('of the credential’s event wait for each other, whether the node names the event or not', async () => {
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 60 } });
		const result = await rig.run(
			'guest: upsert',
			{ userEmail: 'ada@example.com', options: { eventId: '={{ $json.event }}' } },
			{ items: [{ json: { event: '' } }, { json: { event: EVENT } }] },
		);

		expect(data(result).map((item) => item.result)).toEqual(['created', 'existed']);
	});
});

describe('a stop in the middle', () => {
	/** Requests sent before the stop may still be in flight. */
	const ARRIVAL_MS = 150;
	/** Long enough for several more requests to be sent. */
	const QUIET_MS = 250;

	test('sends no further request', async () => {
		rig.server.latencyMs = 40;
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 4 } },
			{ items: crowd(200), abortAfterMs: 250 },
		);
		await sleep(ARRIVAL_MS);
		const sent = rig.sent().length;
		await sleep(QUIET_MS);

		expect(result.status).toBe('canceled');
		expect(sent).toBeGreaterThan(0);
		expect(sent).toBeLessThan(100);
		expect(rig.sent()).toHaveLength(sent);
	});

	test('sends no further request with Continue On Fail', async () => {
		rig.server.latencyMs = 40;
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 4 } },
			{ items: crowd(200), abortAfterMs: 250, continueOnFail: true },
		);
		await sleep(ARRIVAL_MS);
		const sent = rig.sent().length;
		await sleep(QUIET_MS);

		expect(result.status).toBe('canceled');
		expect(sent).toBeLessThan(100);
		expect(rig.sent()).toHaveLength(sent);
	});

	test('ends a wait for the vendor', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 20 } });
		const started = Date.now();
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM },
			{ items: crowd(3), abortAfterMs: 200 },
		);

		expect(result.status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(20_000);
	});

	test('ends a request in flight', async () => {
		rig.fault({ times: 10, do: { kind: 'slow', ms: 20_000 } });
		const started = Date.now();
		const result = await rig.run('guest: getAll', {}, { abortAfterMs: 200 });
		await sleep(700);

		expect(result.status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(20_000);
		// It is not repeated.
		expect(rig.sent()).toHaveLength(1);
	});
});

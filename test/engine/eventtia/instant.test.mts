/** The Eventtia instant trigger: the life cycle of its webhooks, and what a delivery outputs. */
import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { shownAttendee } from '../../../sandbox/eventtia/areas/attendees.mts';
import type { EventtiaAttendee } from '../../../sandbox/eventtia/records/attendees.mts';
import { by } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import type { WebhookNode } from '../../support/engine-webhooks.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { ACCOUNT_KEY, API, EVENT, TYPES, VIENNA } from './shared.mts';

const HOOKS = `${API}/web_hooks`;
const EVENT_HOOKS = `${API}/events/${EVENT}/event_web_hooks`;
const ACCOUNT_HOOKS = `${API}/accounts/${ACCOUNT_KEY}/web_hooks`;
const ELSEWHERE = 'https://example.com/hook';
const BOTH = ['attendeeCreated', 'attendeeUpdated'];
const rig = useVendor(eventtia, { guests: 3 });

const parametersOf = (changes: IDataObject = {}): IDataObject => ({
	scope: 'event',
	eventUri: by('uri', EVENT),
	triggerOn: BOTH,
	simplify: true,
	...changes,
});

interface Given {
	parameters?: IDataObject;
	credential?: ICredentialDataDecryptedObject;
	isTest?: boolean;
}

/** A trigger in its initial state. */
async function trigger({ parameters, credential, isTest }: Given = {}): Promise<WebhookNode> {
	return await rig.engine.webhookNode('eventtiaInstantTrigger', {
		parameters: parametersOf(parameters),
		credentials: rig.credentials({ accountApiKey: ACCOUNT_KEY, ...credential }),
		...(isTest === undefined ? {} : { isTest }),
	});
}

/** A trigger that is on. */
async function published(given: Given = {}): Promise<WebhookNode> {
	const node = await trigger(given);
	await node.publish();
	return node;
}

const hooks = () => rig.state.webHooks.of(String(rig.credential().email));
const hookOf = (triggerName: string) =>
	existing(hooks().find(({ trigger: one }) => one === triggerName));
const triggersOf = () => hooks().map(({ trigger: one }) => one);
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams);
const writes = () => rig.sent().filter(({ method }) => method !== 'GET');
const secretOf = (node: WebhookNode) => {
	const { subscribed } = node.staticData;
	return String(Object.entries(subscribed ?? {}).find(([key]) => key === 'secret')?.[1]);
};

/** Webhooks that others created for the same event, enough to fill more than one page. */
function crowdOfHooks(count: number) {
	for (let n = 1; n <= count; n++) {
		rig.state.webHooks.add({
			targetUrl: `${ELSEWHERE}/${n}`,
			trigger: 'attendee_created',
			accountEmail: String(rig.credential().email),
			event: rig.state.event(),
		});
	}
}

describe('switching it on', () => {
	test('subscribes to each chosen event, with one secret in the URLs', async () => {
		const node = await trigger();

		expect(await node.checkExists()).toBe(false);
		expect(rig.sent()).toEqual([]);
		await node.create();

		const secret = secretOf(node);
		expect(secret).toHaveLength(43);
		expect(writes().map(({ method, path, body }) => [method, path, body])).toEqual(
			['attendee_created', 'attendee_updated'].map((one) => [
				'POST',
				EVENT_HOOKS,
				{ target_url: `${node.url}?trigger=${one}&secret=${secret}`, trigger: one },
			]),
		);
		expect(hooks().every(({ event }) => event?.uri === EVENT)).toBe(true);
		expect(await node.checkExists()).toBe(true);
	});

	test('lists only the event’s webhooks, and reads all pages', async () => {
		crowdOfHooks(30);
		const node = await published();
		expect(await node.checkExists()).toBe(true);

		const lists = rig.sent(HOOKS);
		expect(lists.every(({ query }) => query.event_uri === EVENT)).toBe(true);
		expect(new Set(lists.map(({ query }) => query['page[number]']))).toEqual(new Set(['1', '2']));
		expect(hooks()).toHaveLength(32);

		rig.state.webHooks.remove(
			{ targetUrl: hookOf('attendee_updated').targetUrl },
			hookOf('attendee_updated').accountEmail,
			rig.state.event(),
		);
		expect(await node.checkExists()).toBe(false);
	});

	test('does not subscribe twice', async () => {
		const node = await published();
		const lost = hookOf('attendee_created');
		rig.state.webHooks.remove({ targetUrl: lost.targetUrl }, lost.accountEmail, rig.state.event());
		const before = writes().length;

		await node.publish();

		expect(
			writes()
				.slice(before)
				.map(({ body }) => body),
		).toEqual([{ target_url: lost.targetUrl, trigger: 'attendee_created' }]);
		expect(hooks()).toHaveLength(2);
	});

	test('removes its own webhooks from an earlier activation, and nothing else', async () => {
		const { url } = await trigger();
		const accountEmail = String(rig.credential().email);
		crowdOfHooks(25);
		for (const name of ['attendee_created', 'attendee_updated']) {
			rig.state.webHooks.add({
				targetUrl: `${url}?trigger=${name}&secret=old`,
				trigger: name,
				accountEmail,
				event: rig.state.event(),
			});
		}

		const node = await published({ parameters: { triggerOn: ['attendeeCreated'] } });

		const own = hooks().filter(({ targetUrl }) => !targetUrl.startsWith(ELSEWHERE));
		expect(own.map(({ targetUrl }) => targetUrl)).toEqual([
			`${url}?trigger=attendee_created&secret=${secretOf(node)}`,
		]);
		expect(hooks()).toHaveLength(26);
	});

	test('completes an earlier attempt that failed half-way', async () => {
		const node = await trigger();
		rig.fault({
			when: { method: 'POST', path: EVENT_HOOKS, nth: 2 },
			do: { kind: 'resetAfterEffect' },
		});

		await expect(node.publish()).rejects.toThrow('the connection broke');
		const made = hooks().map(({ targetUrl }) => targetUrl);
		await node.publish();

		expect(made).toHaveLength(2);
		expect(hooks().map(({ targetUrl }) => targetUrl)).toEqual(made);
	});

	test('waits while Eventtia is busy', async () => {
		const node = await trigger();
		rig.fault({
			when: { method: 'GET', path: HOOKS, nth: [1, 2] },
			do: { kind: 'status', status: 503 },
		});

		await withShortWaits(async () => await node.publish());

		expect(triggersOf()).toEqual(['attendee_created', 'attendee_updated']);
	});

	test('requires an event to trigger on', async () => {
		const node = await trigger({ parameters: { triggerOn: [] } });

		await expect(node.publish()).rejects.toThrow('"Trigger On" is empty');
		expect(rig.sent()).toEqual([]);
	});

	test('says so if Eventtia does not know the event', async () => {
		const node = await trigger({ parameters: { eventUri: by('uri', 'no-such-event') } });

		await expect(node.publish()).rejects.toMatchObject({
			message: 'There is no such record',
			description: expect.stringContaining('Event'),
		});
		expect(node.staticData.subscribed).toBeUndefined();
	});
});

describe('switching it off', () => {
	test('deletes its own webhooks and the secret', async () => {
		crowdOfHooks(2);
		const node = await published();
		const own = hooks().filter(({ targetUrl }) => targetUrl.startsWith(node.url));

		expect(await node.remove()).toBe(true);

		expect(
			writes()
				.filter(({ method }) => method === 'DELETE')
				.map(({ path, body }) => [path, body]),
		).toEqual(
			own.map(({ targetUrl, trigger: one }) => [
				EVENT_HOOKS,
				{ target_url: targetUrl, trigger: one },
			]),
		);
		expect(hooks()).toHaveLength(2);
		expect(node.staticData.subscribed).toBeUndefined();
	});

	test('accepts webhooks that are already gone', async () => {
		const node = await published();
		rig.state.webHooks.clear();

		expect(await node.remove()).toBe(true);
		expect(node.staticData.subscribed).toBeUndefined();
	});

	test('remembers them for the next time if Eventtia refuses', async () => {
		const node = await published();
		rig.fault({ when: { method: 'DELETE', nth: 1 }, do: { kind: 'status', status: 403 } });

		await expect(node.remove()).rejects.toThrow();
		expect(await node.remove()).toBe(true);

		expect(hooks()).toEqual([]);
	});

	test('does nothing if it was never on', async () => {
		expect(await (await trigger()).remove()).toBe(true);
		expect(rig.sent()).toEqual([]);
	});
});

describe('editing it while it is on', () => {
	/** As n8n does: the old version is deactivated first. */
	async function edited(node: WebhookNode, changes: IDataObject) {
		await node.remove();
		node.setParameters(parametersOf(changes));
		await node.publish();
	}

	test('other events', async () => {
		const node = await published();

		await edited(node, { triggerOn: ['attendeeUpdated'] });

		expect(triggersOf()).toEqual(['attendee_updated']);
	});

	test('another event: the webhooks of the first one are deleted', async () => {
		const node = await published();

		await edited(node, { eventUri: by('uri', VIENNA) });

		expect(hooks().map(({ event }) => event?.uri)).toEqual([VIENNA, VIENNA]);
	});

	test('from one event to the account', async () => {
		const node = await published();

		await edited(node, { scope: 'account', triggerOn: ['attendeeCreated', 'eventCreated'] });

		expect(hooks().map(({ event, trigger: one }) => [event, one])).toEqual([
			[null, 'attendee_created'],
			[null, 'event_created'],
		]);
	});

	test('each activation has its own secret', async () => {
		const node = await published();
		const before = secretOf(node);

		await edited(node, {});

		expect(secretOf(node)).not.toBe(before);
		expect(hooks().every(({ targetUrl }) => queryOf(targetUrl).secret === secretOf(node))).toBe(
			true,
		);
	});

	test('deletes what a version left behind that could not be deactivated', async () => {
		const node = await published();

		node.setParameters(parametersOf({ triggerOn: ['attendeeCreated'] }));
		expect(await node.checkExists()).toBe(false);
		await node.publish();
		expect(triggersOf()).toEqual(['attendee_created']);
	});

	test('no longer accepts deliveries for such a version of another event', async () => {
		const node = await published();
		const before = queryOf(hookOf('attendee_created').targetUrl);

		node.setParameters(parametersOf({ eventUri: by('uri', VIENNA) }));
		expect(await node.checkExists()).toBe(false);
		await node.publish();

		expect((await node.deliver({ query: before })).status).toBe(401);
		const own = existing(hooks().find(({ event }) => event?.uri === VIENNA));
		expect((await node.deliver({ query: queryOf(own.targetUrl) })).status).toBe(200);
	});
});

describe('of the whole account', () => {
	const ofAccount = { scope: 'account', triggerOn: ['attendeeCreated', 'eventUpdated'] };

	test('subscribes and unsubscribes with the account API key', async () => {
		const node = await published({ parameters: ofAccount });

		expect(await node.checkExists()).toBe(true);
		expect(hooks().map(({ event, trigger: one }) => [event, one])).toEqual([
			[null, 'attendee_created'],
			[null, 'event_updated'],
		]);
		await node.remove();
		expect(hooks()).toEqual([]);
		expect(new Set(writes().map(({ path }) => path))).toEqual(new Set([ACCOUNT_HOOKS]));
		expect(rig.sent(HOOKS).every(({ query }) => !('event_uri' in query))).toBe(true);
	});

	test('reports a missing account API key', async () => {
		const node = await trigger({ parameters: ofAccount, credential: { accountApiKey: '' } });

		await expect(node.publish()).rejects.toMatchObject({
			message: expect.stringContaining('The credential has no "Account API Key"'),
			description: expect.stringContaining('add it to the credential'),
		});
		expect(writes()).toEqual([]);
	});

	test('receives attendees and events', async () => {
		const node = await published({ parameters: ofAccount });
		const query = queryOf(hookOf('event_updated').targetUrl);

		const { items } = await node.deliver({
			query,
			body: {
				data: {
					id: '77',
					type: 'events',
					attributes: { name: 'Fair', updated_at: '2026-05-01T10:00:00Z' },
				},
			},
		});

		expect(items).toEqual([
			expect.objectContaining({
				id: '77',
				name: 'Fair',
				_event: 'eventUpdated',
				_key: `event:77:${Date.parse('2026-05-01T10:00:00Z')}:eventUpdated`,
			}),
		]);
	});
});

describe('a delivery', () => {
	const someone = () => rig.state.event().attendees.at(0);
	const document = (attendee: EventtiaAttendee): IDataObject =>
		JSON.parse(JSON.stringify({ data: shownAttendee(rig.state.event(), attendee) }));
	const query = (name = 'attendee_updated') => queryOf(hookOf(name).targetUrl);

	test('outputs names instead of IDs', async () => {
		const node = await published();
		const attendee = someone();

		const { status, answer, items } = await node.deliver({
			query: query(),
			body: document(attendee),
		});

		expect([status, answer]).toEqual([200, { received: true }]);
		const { attendees } = rig.state.event();
		const type = attendees.attendeeType(attendee);
		expect(items).toEqual([
			expect.objectContaining({
				id: attendee.id,
				email: attendees.fieldValue(attendee, 'email'),
				firstName: attendees.fieldValue(attendee, 'first_name'),
				ticketType: type.name,
				_event: 'attendeeUpdated',
			}),
		]);
		const { customFields } = existing(items?.[0]);
		const numbers = type.fields.map(({ id }) => id);
		expect(Object.keys(customFields ?? {}).length).toBeGreaterThan(0);
		expect(Object.keys(customFields ?? {}).filter((name) => numbers.includes(name))).toEqual([]);
	});

	test('has the same shape as the Eventtia node’s output, plus the event', async () => {
		const node = await published();
		const attendee = someone();
		const got = await rig.run('attendee: get', {
			attendeeId: by('id', attendee.id),
			simplify: true,
		});

		const { items } = await node.deliver({
			query: query('attendee_created'),
			body: document(attendee),
		});

		const [same] = data(got);
		expect(items).toEqual([
			{
				...same,
				_event: 'attendeeCreated',
				_key: `attendee:${attendee.id}:attendeeCreated`,
			},
		]);
	});

	test('outputs a bare record in the same way', async () => {
		const node = await published();
		const body = document(someone());

		const wrapped = await node.deliver({ query: query(), body });
		const bare = await node.deliver({ query: query(), body: body.data });

		expect(bare.items).toEqual(wrapped.items);
		expect(bare.items).toHaveLength(1);
	});

	test('outputs the raw body on request', async () => {
		const node = await published({ parameters: { simplify: false } });
		const attendee = someone();
		const body = document(attendee);

		const { items } = await node.deliver({ query: query(), body });

		expect(items).toEqual([
			{
				...Object(body.data),
				_event: 'attendeeUpdated',
				_key: expect.stringMatching(`^attendee:${attendee.id}:.+:attendeeUpdated$`),
			},
		]);
		expect(rig.sent(TYPES)).toEqual([]);
	});

	test.each([
		['fields without a document', { attendee_id: 5, email: 'ann@example.com' }],
		['a list', { data: [{ id: '1', type: 'attendees' }] }],
		['a record without an id', { data: { type: 'attendees', attributes: {} } }],
	])('outputs %s raw', async (_what, body) => {
		const node = await published();

		const { status, items } = await node.deliver({ query: query(), body });

		expect(status).toBe(200);
		expect(items).toEqual([
			{
				...body,
				_event: 'attendeeUpdated',
				_key: expect.stringMatching(/^raw:.+:attendeeUpdated$/),
			},
		]);
	});

	test.each([
		['text', 'attendee 5'],
		['a bare list', [{ id: 1 }]],
	])('outputs %s under "body"', async (_what, body) => {
		const node = await published();

		const { items } = await node.deliver({ query: query(), body });

		expect(items).toEqual([expect.objectContaining({ body, _event: 'attendeeUpdated' })]);
	});

	test('distinguishes raw deliveries by their content', async () => {
		const node = await published();
		const keyOf = async (body: unknown) =>
			(await node.deliver({ query: query(), body })).items?.[0]?._key;

		const first = await keyOf({ attendee_id: 5 });

		expect(await keyOf({ attendee_id: 5 })).toBe(first);
		expect(await keyOf({ attendee_id: 6 })).not.toBe(first);
	});

	test('is answered before Eventtia is asked for anything', async () => {
		const node = await published();
		rig.server.latencyMs = 400;
		const before = performance.now();

		const { status, items, answeredAt, doneAt } = await node.deliver({
			query: query(),
			body: document(someone()),
		});

		expect(status).toBe(200);
		expect(answeredAt - before).toBeLessThan(100);
		expect(doneAt - answeredAt).toBeGreaterThan(350);
		expect(items?.[0]?.ticketType).toEqual(expect.any(String));
	});

	test('is output raw, with its own key, if the names cannot be read', async () => {
		const node = await published();
		const attendee = someone();
		const body = document(attendee);
		rig.fault({ when: { path: TYPES, every: 1 }, do: { kind: 'status', status: 500 } });

		const { status, items } = await node.deliver({ query: query(), body });

		expect(status).toBe(200);
		expect(items).toEqual([
			{
				...Object(body.data),
				_event: 'attendeeUpdated',
				_key: expect.stringMatching(`^attendee:${attendee.id}:.+:attendeeUpdated:raw$`),
			},
		]);
	});

	test.each([
		['no secret', (good: Record<string, string>) => ({ trigger: good.trigger ?? '' })],
		['another secret', (good: Record<string, string>) => ({ ...good, secret: 'x'.repeat(43) })],
		[
			'a secret that is cut short',
			(good: Record<string, string>) => ({ ...good, secret: String(good.secret).slice(0, 42) }),
		],
		['no event', ({ secret }: Record<string, string>) => ({ secret: secret ?? '' })],
		[
			'an event that does not exist',
			(good: Record<string, string>) => ({ ...good, trigger: 'attendee_deleted' }),
		],
		['nothing at all', () => ({})],
	])('with %s is refused and starts nothing', async (_what, spoil) => {
		const node = await published();
		const before = rig.sent().length;

		const refused = await node.deliver({ query: spoil(query()), body: document(someone()) });

		expect([refused.status, refused.answer]).toEqual([
			401,
			{ message: 'This address is not known' },
		]);
		expect(refused.items).toBeUndefined();
		expect(rig.sent()).toHaveLength(before);
	});

	test('is refused once the trigger is off, even with the old secret', async () => {
		const node = await published();
		const good = query();
		await node.remove();

		const { status, items } = await node.deliver({ query: good, body: document(someone()) });

		expect([status, items]).toEqual([401, undefined]);
	});
});

describe('a manual test', () => {
	test('has its own webhooks, separate from those of the published workflow', async () => {
		const live = await published();
		const node = await published({ isTest: true });

		expect(node.url).toContain('/webhook-test/');
		expect(hooks()).toHaveLength(4);
		await node.remove();
		expect(hooks().every(({ targetUrl }) => targetUrl.startsWith(live.url))).toBe(true);
		expect(hooks()).toHaveLength(2);
	});

	test('outputs what arrives', async () => {
		const node = await published({ isTest: true });

		const { status, items } = await node.deliver({
			query: queryOf(hookOf('attendee_created').targetUrl),
			body: { data: shownAttendee(rig.state.event(), rig.state.event().attendees.at(0)) },
		});

		expect(status).toBe(200);
		expect(items?.[0]?._event).toBe('attendeeCreated');
	});
});

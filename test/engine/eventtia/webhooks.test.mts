/** Eventtia: webhooks of an event and of the account, with the account's key and without it. */
import { describe, expect, test } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only, storedText } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { AMBIGUOUS, EVENT, VIENNA, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 2, credential: loggedIn });

const KEY = EVENTTIA_CREDENTIALS.accountApiKey;
const HOOKS = below('/event_web_hooks');
const ACCOUNT = `/accounts/${KEY}/web_hooks`;
const TARGET = 'https://n8n.example.com/webhook/b6f1?x=1';
const TRIGGER = 'attendee_updated';
const held = () => rig.state.webHooks.of(EVENTTIA_CREDENTIALS.email);
function hook(targetUrl: string, eventUri?: string) {
	const event = eventUri === undefined ? null : rig.state.event(eventUri);
	const { email: accountEmail } = EVENTTIA_CREDENTIALS;
	return rig.state.webHooks.add({ targetUrl, trigger: TRIGGER, accountEmail, event });
}

describe('webhook: getAll', () => {
	test('the webhooks of the account, simplified and raw', async () => {
		const [first, second, third] = [hook('a.example.com', EVENT), hook(TARGET, VIENNA), hook('c')];
		const flat = await rig.run('webhook: getAll');
		const raw = await rig.run('webhook: getAll', { simplify: false });

		expect(rig.calls()).toEqual(['GET /web_hooks', 'GET /web_hooks']);
		const [sent] = rig.sent();
		expect(sent?.query).toEqual({ 'page[number]': '1', 'page[size]': '24' });
		expect(sent?.body).toBeUndefined();
		expect(data(flat)).toMatchObject([
			{
				id: first?.id,
				targetUrl: 'a.example.com',
				trigger: TRIGGER,
				eventId: rig.state.event().id,
			},
			{ id: second?.id, targetUrl: TARGET, eventId: rig.state.event(VIENNA).id },
			{ id: third?.id, targetUrl: 'c', eventId: null },
		]);
		expect(data(flat)[0]?.createdAt).toMatch(/T.*-05:00$/);
		expect(data(raw)).toEqual(await listed(rig, '/web_hooks'));
	});

	test.each([
		['uri', VIENNA],
		['list', VIENNA],
		['url', `https://live.eventtia.com/en/${VIENNA}`],
	])('the webhooks of one event, by %s', async (mode, value) => {
		hook('a.example.com', EVENT);
		hook(TARGET, VIENNA);
		const filters = { eventUri: by(mode, value) };
		const result = only(await rig.run('webhook: getAll', { filters }));

		expect(nth(rig.sent()).query.event_uri).toBe(VIENNA);
		expect(result.targetUrl).toBe(TARGET);
	});
});

describe.each([
	['webhook: create', HOOKS, EVENT],
	['webhook: createForAccount', ACCOUNT, null],
])('%s', (operation, path, eventUri) => {
	test('sends target and trigger', async () => {
		const parameters = { targetUrl: TARGET, trigger: TRIGGER };
		const flat = only(await rig.run(operation, parameters));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`POST ${path}`]);
		expect(sent?.body).toEqual({ target_url: TARGET, trigger: TRIGGER });
		expect(sent?.query).toEqual({});
		expect(flat).toEqual({
			id: nth(held()).id,
			targetUrl: TARGET,
			trigger: TRIGGER,
			createdAt: expect.stringMatching(/-05:00$/),
			eventId: eventUri === null ? null : rig.state.event().id,
		});
		expect(held().map(({ event }) => event?.uri ?? null)).toEqual([eventUri]);
	});

	test('raw', async () => {
		const result = only(await rig.run(operation, { targetUrl: TARGET, simplify: false }));

		expect(result).toMatchObject({
			type: 'event_web_hooks',
			attributes: { target_url: TARGET, trigger: 'attendee_created' },
		});
	});

	test('shows Eventtia’s message about a second one for the same URL', async () => {
		hook(TARGET, EVENT);
		const result = await rig.run(operation, { targetUrl: TARGET });

		expect(errorOf(result)).toMatchObject({
			message: 'Target url has already been taken [item 0]',
			httpCode: '400',
		});
	});

	test.each(['n8n.example.com/x', 'ftp://n8n.example.com', 'javascript:alert(1)'])(
		'refuses %s before it is sent',
		async (targetUrl) => {
			const result = await rig.run(operation, { targetUrl });

			expect(errorOf(result).message).toBe(
				'"Target URL" is not an address that starts with https:// [item 0]',
			);
			expect(rig.calls()).toEqual([]);
		},
	);

	test('is not repeated if it may have happened, and says so', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const result = await rig.run(operation, { targetUrl: TARGET });

		expect(rig.calls()).toEqual([`POST ${path}`]);
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expect(held()).toHaveLength(1);
	});
});

describe.each([
	['webhook: delete', HOOKS, EVENT],
	['webhook: deleteForAccount', ACCOUNT, undefined],
])('%s', (operation, path, eventUri) => {
	const parameters = { targetUrl: TARGET, trigger: TRIGGER };

	test('sends target and trigger as the body of a DELETE; the response is empty', async () => {
		hook(TARGET, eventUri);
		hook('https://other.example.com', eventUri);
		const result = only(await rig.run(operation, parameters));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`DELETE ${path}`]);
		expect(sent?.body).toEqual({ target_url: TARGET, trigger: TRIGGER });
		expect(sent?.query).toEqual({});
		expect(result).toEqual({ deleted: true, targetUrl: TARGET, trigger: TRIGGER });
		expect(held().map(({ targetUrl }) => targetUrl)).toEqual(['https://other.example.com']);
	});

	test('succeeds if it is gone after a broken first attempt, fails if it was never there', async () => {
		hook(TARGET, eventUri);
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(async () => await rig.run(operation, parameters));
		const again = await rig.run(operation, parameters);

		expect(rig.sent().map(({ status }) => status)).toEqual([0, 404, 404]);
		expect(only(result).deleted).toBe(true);
		expect(errorOf(again)).toMatchObject({
			message: 'There is no such record [item 0]',
			httpCode: '404',
		});
	});

	test('succeeds for an unknown one if Eventtia does', async () => {
		rig.state.unknownWebHookStatus = 200;

		expect(only(await rig.run(operation, parameters)).deleted).toBe(true);
	});
});

describe('the account API key', () => {
	const OPERATIONS = ['webhook: createForAccount', 'webhook: deleteForAccount'];
	const parameters = { targetUrl: TARGET };

	test.each(OPERATIONS)('%s reports a missing key', async (operation) => {
		for (const accountApiKey of ['', '  ']) {
			const result = await rig.run(operation, parameters, { credential: { accountApiKey } });

			expect(errorOf(result)).toMatchObject({
				message: 'The credential has no "Account API Key" [item 0]',
				failure: { cause: 'configuration-invalid' },
			});
			expect(errorOf(result).description).toMatch(/ask Eventtia for the key/);
		}
		expect(rig.calls()).toEqual([]);
	});

	test('the other operations do not need it', async () => {
		const credential = { accountApiKey: '' };
		for (const operation of ['webhook: create', 'webhook: delete', 'webhook: getAll']) {
			const result = await rig.run(operation, parameters, { credential });
			expect([operation, result.error]).toEqual([operation, undefined]);
		}
	});

	test.each(OPERATIONS)('%s: reports a wrong key without showing it', async (operation) => {
		const accountApiKey = 'wrong-key-of-the-account';
		rig.fault({ do: { kind: 'status', status: 404, body: `no account ${accountApiKey}` } });
		const result = await rig.run(operation, parameters, { credential: { accountApiKey } });
		const { message, description } = errorOf(result);

		expect(errorOf(result).httpCode).toBe('404');
		expect(message).toMatch(/^no account .+/);
		expect(`${message} ${description}`).not.toContain(accountApiKey);
		expect(storedText(result)).not.toContain(accountApiKey);
	});

	test('stays within its path segment, whatever it contains', async () => {
		const credential = { accountApiKey: ' a/../b?c#d ' };
		const result = await rig.run('webhook: createForAccount', parameters, { credential });

		expect(errorOf(result).httpCode).toBe('404');
		expect(rig.calls()).toEqual(['POST /accounts/a%2F..%2Fb%3Fc%23d/web_hooks']);
	});
});

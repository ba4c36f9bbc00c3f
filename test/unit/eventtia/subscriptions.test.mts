/** Which webhooks an instant trigger needs, which are obsolete, and which deliveries are genuine. */
import { describe, expect, test } from '@jest/globals';

import {
	INSTANT_EVENTS,
	isObsolete,
	isSecret,
	newSecret,
	readEvent,
	readSecret,
	readSubscriptionState,
	sameHook,
	wantedHooks,
} from '../../../nodes/Eventtia/instant/subscriptions.ts';

const ADDRESS = 'https://n8n.example.com/webhook/1234/eventtia';
const SECRET = 'a-secret';
const hook = (targetUrl: string, trigger = 'attendee_created') => ({ targetUrl, trigger });

describe('newSecret', () => {
	test('is long, needs no encoding in a URL, and differs each time', () => {
		const secrets = Array.from({ length: 50 }, newSecret);

		expect(new Set(secrets).size).toBe(secrets.length);
		for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
	});
});

describe('wantedHooks', () => {
	test('gives each event its own URL, because target URLs must be unique', () => {
		const all = INSTANT_EVENTS.map(({ value }) => value);
		const hooks = wantedHooks(ADDRESS, SECRET, all);

		expect(hooks).toEqual(
			['attendee_created', 'attendee_updated', 'event_created', 'event_updated'].map((trigger) =>
				hook(`${ADDRESS}?trigger=${trigger}&secret=${SECRET}`, trigger),
			),
		);
	});

	test('keeps the query of n8n’s address', () => {
		const [first] = wantedHooks(`${ADDRESS}?via=tunnel`, SECRET, ['attendeeCreated']);

		expect(first?.targetUrl).toBe(
			`${ADDRESS}?via=tunnel&trigger=attendee_created&secret=${SECRET}`,
		);
	});

	test('ignores unknown events', () => {
		expect(wantedHooks(ADDRESS, SECRET, ['attendeeCheckedIn'])).toEqual([]);
	});
});

describe('isObsolete', () => {
	const wanted = wantedHooks(ADDRESS, SECRET, ['attendeeCreated']);

	test.each([
		['another secret', `${ADDRESS}?trigger=attendee_created&secret=other`],
		['another event', `${ADDRESS}?trigger=attendee_updated&secret=${SECRET}`],
		['no query at all', ADDRESS],
	])('this address with %s', (_what, targetUrl) => {
		expect(isObsolete(hook(targetUrl), ADDRESS, wanted)).toBe(true);
	});

	test.each([
		['a wanted webhook', wanted[0]?.targetUrl ?? ''],
		['the address of a manual test', `${ADDRESS.replace('webhook', 'webhook-test')}?secret=other`],
		['another node', 'https://n8n.example.com/webhook/5678/eventtia?secret=other'],
		['an address that only starts the same', `${ADDRESS}-2?secret=other`],
		['another consumer', 'https://example.com/hook'],
	])('not %s', (_what, targetUrl) => {
		expect(isObsolete(hook(targetUrl), ADDRESS, wanted)).toBe(false);
	});
});

describe('sameHook', () => {
	test('compares address and event', () => {
		expect(sameHook(hook('a'), hook('a'))).toBe(true);
		expect(sameHook(hook('a'), hook('b'))).toBe(false);
		expect(sameHook(hook('a'), hook('a', 'attendee_updated'))).toBe(false);
	});
});

describe('readSubscriptionState', () => {
	const hooks = [hook('https://example.com/1')];

	test('reads the state for an event and for the account', () => {
		expect(readSubscriptionState({ secret: SECRET, eventUri: 'fair', hooks })).toEqual({
			secret: SECRET,
			eventUri: 'fair',
			hooks,
		});
		expect(readSubscriptionState({ secret: SECRET, hooks })?.eventUri).toBeUndefined();
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', 'text'],
		['no secret', { hooks }],
		['a secret that is not text', { secret: 5, hooks }],
		['no webhooks', { secret: SECRET }],
	])('returns undefined for %s', (_what, saved) => {
		expect(readSubscriptionState(saved)).toBeUndefined();
	});

	test('drops entries that are not webhooks', () => {
		const saved = { secret: SECRET, hooks: [...hooks, null, 'x', { targetUrl: 'y' }] };

		expect(readSubscriptionState(saved)?.hooks).toEqual(hooks);
	});
});

describe('isSecret', () => {
	test('accepts the same text', () => {
		expect(isSecret(SECRET, SECRET)).toBe(true);
	});

	test.each([
		'a-secreT',
		'a-secret ',
		'',
		undefined,
		null,
		0,
		['a-secret'],
		{ toString: () => 'a-secret' },
	])('not %p', (given) => {
		expect(isSecret(given, SECRET)).toBe(false);
	});
});

describe('the URL of a delivery', () => {
	test('contains the event', () => {
		expect(readEvent({ trigger: 'attendee_updated' })).toBe('attendeeUpdated');
		expect(readEvent({ trigger: 'attendeeUpdated' })).toBeUndefined();
		expect(readEvent({ trigger: ['attendee_updated'] })).toBeUndefined();
		expect(readEvent({})).toBeUndefined();
	});

	test('contains the secret', () => {
		expect(readSecret({ secret: SECRET })).toBe(SECRET);
		expect(readSecret({})).toBeUndefined();
	});
});

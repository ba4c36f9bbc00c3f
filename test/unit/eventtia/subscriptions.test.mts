/** Which webhooks an instant trigger wants, which are left over, and which deliveries are genuine. */
import { describe, expect, test } from '@jest/globals';

import {
	eventOf,
	INSTANT_EVENTS,
	isLeftOver,
	isSecret,
	newSecret,
	readSubscribed,
	sameHook,
	secretOf,
	wantedHooks,
} from '../../../nodes/Eventtia/instant/subscriptions.ts';

const ADDRESS = 'https://n8n.example.com/webhook/1234/eventtia';
const SECRET = 'a-secret';
const hook = (targetUrl: string, trigger = 'attendee_created') => ({ targetUrl, trigger });

describe('newSecret', () => {
	test('is long, fits into an address as it is, and never the same', () => {
		const secrets = Array.from({ length: 50 }, newSecret);

		expect(new Set(secrets).size).toBe(secrets.length);
		for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
	});
});

describe('wantedHooks', () => {
	test('gives each event an address of its own, because they must be unique', () => {
		const all = INSTANT_EVENTS.map(({ value }) => value);
		const hooks = wantedHooks(ADDRESS, SECRET, all);

		expect(hooks).toEqual(
			['attendee_created', 'attendee_updated', 'event_created', 'event_updated'].map((trigger) =>
				hook(`${ADDRESS}?trigger=${trigger}&secret=${SECRET}`, trigger),
			),
		);
	});

	test('keeps what the address of n8n has already', () => {
		const [first] = wantedHooks(`${ADDRESS}?via=tunnel`, SECRET, ['attendeeCreated']);

		expect(first?.targetUrl).toBe(
			`${ADDRESS}?via=tunnel&trigger=attendee_created&secret=${SECRET}`,
		);
	});

	test('knows no others', () => {
		expect(wantedHooks(ADDRESS, SECRET, ['attendeeCheckedIn'])).toEqual([]);
	});
});

describe('isLeftOver', () => {
	const wanted = wantedHooks(ADDRESS, SECRET, ['attendeeCreated']);

	test.each([
		['another secret', `${ADDRESS}?trigger=attendee_created&secret=other`],
		['another event', `${ADDRESS}?trigger=attendee_updated&secret=${SECRET}`],
		['no query at all', ADDRESS],
	])('this address with %s', (_what, targetUrl) => {
		expect(isLeftOver(hook(targetUrl), ADDRESS, wanted)).toBe(true);
	});

	test.each([
		['what is wanted', wanted[0]?.targetUrl ?? ''],
		['the address of a test by hand', `${ADDRESS.replace('webhook', 'webhook-test')}?secret=other`],
		['another node', 'https://n8n.example.com/webhook/5678/eventtia?secret=other'],
		['an address that only begins like it', `${ADDRESS}-2?secret=other`],
		['somebody else', 'https://example.com/hook'],
	])('not %s', (_what, targetUrl) => {
		expect(isLeftOver(hook(targetUrl), ADDRESS, wanted)).toBe(false);
	});
});

describe('sameHook', () => {
	test('compares address and event', () => {
		expect(sameHook(hook('a'), hook('a'))).toBe(true);
		expect(sameHook(hook('a'), hook('b'))).toBe(false);
		expect(sameHook(hook('a'), hook('a', 'attendee_updated'))).toBe(false);
	});
});

describe('readSubscribed', () => {
	const hooks = [hook('https://example.com/1')];

	test('reads what was kept, of an event and of the account', () => {
		expect(readSubscribed({ secret: SECRET, eventUri: 'fair', hooks })).toEqual({
			secret: SECRET,
			eventUri: 'fair',
			hooks,
		});
		expect(readSubscribed({ secret: SECRET, hooks })?.eventUri).toBeUndefined();
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', 'text'],
		['no secret', { hooks }],
		['a secret that is no text', { secret: 5, hooks }],
		['no webhooks', { secret: SECRET }],
	])('gives nothing for %s', (_what, kept) => {
		expect(readSubscribed(kept)).toBeUndefined();
	});

	test('leaves out what is no webhook', () => {
		const kept = { secret: SECRET, hooks: [...hooks, null, 'x', { targetUrl: 'y' }] };

		expect(readSubscribed(kept)?.hooks).toEqual(hooks);
	});
});

describe('isSecret', () => {
	test('takes the very same text', () => {
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

describe('what an address says', () => {
	test('which event it is about', () => {
		expect(eventOf({ trigger: 'attendee_updated' })).toBe('attendeeUpdated');
		expect(eventOf({ trigger: 'attendeeUpdated' })).toBeUndefined();
		expect(eventOf({ trigger: ['attendee_updated'] })).toBeUndefined();
		expect(eventOf({})).toBeUndefined();
	});

	test('the secret', () => {
		expect(secretOf({ secret: SECRET })).toBe(SECRET);
		expect(secretOf({})).toBeUndefined();
	});
});

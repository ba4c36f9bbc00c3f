/** The headers that the Event Vault credential puts on every attempt. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import { EventVaultApi } from '../../../credentials/EventVaultApi.credentials.ts';

const NOW = Date.UTC(2026, 4, 1);
beforeEach(() => void jest.useFakeTimers({ now: NOW }));
afterEach(() => void jest.useRealTimers());

const KEYS = { apiKey: ' key\n', clientId: ' client ', eventId: ' event ' };
const authenticated = async (credentials: Record<string, string | number>, headers?: object) => {
	const { authenticate } = new EventVaultApi();
	if (typeof authenticate !== 'function') throw new TypeError('authenticate is a function');
	const options = {
		url: '/getGuests',
		...(headers === undefined ? {} : { headers: { ...headers } }),
	};
	return await authenticate(credentials, options);
};

test('three keys, trimmed, and the time', async () => {
	expect(await authenticated(KEYS)).toEqual({
		url: '/getGuests',
		headers: {
			'x-api-key': 'key',
			'x-client-id': 'client',
			'x-event-id': 'event',
			'x-timestamp': String(NOW),
		},
	});
});

test('the time is that of the attempt, corrected by what is known of the clock', async () => {
	jest.advanceTimersByTime(5_000);
	const { headers } = await authenticated({ ...KEYS, clockOffsetMs: -420_000 });
	expect(headers).toMatchObject({ 'x-timestamp': String(NOW + 5_000 - 420_000) });
});

test('a node may name another event; other headers stay', async () => {
	const { headers } = await authenticated(KEYS, { 'x-event-id': 'other', accept: '*/*' });
	expect(headers).toMatchObject({ 'x-event-id': 'other', accept: '*/*', 'x-api-key': 'key' });
});

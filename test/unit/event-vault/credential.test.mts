/** The headers that the Event Vault credential adds to every attempt. */
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

test('adds the three keys, trimmed, and the current time', async () => {
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

test('the time stamp is the time of the attempt plus the known clock offset', async () => {
	jest.advanceTimersByTime(5_000);
	const { headers } = await authenticated({ ...KEYS, clockOffsetMs: -420_000 });
	expect(headers).toMatchObject({ 'x-timestamp': String(NOW + 5_000 - 420_000) });
});

test('an event ID set by the node wins; other headers stay', async () => {
	const { headers } = await authenticated(KEYS, { 'x-event-id': 'other', accept: '*/*' });
	expect(headers).toMatchObject({ 'x-event-id': 'other', accept: '*/*', 'x-api-key': 'key' });
});

/** Which values are Event Vault's records. */
import { expect, test } from '@jest/globals';

import { guestKey, isGuest, isGuestCount, isTicket } from '../../../nodes/EventVault/records.ts';

const NOTHING = [undefined, null, 0, '', 'text', [], {}, [{ email: 'jane@example.com' }]];

test.each([
	[isGuest, { email: 'jane@example.com' }, [{ email: '' }, { email: 1 }, { EMAIL: 'a@b' }]],
	[
		isTicket,
		{ EMAIL: 'jane@example.com', TIER: 'VIP', sessionId: '' },
		[{ EMAIL: 'a' }, { TIER: 'VIP' }, { EMAIL: 1, TIER: 'VIP' }, { email: 'a', tier: 'b' }],
	],
	[isGuestCount, { guestCount: 0, maxAssignedUsers: 57 }, [{ guestCount: '42' }]],
])('%p', (is: (value: unknown) => boolean, good, bad) => {
	expect(is(good)).toBe(true);
	for (const value of [...bad, ...NOTHING]) expect(is(value)).toBe(false);
});

test('guests are told apart by address, whatever its case', () => {
	expect(guestKey(' Jane@Example.COM ')).toBe('jane@example.com');
});

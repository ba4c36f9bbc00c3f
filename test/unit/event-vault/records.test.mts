/** Which values pass as Event Vault's records. */
import { expect, test } from '@jest/globals';

import { guestKey, isGuest, isGuestCount, isTicket } from '../../../nodes/EventVault/records.ts';

const NOT_A_RECORD = [undefined, null, 0, '', 'text', [], {}, [{ email: 'jane@example.com' }]];

test.each([
	[isGuest, { email: 'jane@example.com' }, [{ email: '' }, { email: 1 }, { EMAIL: 'a@b' }]],
	[
		isTicket,
		{ EMAIL: 'jane@example.com', TIER: 'VIP', sessionId: '' },
		[{ EMAIL: 'a' }, { TIER: 'VIP' }, { EMAIL: 1, TIER: 'VIP' }, { email: 'a', tier: 'b' }],
	],
	[isGuestCount, { guestCount: 0, maxAssignedUsers: 57 }, [{ guestCount: '42' }]],
])('%p', (isValid: (value: unknown) => boolean, valid, invalid) => {
	expect(isValid(valid)).toBe(true);
	for (const value of [...invalid, ...NOT_A_RECORD]) expect(isValid(value)).toBe(false);
});

test('a guest is identified by the email in lower case, without spaces around it', () => {
	expect(guestKey(' Jane@Example.COM ')).toBe('jane@example.com');
});

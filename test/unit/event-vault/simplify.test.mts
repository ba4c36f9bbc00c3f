/** Event Vault's records as flat records. */
import { describe, expect, test } from '@jest/globals';

import {
	simplifyGuest,
	simplifyGuestCount,
	simplifyNewGuest,
	simplifyTicket,
	simplifyWritten,
} from '../../../nodes/EventVault/simplify.ts';

const FLAT_KEYS = [
	'id',
	'email',
	'name',
	'company',
	'jobTitle',
	'phone',
	'country',
	'url',
	'registered',
	'statusGroup',
];

describe('a guest', () => {
	test('of the document’s example', () => {
		const guest = {
			email: 'Jane@example.com',
			country: 'USA',
			registered: false,
			vCardData: {
				FN: 'Jane Doe',
				ROLE: 'Attendee',
				ORG: 'Acme Corp',
				TEL: '+1234567890',
				URL: 'https://example.com/jane',
			},
		};
		expect(simplifyGuest(guest)).toEqual({
			id: 'jane@example.com',
			email: 'Jane@example.com',
			name: 'Jane Doe',
			company: 'Acme Corp',
			jobTitle: 'Attendee',
			phone: '+1234567890',
			country: 'USA',
			url: 'https://example.com/jane',
			registered: false,
			statusGroup: 'unknown',
		});
	});

	test.each([undefined, null, 'text', [], {}])(
		'has the same keys with the card %j',
		(vCardData) => {
			const flat = simplifyGuest({ email: 'jane@example.com', vCardData });
			expect(Object.keys(flat)).toEqual(FLAT_KEYS);
			expect(flat).toMatchObject({ name: null, company: null, registered: null });
		},
	);

	test.each([
		[true, 'registered'],
		[false, 'unknown'],
		['true', 'unknown'],
		[undefined, 'unknown'],
	])('registered %j is in the group %s', (registered, statusGroup) => {
		expect(simplifyGuest({ email: 'a@example.com', registered })).toMatchObject({ statusGroup });
	});
});

test('a new guest has the names under which Get Many returns them', () => {
	const flat = simplifyNewGuest({ userEmail: 'Jane@example.com', name: 'Jane', role: 'Host' });
	expect(flat).toEqual({
		id: 'jane@example.com',
		email: 'Jane@example.com',
		name: 'Jane',
		company: null,
		jobTitle: 'Host',
		phone: null,
		country: null,
		url: null,
	});
	expect(FLAT_KEYS).toEqual(expect.arrayContaining(Object.keys(flat)));
});

describe('how a write ended', () => {
	const words = { done: 'created', already: 'existed' };
	test.each([
		['done' as const, words, 'created'],
		['already' as const, words, 'existed'],
		['already' as const, { done: 'added' }, 'added'],
	])('%s', (outcome, results, result) => {
		const written = { outcome, message: 'As it was said.', ambiguous: false };
		expect(simplifyWritten(written, results)).toEqual({ result, message: 'As it was said.' });
	});

	test('after a lost answer there is a note', () => {
		const written = { outcome: 'done' as const, message: 'There already.', ambiguous: true };
		expect(simplifyWritten(written, words)).toMatchObject({ note: expect.stringMatching(/lost/) });
	});
});

test.each([
	['', null],
	[undefined, null],
	['s1', 's1'],
])('a ticket of session %j', (sessionId, wanted) => {
	const ticket = { EMAIL: 'jane@example.com', TIER: 'VIP', sessionId };
	expect(simplifyTicket(ticket)).toEqual({
		email: 'jane@example.com',
		ticketType: 'VIP',
		sessionId: wanted,
	});
});

test('the count, without what the document does not show', () => {
	const count = { guestCount: 42, maxAssignedUsers: 57, other: 1 };
	expect(simplifyGuestCount(count)).toEqual({ guestCount: 42, maxAssignedUsers: 57 });
});

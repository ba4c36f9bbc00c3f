/** Event Vault's records, simplified. */
import { describe, expect, test } from '@jest/globals';

import {
	simplifyGuest,
	simplifyGuestCount,
	simplifyNewGuest,
	simplifyTicket,
	simplifyWriteResult,
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
	test('from the document’s example', () => {
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
		'has the same keys with the vCardData %j',
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
	])('with registered %j has the status group %s', (registered, statusGroup) => {
		expect(simplifyGuest({ email: 'a@example.com', registered })).toMatchObject({ statusGroup });
	});
});

test('a new guest has the field names of Get Many', () => {
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

describe('the result of a write', () => {
	const labels = { done: 'created', unchanged: 'existed' };
	test.each([
		['done' as const, labels, 'created'],
		['already' as const, labels, 'existed'],
		['already' as const, { done: 'added' }, 'added'],
	])('%s', (outcome, wanted, result) => {
		const write = { outcome, message: 'As it was said.', ambiguous: false };
		expect(simplifyWriteResult(write, wanted)).toEqual({ result, message: 'As it was said.' });
	});

	test('after a lost response it has a note', () => {
		const write = { outcome: 'done' as const, message: 'There already.', ambiguous: true };
		expect(simplifyWriteResult(write, labels)).toMatchObject({
			note: expect.stringMatching(/lost/),
		});
	});
});

test.each([
	['', null],
	[undefined, null],
	['s1', 's1'],
])('a ticket with the session %j', (sessionId, wanted) => {
	const ticket = { EMAIL: 'jane@example.com', TIER: 'VIP', sessionId };
	expect(simplifyTicket(ticket)).toEqual({
		email: 'jane@example.com',
		ticketType: 'VIP',
		sessionId: wanted,
	});
});

test('the guest count has the documented fields only', () => {
	const count = { guestCount: 42, maxAssignedUsers: 57, other: 1 };
	expect(simplifyGuestCount(count)).toEqual({ guestCount: 42, maxAssignedUsers: 57 });
});

/** Which guest an ID, an access code or an email finds. */
import { describe, expect, test } from '@jest/globals';

import type { InvitarioGuest } from '../../../nodes/Invitario/records.ts';
import type { FindBy } from '../../../nodes/Invitario/records.ts';
import { findGuest } from '../../../nodes/Invitario/resources/guest/shared.ts';
import { CallError } from '../../../nodes/shared/errors.ts';

const EMAIL = 'jane@example.com';
const guest = (id: string, more: object = {}): InvitarioGuest => ({
	id,
	accessCode: `code-${id}`,
	fields: { email: EMAIL },
	...more,
});
const DELETED = { deleteDateTime: '2026-05-01T18:30:00+02:00' };
const COMPANION = { parentId: 'host' };
const host = guest('host');
const companions = [guest('c1', COMPANION), guest('c2', COMPANION)];

const foundId = (guests: InvitarioGuest[], by: FindBy, value: string) =>
	findGuest(guests, by, value).id;
function rejection(guests: InvitarioGuest[], by: FindBy, value: string) {
	try {
		findGuest(guests, by, value);
	} catch (error) {
		if (error instanceof CallError) return error.problem;
		throw error;
	}
	throw new Error('A guest was found');
}

describe('found', () => {
	test.each<[FindBy, string]>([
		['id', 'c1'],
		['accessCode', 'code-c1'],
	])('by %s, in the exact spelling', (by, value) => {
		expect(foundId([host, ...companions], by, value)).toBe('c1');
		expect(() => findGuest([host, ...companions], by, value.toUpperCase())).toThrow(CallError);
	});

	test.each(['JANE@Example.com', ' jane@example.com '])(
		'by email, in upper or lower case: %j',
		(value) => {
			expect(
				foundId([guest('a', { fields: { email: ' Jane@EXAMPLE.com ' } })], 'email', value),
			).toBe('a');
		},
	);

	test('the guest who brought companions with the same email', () => {
		expect(foundId([...companions, host], 'email', EMAIL)).toBe('host');
	});

	test('a companion, if nobody else has the email', () => {
		expect(foundId([guest('c1', COMPANION)], 'email', EMAIL)).toBe('c1');
	});

	test('a guest who is not deleted before one who is', () => {
		expect(foundId([guest('old', DELETED), guest('new')], 'email', EMAIL)).toBe('new');
		expect(foundId([guest('old', DELETED), guest('c1', COMPANION)], 'email', EMAIL)).toBe('c1');
	});

	test('a deleted guest, if nobody else matches', () => {
		expect(foundId([guest('old', DELETED)], 'email', EMAIL)).toBe('old');
		expect(
			foundId([guest('c', { ...DELETED, ...COMPANION }), guest('h', DELETED)], 'email', EMAIL),
		).toBe('h');
	});

	test.each([null, ''])('a parentId of %j does not make a companion', (parentId) => {
		expect(foundId([guest('a', { parentId }), ...companions], 'email', EMAIL)).toBe('a');
	});
});

describe('not found', () => {
	test.each<[FindBy, string]>([
		['id', 'ID'],
		['accessCode', 'access code'],
		['email', 'email'],
	])('by %s', (by, name) => {
		const problem = rejection([host], by, 'other@example.com');
		expect(problem.message).toBe(`No guest of the event has this ${name}`);
		expect(problem.hint).toContain('"Guest"');
		expect(JSON.stringify(problem)).not.toContain('other@example.com');
	});

	test.each([undefined, null, 'text', [], {}, { email: null }, { email: 5 }])(
		'nobody by email among guests with the fields %j',
		(fields) => {
			expect(() => findGuest([guest('a', { fields })], 'email', EMAIL)).toThrow(CallError);
		},
	);
});

describe('more than one', () => {
	test('guests who share an email are counted, and the hint names another way', () => {
		const problem = rejection([guest('a'), guest('b'), ...companions], 'email', EMAIL);
		expect(problem.message).toBe('2 guests of the event have this email');
		expect(problem.hint).toContain('"By ID"');
	});

	test('companions with the same email whose guest has another one', () => {
		expect(rejection(companions, 'email', EMAIL).message).toMatch(/^2 guests/);
	});
});

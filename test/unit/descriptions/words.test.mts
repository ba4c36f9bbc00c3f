/** The spelling rules distinguish right from wrong. */
import { expect, test } from '@jest/globals';

import { endsAsItShould, isAlphabetical, isSentenceCase, isTitleCase } from './words.mts';

test.each([
	['Get Many', true],
	['Create or Update', true],
	['Get Many Changed Since', true],
	['Check-In Status', true],
	['Max Wait (Seconds)', true],
	['URL', true],
	['From List', true],
	['By ID', true],
	['Get many', false],
	['get Many', false],
	['Create Or Update', false],
	['Max Wait (seconds)', false],
	['Log In With', true],
	['Choose In List', false],
	['Check-in Status', false],
	['Checked in', false],
])('title case of %j: %s', (label, right) => {
	expect(isTitleCase(label)).toBe(right);
});

test.each([
	['Get many guests', true],
	['Retrieve one guest by ID, access code or URL', true],
	['Fill in "Email" of Event Vault', true],
	['Get Many guests', false],
	['get guest', false],
	['Retrieve the Guests', false],
])('sentence case of %j: %s', (text, right) => {
	expect(isSentenceCase(text, ['Event Vault', '"Email"'])).toBe(right);
});

test.each([
	['The address of the guest', true],
	['The address, e.g. of a guest', true],
	['One thing. And another.', true],
	['Does it? It does.', true],
	['The address of the guest.', false],
	['One thing. And another', false],
])('the end of %j: %s', (text, right) => {
	expect(endsAsItShould(text)).toBe(right);
});

test('the alphabet', () => {
	expect(isAlphabetical(['A', 'b', 'C'])).toBe(true);
	expect(isAlphabetical(['B', 'a'])).toBe(false);
});

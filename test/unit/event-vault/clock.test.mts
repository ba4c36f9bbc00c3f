/** How far the clock of this n8n is off Event Vault's. */
import { expect, test } from '@jest/globals';

import { clockOffsetMs, describeOffset } from '../../../nodes/EventVault/clock.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
const MINUTE = 60_000;

test.each([
	[7 * MINUTE, 'The clock of this n8n is 7 minutes behind Event Vault'],
	[-7 * MINUTE, 'The clock of this n8n is 7 minutes ahead of Event Vault'],
	[89_000, 'The clock of this n8n is 89 seconds behind Event Vault'],
	[90_000, 'The clock of this n8n is 2 minutes behind Event Vault'],
])('an offset of %i ms: measured from the Date header, and as a sentence', (offset, sentence) => {
	const date = new Date(NOW + offset).toUTCString();
	expect(clockOffsetMs({ date }, NOW)).toBe(offset);
	expect(describeOffset(offset)).toBe(sentence);
});

test('the sentence rounds away the fraction of a second that the Date header lacks', () => {
	expect(describeOffset(-(10 * MINUTE) - 900)).toMatch(/10 minutes ahead/);
	expect(clockOffsetMs({ date: new Date(NOW).toUTCString() }, NOW + 400)).toBe(-400);
});

test.each([{}, { date: 'noon' }, { date: '' }, { date: null }])(
	'no offset is measured from the headers %j',
	(headers) => {
		expect(clockOffsetMs(headers, NOW)).toBeUndefined();
	},
);

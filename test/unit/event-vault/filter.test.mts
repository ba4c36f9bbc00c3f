/** Which guests the filters of Get Many match. */
import { describe, expect, test } from '@jest/globals';

import type { VaultGuest } from '../../../nodes/EventVault/records.ts';
import {
	guestFilter,
	type GuestFilters,
} from '../../../nodes/EventVault/resources/guest/shared.ts';

const JANE: VaultGuest = {
	email: 'Jane.Doe@Example.com',
	country: 'Austria',
	registered: true,
	vCardData: { FN: 'Jane Doe', ROLE: 'Speaker', ORG: 'Acme Corp', TEL: '1', URL: '' },
};
const BARE: VaultGuest = { email: 'bare@example.com' };

describe('a single filter', () => {
	test.each<[GuestFilters, boolean]>([
		[{}, true],
		[{ company: 'acme' }, true],
		[{ company: 'CORP' }, true],
		[{ company: 'other' }, false],
		[{ email: '@EXAMPLE.COM' }, true],
		[{ email: 'example.org' }, false],
		[{ name: ' doe ' }, true],
		[{ name: 'John' }, false],
		[{ role: 'speak' }, true],
		[{ role: 'attendee' }, false],
		[{ country: 'AUSTRIA' }, true],
		// The country must match as a whole: "Niger" is not "Nigeria".
		[{ country: 'Austri' }, false],
		[{ registered: 'any' }, true],
		[{ registered: 'true' }, true],
		[{ registered: 'false' }, false],
		[{ company: undefined, country: undefined, name: undefined }, true],
	])('%j', (filters, matches) => {
		expect(guestFilter(filters)(JANE)).toBe(matches);
	});
});

test('all filters must match', () => {
	const both = { company: 'acme', name: 'jane' };
	expect(guestFilter(both)(JANE)).toBe(true);
	expect(guestFilter({ ...both, role: 'Host' })(JANE)).toBe(false);
});

describe('a guest with nothing but an email', () => {
	test.each<[GuestFilters, boolean]>([
		[{}, true],
		[{ company: 'a' }, false],
		[{ country: 'a' }, false],
		[{ registered: 'true' }, false],
		[{ registered: 'false' }, true],
		[{ email: 'bare' }, true],
	])('%j', (filters, matches) => {
		expect(guestFilter(filters)(BARE)).toBe(matches);
	});
});

test.each([null, [], 'text', 7])('an unexpected vCardData %j does not throw', (vCardData) => {
	expect(guestFilter({ name: 'x' })({ ...BARE, vCardData })).toBe(false);
	expect(guestFilter({ email: 'bare' })({ ...BARE, vCardData })).toBe(true);
});

test('only the boolean true counts as registered', () => {
	for (const registered of ['true', 1, null]) {
		expect(guestFilter({ registered: 'true' })({ ...JANE, registered })).toBe(false);
	}
});

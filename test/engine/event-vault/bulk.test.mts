/** Event Vault: many items, with faults of every kind in between. */
import { describe, expect, test } from '@jest/globals';

import { EMAIL_OF_ITEM, crowd } from '../../rig/items.mts';
import { data, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, guestEmails } from './shared.mts';

const MINUTE_MS = 60_000;
/** Bulk runs on a machine that is busy with other tests. */
const BULK_TIMEOUT_MS = 120_000;
const rig = useVendor(eventVault, { guests: 0 });
const emailsOf = (count: number) => crowd(count).map(({ json }) => json.email);

/** How many requests got this status; 0 is a cut connection. */
function tally(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of rig.sent()) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

describe('many adds', () => {
	test(
		'adds 1,000 guests once each, in item order, despite broken connections, lost responses, two limits and a clock jump',
		async () => {
			const path = '/addGuest';
			rig.fault({ when: { nth: 300 }, do: { kind: 'clockSkew', ms: 8 * MINUTE_MS } });
			rig.fault({ when: { nth: 200 }, do: { kind: 'rateLimit', windowMs: 900 } });
			rig.fault({ when: { nth: 600 }, do: { kind: 'rateLimit', windowMs: 900, form: 'date' } });
			rig.fault({ when: { path, probability: 0.025 }, do: { kind: 'reset' } });
			rig.fault({ when: { path, probability: 0.025 }, do: { kind: 'resetAfterEffect' } });
			const result = await rig.run(
				'guest: add',
				{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 20 } },
				{ items: crowd(1000) },
			);
			const emails = emailsOf(1000);
			const counts = tally();
			const answers = data(result);

			expect(result.error).toBeUndefined();
			expect(result.status).toBe('success');
			expect(answers.map(({ email }) => email)).toEqual(emails);
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				emails.map((_, item) => ({ item })),
			);
			expect(answers.every((item) => item.result === 'added')).toBe(true);
			expect(guestEmails(rig).sort()).toEqual([...emails].sort());
			// The faults took effect.
			expect(counts[0]).toBeGreaterThan(30);
			expect(counts[408]).toBeGreaterThanOrEqual(1);
			expect(counts[409]).toBeGreaterThan(10);
			expect(answers.filter(({ note }) => note !== undefined)).toHaveLength(Number(counts[409]));
			// Only the requests in flight when each limit began.
			expect(counts[429]).toBeGreaterThanOrEqual(2);
			expect(counts[429]).toBeLessThanOrEqual(40);
			expect(result.hints[0]?.message).toContain('8 minutes behind');
			expectNotStored(result, API_KEY);
		},
		BULK_TIMEOUT_MS,
	);

	test(
		'gives each of 400 items its own result when half of the guests already exist and the node continues on fail',
		async () => {
			const there = emailsOf(400).filter((_, index) => index % 2 === 1);
			for (const userEmail of there) rig.state.event().addGuest({ userEmail });
			const result = await rig.run(
				'guest: add',
				{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 20 } },
				{ items: crowd(400), continueOnFail: true },
			);

			expect(data(result).map(({ email, error }) => email ?? error)).toEqual(
				emailsOf(400).map((email, index) =>
					index % 2 === 1 ? `User is already registered for the event. [item ${index}]` : email,
				),
			);
			expect(new Set(guestEmails(rig)).size).toBe(400);
			expect(rig.sent()).toHaveLength(400);
		},
		BULK_TIMEOUT_MS,
	);
});

describe('5,000 items', () => {
	test(
		'looks up 5,000 guests in one list',
		async () => {
			for (const userEmail of emailsOf(5000)) rig.state.event().addGuest({ userEmail });
			const result = await rig.run(
				'guest: get',
				{ userEmail: EMAIL_OF_ITEM },
				{ items: crowd(5000) },
			);

			expect(data(result).map(({ email }) => email)).toEqual(emailsOf(5000));
			expect(rig.sent()).toHaveLength(1);
		},
		BULK_TIMEOUT_MS,
	);

	test('outputs all 5,000 guests from one list', async () => {
		for (const userEmail of emailsOf(5000)) rig.state.event().addGuest({ userEmail });
		const result = await rig.run('guest: getAll', { returnAll: true });

		expect(data(result).map(({ email }) => email)).toEqual(emailsOf(5000));
		expect(result.items.every(({ pairedItem }) => Object(pairedItem).item === 0)).toBe(true);
	});
});

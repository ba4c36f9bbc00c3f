/** Event Vault: many items, with everything going wrong in between (design §4.1 to §4.4). */
import { describe, expect, test } from '@jest/globals';

import {
	API_KEY,
	crowd,
	data,
	EMAIL,
	expectNotStored,
	useEventVault,
} from '../../support/event-vault.mts';

const MINUTE_MS = 60_000;
/** Bulk runs on a machine that is busy with other tests. */
const BULK_TIMEOUT_MS = 120_000;
const bench = useEventVault();
const emailsOf = (count: number) => crowd(count).map(({ json }) => json.email);

/** How many requests were answered so; 0 is a cut connection. */
function tally(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of bench.requests()) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

describe('many adds', () => {
	test(
		'1,000 with broken connections, lost answers, two limits and a clock jump: every guest once, every item its own',
		async () => {
			const path = '/addGuest';
			bench.fault({ when: { nth: 300 }, do: { kind: 'clockSkew', ms: 8 * MINUTE_MS } });
			bench.fault({ when: { nth: 200 }, do: { kind: 'rateLimit', windowMs: 900 } });
			bench.fault({ when: { nth: 600 }, do: { kind: 'rateLimit', windowMs: 900, form: 'date' } });
			bench.fault({ when: { path, probability: 0.025 }, do: { kind: 'reset' } });
			bench.fault({ when: { path, probability: 0.025 }, do: { kind: 'resetAfterEffect' } });
			const result = await bench.run(
				'guest: add',
				{ userEmail: EMAIL, options: { concurrency: 20 } },
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
			expect(bench.guestEmails().sort()).toEqual([...emails].sort());
			// The faults did strike.
			expect(counts[0]).toBeGreaterThan(30);
			expect(counts[408]).toBeGreaterThanOrEqual(1);
			expect(counts[409]).toBeGreaterThan(10);
			expect(answers.filter(({ note }) => note !== undefined)).toHaveLength(Number(counts[409]));
			// Only what was in flight when each limit began.
			expect(counts[429]).toBeGreaterThanOrEqual(2);
			expect(counts[429]).toBeLessThanOrEqual(40);
			expect(result.hints[0]?.message).toContain('8 minutes behind');
			expectNotStored(result, API_KEY);
		},
		BULK_TIMEOUT_MS,
	);

	test(
		'400, half of them there already, going on: each has its own answer',
		async () => {
			const there = emailsOf(400).filter((_, index) => index % 2 === 1);
			for (const userEmail of there) bench.server.state.event().addGuest({ userEmail });
			const result = await bench.run(
				'guest: add',
				{ userEmail: EMAIL, options: { concurrency: 20 } },
				{ items: crowd(400), continueOnFail: true },
			);

			expect(data(result).map(({ email, error }) => email ?? error)).toEqual(
				emailsOf(400).map((email, index) =>
					index % 2 === 1 ? `User is already registered for the event. [item ${index}]` : email,
				),
			);
			expect(new Set(bench.guestEmails()).size).toBe(400);
			expect(bench.requests()).toHaveLength(400);
		},
		BULK_TIMEOUT_MS,
	);
});

describe('5,000 items', () => {
	test(
		'are looked up in one list',
		async () => {
			for (const userEmail of emailsOf(5000)) bench.server.state.event().addGuest({ userEmail });
			const result = await bench.run('guest: get', { userEmail: EMAIL }, { items: crowd(5000) });

			expect(data(result).map(({ email }) => email)).toEqual(emailsOf(5000));
			expect(bench.requests()).toHaveLength(1);
		},
		BULK_TIMEOUT_MS,
	);

	test('come out of one list, all of them', async () => {
		for (const userEmail of emailsOf(5000)) bench.server.state.event().addGuest({ userEmail });
		const result = await bench.run('guest: getAll', { returnAll: true });

		expect(data(result).map(({ email }) => email)).toEqual(emailsOf(5000));
		expect(result.items.every(({ pairedItem }) => Object(pairedItem).item === 0)).toBe(true);
	});
});

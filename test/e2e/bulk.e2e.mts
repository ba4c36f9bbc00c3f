// A thousand adds with broken connections, rate limits and a jump of the vendor's clock.

import { expect, test } from '@jest/globals';
import { runNode } from './support/n8n.mts';
import { nodeType, SEEDED_GUESTS, useVendors } from './support/vendors.mts';

const ITEMS = 1000;
/** One in forty is reset before its effect and one in forty after it: 5 % in total. */
const RESET_EVERY = 40;
const RATE_LIMITED: [number, ...number[]] = [150, 151, 152, 600, 900];
const CLOCK_JUMPS_AT = 500;
const CLOCK_JUMP_MS = 7 * 60 * 1000;
const LEAST_RESETS_OF_A_KIND = ITEMS / RESET_EVERY - 1;

const vendors = useVendors();

test('1,000 adds: every guest exists exactly once, every item has its own result, in order', async () => {
	const { eventVault } = vendors().sandbox;
	const when = { path: '/addGuest' };
	eventVault.faults.add({
		when: { ...when, nth: CLOCK_JUMPS_AT },
		do: { kind: 'clockSkew', ms: CLOCK_JUMP_MS },
	});
	eventVault.faults.add({
		when: { ...when, nth: RATE_LIMITED },
		do: { kind: 'rateLimit', retryAfterSeconds: 1 },
	});
	eventVault.faults.add({ when: { ...when, every: RESET_EVERY }, do: { kind: 'reset' } });
	eventVault.faults.add({
		when: { ...when, every: RESET_EVERY },
		do: { kind: 'resetAfterEffect' },
	});
	const input = Array.from({ length: ITEMS }, (_, index) => ({
		email: `bulk-${index}@example.com`,
		name: `Guest ${index}`,
	}));
	const emails = input.map(({ email }) => email);

	const { status, output, items } = await runNode({
		type: nodeType('eventVault'),
		credential: vendors().eventVault,
		parameters: {
			resource: 'guest',
			operation: 'add',
			userEmail: '={{ $json.email }}',
			additionalFields: { name: '={{ $json.name }}' },
			options: { concurrency: 10 },
		},
		input,
	});

	expect(status).toBe('success');
	expect(output.map(({ email }) => email)).toEqual(emails);
	expect(output.map(({ name }) => name)).toEqual(input.map(({ name }) => name));
	expect(new Set(output.map(({ result }) => result))).toEqual(new Set(['added']));
	expect(items('').map(({ pairedItem }) => pairedItem)).toEqual(
		emails.map((_, item) => ({ item })),
	);

	const added = eventVault.state.event().guests().slice(SEEDED_GUESTS);
	expect(added.map(({ email }) => email).sort()).toEqual([...emails].sort());
	expect(new Set(added.map(({ email, vCardData }) => `${email} ${vCardData.FN}`))).toEqual(
		new Set(input.map(({ email, name }) => `${email} ${name}`)),
	);
	const struck = eventVault.faults.list().map((fault) => fault.struck);
	expect(struck).toEqual([1, RATE_LIMITED.length, expect.any(Number), expect.any(Number)]);
	expect(Math.min(...struck.slice(2))).toBeGreaterThanOrEqual(LEAST_RESETS_OF_A_KIND);
	const statuses = eventVault.requests.map((request) => request.status);
	expect(statuses).toContain(408);
	expect(statuses.filter((code) => code === 429)).toHaveLength(RATE_LIMITED.length);
});

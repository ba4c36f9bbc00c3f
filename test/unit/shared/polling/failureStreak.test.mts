/** When trouble is waited out, and when it is told. */
import { describe, expect, test } from '@jest/globals';

import { CallError, InputError } from '../../../../nodes/shared/errors.ts';
import { recordFailure, isTransient } from '../../../../nodes/shared/polling/failureStreak.ts';

const MINUTE_MS = 60_000;

describe('what passes by itself', () => {
	test.each([
		['rate limit', { status: 429, failure: { cause: 'rate-limited' } as const }, true],
		['bad gateway', { status: 502 }, true],
		['no answer at all', {}, true],
		['a strange answer', { status: 200 }, true],
		['bad request', { status: 400 }, false],
		['no such event', { status: 404 }, false],
		['log-in refused', { status: 401 }, false],
		[
			'a cause counts before the status',
			{ status: 400, failure: { cause: 'temporarily-unavailable' } as const },
			true,
		],
		['wrong configuration', { failure: { cause: 'configuration-invalid' } as const }, false],
	])('%s: %s', (_, problem, passing) => {
		expect(isTransient(new CallError({ message: 'm', ...problem }))).toBe(passing);
	});

	test('never what a person gave, nor a fault of our own', () => {
		expect(isTransient(new InputError('m'))).toBe(false);
		expect(isTransient(new TypeError('m'))).toBe(false);
	});
});

describe('patience', () => {
	test('ends with the third poll in a row', () => {
		const first = recordFailure(undefined, true, 0);
		const second = recordFailure(first.streak, true, MINUTE_MS);
		const third = recordFailure(second.streak, true, 2 * MINUTE_MS);
		expect([first, second, third].map(({ shouldThrow: isOver }) => isOver)).toEqual([
			false,
			false,
			true,
		]);
		expect(third.streak).toEqual({ polls: 3, sinceMs: 0 });
	});

	test('ends after a quarter of an hour', () => {
		const { streak: trouble } = recordFailure(undefined, true, 0);
		expect(recordFailure(trouble, true, 15 * MINUTE_MS - 1).shouldThrow).toBe(false);
		expect(recordFailure(trouble, true, 15 * MINUTE_MS).shouldThrow).toBe(true);
	});

	test('there is none for what does not pass', () => {
		expect(recordFailure(undefined, false, 0).shouldThrow).toBe(true);
	});
});

/** When a failed poll is only logged, and when it is thrown. */
import { describe, expect, test } from '@jest/globals';

import { CallError, InputError } from '../../../../nodes/shared/errors.ts';
import { recordFailure, isTransient } from '../../../../nodes/shared/polling/failureStreak.ts';
import { MINUTE } from '../../../../nodes/shared/time.ts';

describe('isTransient', () => {
	test.each([
		['rate limit', { status: 429, failure: { cause: 'rate-limited' } as const }, true],
		['bad gateway', { status: 502 }, true],
		['no response', {}, true],
		['unexpected response', { status: 200 }, true],
		['bad request', { status: 400 }, false],
		['no such event', { status: 404 }, false],
		['login rejected', { status: 401 }, false],
		[
			'the cause decides before the status',
			{ status: 400, failure: { cause: 'temporarily-unavailable' } as const },
			true,
		],
		['wrong configuration', { failure: { cause: 'configuration-invalid' } as const }, false],
	])('%s: %s', (_, problem, transient) => {
		expect(isTransient(new CallError({ message: 'm', ...problem }))).toBe(transient);
	});

	test('neither invalid input nor a bug is transient', () => {
		expect(isTransient(new InputError('m'))).toBe(false);
		expect(isTransient(new TypeError('m'))).toBe(false);
	});
});

describe('recordFailure', () => {
	test('throws the third failure in a row', () => {
		const first = recordFailure(undefined, true, 0);
		const second = recordFailure(first.streak, true, MINUTE);
		const third = recordFailure(second.streak, true, 2 * MINUTE);
		expect([first, second, third].map(({ shouldThrow }) => shouldThrow)).toEqual([
			false,
			false,
			true,
		]);
		expect(third.streak).toEqual({ polls: 3, sinceMs: 0 });
	});

	test('throws after a quarter of an hour', () => {
		const { streak } = recordFailure(undefined, true, 0);
		expect(recordFailure(streak, true, 15 * MINUTE - 1).shouldThrow).toBe(false);
		expect(recordFailure(streak, true, 15 * MINUTE).shouldThrow).toBe(true);
	});

	test('throws a failure that is not transient immediately', () => {
		expect(recordFailure(undefined, false, 0).shouldThrow).toBe(true);
	});
});

/** When trouble is waited out, and when it is told. */
import { describe, expect, test } from '@jest/globals';

import { CallError, InputError } from '../../../../nodes/shared/http/errors.ts';
import { afterFailure, isPassing } from '../../../../nodes/shared/polling/patience.ts';

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
		expect(isPassing(new CallError({ message: 'm', ...problem }))).toBe(passing);
	});

	test('never what a person gave, nor a fault of our own', () => {
		expect(isPassing(new InputError('m'))).toBe(false);
		expect(isPassing(new TypeError('m'))).toBe(false);
	});
});

describe('patience', () => {
	test('ends with the third poll in a row', () => {
		const first = afterFailure(undefined, true, 0);
		const second = afterFailure(first.trouble, true, MINUTE_MS);
		const third = afterFailure(second.trouble, true, 2 * MINUTE_MS);
		expect([first, second, third].map(({ isOver }) => isOver)).toEqual([false, false, true]);
		expect(third.trouble).toEqual({ polls: 3, sinceMs: 0 });
	});

	test('ends after a quarter of an hour', () => {
		const { trouble } = afterFailure(undefined, true, 0);
		expect(afterFailure(trouble, true, 15 * MINUTE_MS - 1).isOver).toBe(false);
		expect(afterFailure(trouble, true, 15 * MINUTE_MS).isOver).toBe(true);
	});

	test('there is none for what does not pass', () => {
		expect(afterFailure(undefined, false, 0).isOver).toBe(true);
	});
});

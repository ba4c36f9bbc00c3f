/** Waits end on time, or when the execution is stopped. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import { CancelledError } from '../../../../nodes/shared/errors.ts';
import { wait } from '../../../../nodes/shared/http/wait.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** The state of a promise. */
function watch(promise: Promise<void>) {
	const seen: { end?: unknown } = {};
	promise.then(
		() => (seen.end = 'done'),
		(error: unknown) => (seen.end = error),
	);
	return seen;
}

test.each([['with', new AbortController().signal], ['without', undefined] as const])(
	'%s a signal: on time',
	async (_, signal) => {
		const seen = watch(wait(5_000, signal));
		await jest.advanceTimersByTimeAsync(4_999);
		expect(seen.end).toBeUndefined();
		await jest.advanceTimersByTimeAsync(1);
		expect(seen.end).toBe('done');
	},
);

test('stopping the execution ends a wait immediately', async () => {
	const stopping = new AbortController();
	const seen = watch(wait(60_000, stopping.signal));
	await jest.advanceTimersByTimeAsync(1_000);
	stopping.abort();
	await jest.advanceTimersByTimeAsync(0);
	expect(seen.end).toBeInstanceOf(CancelledError);
	expect(jest.getTimerCount()).toBe(0);
});

test('an execution that is stopped already does not start to wait', async () => {
	await expect(wait(60_000, AbortSignal.abort())).rejects.toThrow(CancelledError);
	expect(jest.getTimerCount()).toBe(0);
});

test('stopping after the end changes nothing, and no listener remains', async () => {
	const stopping = new AbortController();
	const added = jest.spyOn(stopping.signal, 'addEventListener');
	const removed = jest.spyOn(stopping.signal, 'removeEventListener');
	const seen = watch(wait(10, stopping.signal));
	await jest.advanceTimersByTimeAsync(10);
	stopping.abort();
	expect(seen.end).toBe('done');
	expect(new Set(removed.mock.calls.map(([, listener]) => listener))).toEqual(
		new Set(added.mock.calls.map(([, listener]) => listener)),
	);
});

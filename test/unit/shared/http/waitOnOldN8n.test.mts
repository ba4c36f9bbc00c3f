/** Waits in n8n 1, where `sleep` does not support signals. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import { CancelledError } from '../../../../nodes/shared/errors.ts';
import { sleepUntil, wait } from '../../../../nodes/shared/http/wait.ts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const HOUR_MS = 3_600_000;

test('stopping the execution ends a wait immediately', async () => {
	const stopping = new AbortController();
	const waiting = expect(wait(HOUR_MS, stopping.signal)).rejects.toThrow(CancelledError);
	await jest.advanceTimersByTimeAsync(1_000);
	stopping.abort();

	await waiting;
});

test('otherwise the wait ends on time', async () => {
	let isOver = false;
	void sleepUntil(HOUR_MS, new AbortController().signal).then(() => (isOver = true));
	await jest.advanceTimersByTimeAsync(HOUR_MS - 1);
	expect(isOver).toBe(false);
	await jest.advanceTimersByTimeAsync(1);
	expect(isOver).toBe(true);
});

/**
 * When a failed poll is thrown, and when it is only logged because the next poll will probably succeed. Pure.
 *
 * n8n deactivates a trigger for good when its first poll after a start throws five times in 15 seconds,
 * and a poll cannot know whether it is the first (n8n `workflow-trigger-activator.js`). A transient
 * failure is therefore thrown only after several failed polls.
 */
import type { Failure } from 'n8n-workflow';
import { CallError } from '../errors';
import { isClientError } from '../http/status';
import { MINUTE } from '../time';

const MAX_SILENT_POLLS = 3;
const MAX_SILENT_MS = 15 * MINUTE;

/** Causes that go away without anybody's help (n8n-workflow `errors/failure.d.ts`). */
const TRANSIENT: ReadonlyArray<Failure['cause']> = [
	'rate-limited',
	'temporarily-unavailable',
	'quota-exhausted',
];

/** A run of failed polls. */
export interface FailureStreak {
	polls: number;
	/** When the first of them failed, Unix ms. */
	sinceMs: number;
}

/** Whether the next poll may succeed without any change. An unexpected response counts as transient. */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof CallError)) return false;
	const { failure, status } = error.problem;
	if (failure !== undefined) return TRANSIENT.includes(failure.cause);
	return status === undefined || !isClientError(status);
}

/**
 * @param before the streak so far; undefined if the last poll succeeded
 * @param transient see {@link isTransient}
 * @returns the streak with this failure, and whether to throw it
 */
export function recordFailure(
	before: FailureStreak | undefined,
	transient: boolean,
	nowMs: number,
): { streak: FailureStreak; shouldThrow: boolean } {
	const streak = { polls: (before?.polls ?? 0) + 1, sinceMs: before?.sinceMs ?? nowMs };
	const hasLasted = streak.polls >= MAX_SILENT_POLLS || nowMs - streak.sinceMs >= MAX_SILENT_MS;
	return { streak, shouldThrow: !transient || hasLasted };
}

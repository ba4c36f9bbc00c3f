/**
 * When a failed poll is told and when it is only waited out (design §5). Pure.
 *
 * n8n ends a trigger for good when its first poll after a start throws five times in 15 seconds, and
 * nobody can tell which poll is the first (engine: n8n `workflow-trigger-activator.js`). So what may
 * pass by itself is thrown only once it has lasted.
 */
import type { Failure } from 'n8n-workflow';
import { CallError } from '../errors';

const MS_PER_MINUTE = 60_000;
const MAX_SILENT_POLLS = 3;
const MAX_SILENT_MS = 15 * MS_PER_MINUTE;

/** Causes that pass by themselves (n8n-workflow `errors/failure.d.ts`). */
const TRANSIENT: ReadonlyArray<Failure['cause']> = [
	'rate-limited',
	'temporarily-unavailable',
	'quota-exhausted',
];
const FIRST_CLIENT_ERROR = 400;
const FIRST_SERVER_ERROR = 500;

/** How long polls have failed in a row. */
export interface FailureStreak {
	polls: number;
	sinceMs: number;
}

/** Whether the next poll may go well without anybody doing anything: also after a strange answer. */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof CallError)) return false;
	const { failure, status } = error.problem;
	if (failure !== undefined) return TRANSIENT.includes(failure.cause);
	return status === undefined || status < FIRST_CLIENT_ERROR || status >= FIRST_SERVER_ERROR;
}

/**
 * @param before undefined where the last poll was good
 * @returns the trouble so far, and whether to throw now
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

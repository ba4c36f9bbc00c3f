/**
 * From one poll to the next within one process: what n8n did not save, or has not saved yet.
 *
 * With durable cursors n8n hands each poll what was last saved (n8n `poll-trigger-task-handler.js`). It
 * saves nothing after the first poll of an activation unless items came out (n8n-core
 * `poll-trigger-executor.js`), and with items it saves only after the next poll may have begun
 * (n8n `trigger-execution-context.factory.js`, `__emit`).
 */
import type { TriggerState } from './state';

/** How long n8n may take to save what came with items; afterwards it has failed to. */
const SAVING_MS = 30_000;

/** How the last poll of a node ended. */
interface PollOutcome {
	/** The turn of what was saved when it began. */
	previousRevision: string | undefined;
	state: TriggerState;
	/** When items came out, Unix ms; undefined where none did. */
	emittedAtMs: number | undefined;
}

const outcomes = new Map<string, PollOutcome>();

/**
 * What the next poll goes on from.
 *
 * @param key workflow and node
 * @param saved what n8n hands the poll
 * @returns what the poll before left, where that followed on `saved` and no items came out in between;
 *   `beingSaved` where items did, and n8n has only not saved that yet; else `saved`
 */
export function resume<Saved>(
	key: string,
	saved: Saved,
	revision: string | undefined,
	nowMs: number,
): TriggerState | 'savePending' | Saved {
	const last = outcomes.get(key);
	if (last === undefined) return saved;
	const { previousRevision, state, emittedAtMs } = last;
	if (revision !== undefined && revision === state.revision) return state;
	if (revision !== previousRevision) return saved;
	if (emittedAtMs === undefined) return state;
	return Math.abs(nowMs - emittedAtMs) < SAVING_MS ? 'savePending' : saved;
}

/** Keeps how a poll ended. */
export function remember(key: string, outcome: PollOutcome): void {
	outcomes.set(key, outcome);
}

/**
 * Carries state from one poll to the next inside a process, where n8n has not saved it (yet).
 *
 * With durable cursors n8n gives each poll the state that was last saved (n8n
 * `poll-trigger-task-handler.js`). It saves nothing after the first poll of an activation unless that
 * poll returned items (n8n-core `poll-trigger-executor.js`). After a poll with items it may save only
 * once the next poll has started (n8n `trigger-execution-context.factory.js`, `__emit`).
 */
import { SECOND } from '../time';
import type { TriggerState } from './state';

/** How long n8n may take to save the state of a poll with items; after that, saving has failed. */
const MAX_SAVE_MS = 30 * SECOND;

/** How the last poll of a node ended. */
interface PollOutcome {
	/** The revision of the saved state that the poll started from. */
	previousRevision: string | undefined;
	state: TriggerState;
	/** When it returned items, Unix ms; undefined if it returned none. */
	emittedAtMs: number | undefined;
}

const outcomes = new Map<string, PollOutcome>();

/**
 * Chooses the state that the next poll starts from.
 *
 * @param key identifies workflow and node
 * @param saved the state that n8n gives the poll
 * @param revision the revision of `saved`
 * @returns the state of the last poll, if that poll started from `saved` and returned no items;
 *   `savePending` if it returned items and n8n has not saved its state yet; otherwise `saved`
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
	return Math.abs(nowMs - emittedAtMs) < MAX_SAVE_MS ? 'savePending' : saved;
}

/** Records how a poll ended. */
export function remember(key: string, outcome: PollOutcome): void {
	outcomes.set(key, outcome);
}

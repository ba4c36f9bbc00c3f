/**
 * How much time a poll may take.
 */
import type { IPollFunctions } from 'n8n-workflow';
import { MINUTE } from '../time';

/** The time that n8n gives a poll without durable cursors. */
const DEFAULT_BUDGET_MS = 5 * MINUTE;
/** Share of n8n's time for reading. The rest is for the last page and for the output. */
const READING_SHARE = 0.6;

/** What one poll may use. */
export interface PollBudget {
	/** How many items it may emit. */
	items: number;
	/** No further page is read once this returns true. */
	isExhausted(): boolean;
	/** n8n's clock, Unix ms. */
	nowMs(): number;
}

/** How long a poll may read, in ms. */
export function readingTimeMs(context: IPollFunctions): number {
	return givenTimeMs(context) * READING_SHARE;
}

/** Starts the budget of a poll; the items are limited by each stream. */
export function startBudget(context: IPollFunctions): Omit<PollBudget, 'items'> {
	const startedMs = Date.now();
	const budgetMs = readingTimeMs(context);
	return {
		isExhausted: () => Date.now() - startedMs >= budgetMs,
		nowMs: () => Date.now(),
	};
}

/** Whether n8n runs the poll with durable cursors, for which it gives less time than otherwise. */
export function isDurable(context: IPollFunctions): boolean {
	return givenTimeMs(context) < DEFAULT_BUDGET_MS;
}

/** Older n8n versions do not have the method (added in n8n-workflow 2.41 `IPollFunctions`). */
function givenTimeMs(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	const budgetMs = context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	return Number.isFinite(budgetMs) && budgetMs > 0 ? budgetMs : DEFAULT_BUDGET_MS;
}

/** Random histories through the real poll(), as n8n runs it: with change scans. */
import { test } from '@jest/globals';
import { checkHistories } from './support/checkHistories.mts';
import { PollRunner } from './support/pollRunner.mts';
import { simulate } from './support/simulate.mts';

const RUNS = 2500;
const TIME_LIMIT_MS = 300_000;

test(
	`${RUNS} histories on both of n8n's engines: every change is emitted once and in order, none is lost`,
	async () => {
		await checkHistories('changes', RUNS, async (history) => {
			await simulate(history, (setup, vendor) => new PollRunner(setup, vendor));
		});
	},
	TIME_LIMIT_MS,
);

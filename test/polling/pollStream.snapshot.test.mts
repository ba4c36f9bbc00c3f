/** Random histories through the real pollStream: with full scans only. */
import { test } from '@jest/globals';
import { checkHistories } from './support/checkHistories.mts';
import { simulate } from './support/simulate.mts';
import { StreamRunner } from './support/streamRunner.mts';

const RUNS = 10_000;
const TIME_LIMIT_MS = 300_000;

test(
	`${RUNS} histories: every change is emitted once and in order, none is lost`,
	async () => {
		await checkHistories('snapshot', RUNS, async (history) => {
			await simulate(history, (setup, vendor) => new StreamRunner(setup, vendor));
		});
	},
	TIME_LIMIT_MS,
);

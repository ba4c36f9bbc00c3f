/** Random histories through the real pollStream: the snapshot strategy (design §5, §7). */
import { test } from '@jest/globals';
import { everyHistory } from './support/runs.mts';
import { simulate } from './support/simulate.mts';
import { StreamActor } from './support/streamActor.mts';

const RUNS = 10_000;
const TIME_LIMIT_MS = 300_000;

test(
	`${RUNS} histories: every change once, in order, nothing lost`,
	async () => {
		await everyHistory('snapshot', RUNS, async (history) => {
			await simulate(history, (setup, vendor) => new StreamActor(setup, vendor));
		});
	},
	TIME_LIMIT_MS,
);

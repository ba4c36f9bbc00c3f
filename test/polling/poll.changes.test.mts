/** Random histories through the real poll(), as n8n runs it: the delta strategy (design §5, §7). */
import { test } from '@jest/globals';
import { everyHistory } from './support/runs.mts';
import { ShellActor } from './support/shellActor.mts';
import { simulate } from './support/simulate.mts';

const RUNS = 2500;
const TIME_LIMIT_MS = 300_000;

test(
	`${RUNS} histories on both of n8n's engines: every change once, in order, nothing lost`,
	async () => {
		await everyHistory('delta', RUNS, async (history) => {
			await simulate(history, (setup, vendor) => new ShellActor(setup, vendor));
		});
	},
	TIME_LIMIT_MS,
);

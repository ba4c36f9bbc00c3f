// How many histories are tried, and from which seed: POLLING_RUNS and POLLING_SEED change both.
import process from 'node:process';
import * as fc from 'fast-check';
import { histories, type History, type Strategy } from './history.mts';

/** Runs random histories; a failure says its seed, its path and the smallest history that fails. */
export async function everyHistory(
	strategy: Strategy,
	runs: number,
	hold: (history: History) => Promise<void>,
): Promise<void> {
	const { POLLING_RUNS, POLLING_SEED } = process.env;
	await fc.assert(fc.asyncProperty(histories(strategy), hold), {
		numRuns: POLLING_RUNS === undefined ? runs : Number(POLLING_RUNS),
		...(POLLING_SEED === undefined ? {} : { seed: Number(POLLING_SEED) }),
	});
}

// Runs random histories. POLLING_RUNS sets how many, POLLING_SEED the first seed.
import process from 'node:process';
import * as fc from 'fast-check';
import { histories, type History, type Strategy } from './history.mts';

/** @throws Error with the seed, the path and the smallest history that fails */
export async function checkHistories(
	strategy: Strategy,
	runs: number,
	check: (history: History) => Promise<void>,
): Promise<void> {
	const { POLLING_RUNS, POLLING_SEED } = process.env;
	await fc.assert(fc.asyncProperty(histories(strategy), check), {
		numRuns: POLLING_RUNS === undefined ? runs : Number(POLLING_RUNS),
		...(POLLING_SEED === undefined ? {} : { seed: Number(POLLING_SEED) }),
	});
}

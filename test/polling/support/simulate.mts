// One random history from start to end, and what must be true after it.
import { HOUR } from '../../../nodes/shared/time.ts';
import { performStep, type Runner, type History, type Setup } from './history.mts';
import { ModelVendor } from './modelVendor.mts';
import { Violation, type Oracle } from './oracle.mts';

const MAX_POLLS = 200;
/** Longer than the time between full scans in any setup. */
const FULL_SCAN_PAUSE_MS = 2000 * HOUR;
const POLL_INTERVAL_MS = 2000;

/** A runner with the parts that the checks at the end of a history need. */
export interface SimulationRunner extends Runner {
	readonly oracle: Oracle;
	readonly isSettled: boolean;
	/** Items of the last poll. */
	readonly emittedItems: number;
	/** Lists that the last poll started to read. */
	readonly startedLists: readonly string[];
}

/** @throws Violation with everything that happened */
export async function simulate(
	{ setup, steps }: History,
	createRunner: (setup: Setup, vendor: ModelVendor) => SimulationRunner,
): Promise<void> {
	const vendor = new ModelVendor(setup.vendor);
	for (let count = 0; count < setup.initialRecords; count += 1) vendor.create();
	vendor.nowMs += 5000;
	const runner = createRunner(setup, vendor);
	const trace: string[] = [];
	try {
		for (const step of steps) {
			trace.push('…');
			trace[trace.length - 1] = await performStep(step, setup, vendor, runner);
		}
		trace.push('the end');
		await settle(setup, vendor, runner);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const report = `${message}\n${JSON.stringify(setup)}\n  ${trace.join('\n  ')}`;
		if (error instanceof Violation) throw new Violation(report);
		if (error instanceof Error) error.message = report;
		throw error;
	}
}

/** Nothing changes any more; after a while everything must have been emitted. */
async function settle(setup: Setup, vendor: ModelVendor, runner: SimulationRunner): Promise<void> {
	const { oracle } = runner;
	const changedDuringScan = vendor.changedDuringScan;
	vendor.betweenPages = [];
	vendor.plannedFailure = undefined;
	const pollUntilSettled = async (): Promise<void> => {
		for (let polls = 0; ; polls += 1) {
			if (polls > MAX_POLLS) throw new Violation('the trigger never settles');
			vendor.nowMs += POLL_INTERVAL_MS;
			await runner.poll();
			if (runner.isSettled && runner.emittedItems === 0) return;
		}
	};
	await pollUntilSettled();
	// The first time may only have completed the first scan.
	await pollUntilSettled();
	const { stream, vendor: behavior } = setup;
	const changesAreComplete =
		behavior.checkInChangesUpdatedAt && behavior.sendsServerTime && behavior.tombstones;
	if (stream.hasChanges && changesAreComplete && !changedDuringScan)
		assertComplete(oracle, vendor, 'change scans');
	if (stream.hasChanges && setup.fullEveryMs > FULL_SCAN_PAUSE_MS / 4 && vendor.alive.size > 0) {
		await pollUntilSettled();
		if (runner.startedLists.join() !== 'changes') {
			throw new Violation(`an idle poll reads ${runner.startedLists.join()}`);
		}
	}
	// Three full scans, even if they are rare: deletions may need two.
	for (let scans = 0; scans < 3; scans += 1) {
		vendor.nowMs += FULL_SCAN_PAUSE_MS;
		await pollUntilSettled();
	}
	assertComplete(oracle, vendor, 'full scans');
	assertConsumerComplete(oracle, vendor);
}

/** The trigger knows the vendor's records as they are. Deletions may be held back. */
function assertComplete(oracle: Oracle, vendor: ModelVendor, source: string): void {
	const { records } = oracle.state;
	for (const person of vendor.alive.values()) {
		const known = records.get(person.id);
		if (known === undefined) throw new Violation(`${person.id} was lost (${source})`);
		if (oracle.content(known) !== oracle.content(person)) {
			throw new Violation(`the last change of ${person.id} was lost (${source})`);
		}
	}
	const missingIds = [...records.keys()].filter((id) => !vendor.alive.has(id));
	if (missingIds.length > 0 && !isHeldBack(oracle, missingIds.length)) {
		throw new Violation(`the deletion of ${missingIds.join()} was lost (${source})`);
	}
}

function isHeldBack({ settings, state }: Oracle, missing: number): boolean {
	return settings.largestDropPercent < 100 && missing >= 3 && state.records.size > 0;
}

/** The consumer knows the vendor's records as they are, whatever n8n failed to save. */
function assertConsumerComplete(oracle: Oracle, vendor: ModelVendor): void {
	const { chosen, changedFields } = oracle.settings;
	const watchesEverything =
		chosen.includes('personDeleted') &&
		chosen.includes('personUpdated') &&
		chosen.includes('personCreated');
	if (!watchesEverything || changedFields.length > 0) return;
	const { consumerRecords, unverifiable } = oracle;
	for (const person of vendor.alive.values()) {
		if (unverifiable.has(person.id)) continue;
		const last = consumerRecords.get(person.id);
		if (last === undefined || oracle.content(last) !== oracle.content(person)) {
			throw new Violation(`${person.id} changed, and the consumer was not told`);
		}
	}
	// The deletion of a record that the trigger still knows was held back; see above.
	const missingIds = [...consumerRecords.keys()].filter(
		(id) => !vendor.alive.has(id) && !unverifiable.has(id) && !oracle.state.records.has(id),
	);
	if (missingIds.length > 0) {
		throw new Violation(`${missingIds.join()} was deleted, and the consumer was not told`);
	}
}

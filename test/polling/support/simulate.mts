// One random history from beginning to end, and what must be true after it.
import { take, type Actor, type History, type Setup } from './history.mts';
import { ModelVendor } from './modelVendor.mts';
import { Broken, type Oracle } from './oracle.mts';

const MOST_POLLS = 200;
const MONTHS_MS = 1000 * 3_600_000 * 2;
const QUIET_MS = 2000;

/** What the end of a history needs to know of the actor. */
export interface Settling extends Actor {
	readonly oracle: Oracle;
	readonly isSettled: boolean;
	/** Items of the last poll. */
	readonly emitted: number;
	/** Lists that the last poll began to read. */
	readonly begun: readonly string[];
}

/** @throws Broken with everything that happened */
export async function simulate(
	{ setup, steps }: History,
	actorOf: (setup: Setup, vendor: ModelVendor) => Settling,
): Promise<void> {
	const vendor = new ModelVendor(setup.vendor);
	for (let count = 0; count < setup.before; count += 1) vendor.create();
	vendor.nowMs += 5000;
	const actor = actorOf(setup, vendor);
	const trace: string[] = [];
	try {
		for (const step of steps) {
			trace.push('…');
			const words = await take(step, setup, vendor, actor);
			trace[trace.length - 1] = words;
		}
		trace.push('the end');
		await settle(setup, vendor, actor);
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		const story = `${words}\n${JSON.stringify(setup)}\n  ${trace.join('\n  ')}`;
		if (error instanceof Broken) throw new Broken(story);
		if (error instanceof Error) error.message = story;
		throw error;
	}
}

/** Nothing changes any more; after a while everything must have come out. */
async function settle(setup: Setup, vendor: ModelVendor, actor: Settling): Promise<void> {
	const { oracle } = actor;
	const wasDisturbed = vendor.changedWhileRead;
	vendor.between = [];
	vendor.fault = undefined;
	const quiet = async (): Promise<void> => {
		for (let polls = 0; ; polls += 1) {
			if (polls > MOST_POLLS) throw new Broken('it never comes to an end');
			vendor.nowMs += QUIET_MS;
			await actor.poll();
			if (actor.isSettled && actor.emitted === 0) return;
		}
	};
	await quiet();
	// The first one may only have ended the beginning.
	await quiet();
	const { stream, vendor: manner } = setup;
	const tellsAll = manner.checkInMoves && manner.tellsTime && manner.tombstones;
	if (stream.hasChanges && tellsAll && !wasDisturbed) isComplete(oracle, vendor, 'by the changes');
	if (stream.hasChanges && setup.fullEveryMs > MONTHS_MS / 4 && vendor.alive.size > 0) {
		await quiet();
		if (actor.begun.join() !== 'changes') {
			throw new Broken(`an idle poll reads ${actor.begun.join()}`);
		}
	}
	// Three complete readings, however rare they are: deletions may need two.
	for (let readings = 0; readings < 3; readings += 1) {
		vendor.nowMs += MONTHS_MS;
		await quiet();
	}
	isComplete(oracle, vendor, 'by complete readings');
	isBelieved(oracle, vendor);
}

/** What was told is what is true; deletions may be held back. */
function isComplete(oracle: Oracle, vendor: ModelVendor, how: string): void {
	const { records } = oracle.told;
	for (const person of vendor.alive.values()) {
		const told = records.get(person.id);
		if (told === undefined) throw new Broken(`${person.id} was lost (${how})`);
		if (oracle.content(told) !== oracle.content(person)) {
			throw new Broken(`the last change of ${person.id} was lost (${how})`);
		}
	}
	const gone = [...records.keys()].filter((id) => !vendor.alive.has(id));
	if (gone.length > 0 && !isHeld(oracle, gone.length)) {
		throw new Broken(`the deletion of ${gone.join()} was lost (${how})`);
	}
}

function isHeld({ settings, told }: Oracle, gone: number): boolean {
	return settings.largestDropPercent < 100 && gone >= 3 && told.records.size > 0;
}

/** What a consumer was told, whatever n8n forgot in between. */
function isBelieved(oracle: Oracle, vendor: ModelVendor): void {
	const { chosen, changedFields } = oracle.settings;
	const isAll =
		chosen.includes('personDeleted') &&
		chosen.includes('personUpdated') &&
		chosen.includes('personCreated');
	if (!isAll || changedFields.length > 0) return;
	const { believed, excused } = oracle;
	for (const person of vendor.alive.values()) {
		if (excused.has(person.id)) continue;
		const last = believed.get(person.id);
		if (last === undefined || oracle.content(last) !== oracle.content(person)) {
			throw new Broken(`${person.id} changed, and nobody was told`);
		}
	}
	// What the trigger still knows was held back, see above.
	const gone = [...believed.keys()].filter(
		(id) => !vendor.alive.has(id) && !excused.has(id) && !oracle.told.records.has(id),
	);
	if (gone.length > 0) {
		throw new Broken(`${gone.join()} is gone, and nobody was told`);
	}
}

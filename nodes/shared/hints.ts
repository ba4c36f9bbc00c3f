/**
 * Hints for people after a run that succeeded: what was cut, left out or not certain. Anything that works on an item
 * adds what it found; what several items have in common becomes one hint. Action nodes show them above the output (n8n-core
 * `execute-context.js`, addExecutionHints); triggers write them to n8n's log.
 */
import type { NodeExecutionHint } from 'n8n-workflow';

/** What one item, or the whole run, adds to a hint. */
export interface HintFact<T> {
	/** The item's position in the input, from 0; undefined where the fact concerns no single item. */
	item?: number | undefined;
	fact: T;
}

/**
 * One kind of hint. Define it once, as a constant: facts with the same topic are grouped.
 *
 * @example
 * const NOT_USED: HintTopic<string> = {
 *   type: 'info',
 *   write: (facts) => `No field takes the columns ${unique(facts).join(', ')}.`,
 * };
 * item.addHint(NOT_USED, 'Diett');
 */
export interface HintTopic<T> {
	/** How n8n colours it. */
	type: NonNullable<NodeExecutionHint['type']>;
	/**
	 * Writes one hint for everything that was added.
	 *
	 * @param facts in the order of the items; at least one
	 * @returns plain sentences without a guest's data; undefined for no hint after all
	 */
	write(facts: ReadonlyArray<HintFact<T>>): string | undefined;
}

/** Collects the hints of one execution, poll or request of the editor. */
export class Hints {
	private readonly factsByTopic = new Map<HintTopic<unknown>, Array<HintFact<unknown>>>();

	/** @param item the item's position in the input, from 0; left out where the fact concerns no single item */
	add<T>(topic: HintTopic<T>, fact: T, item?: number): void {
		const entry = { item, fact };
		const facts = this.factsByTopic.get(topic);
		if (facts === undefined) this.factsByTopic.set(topic, [entry]);
		else facts.push(entry);
	}

	/** One hint for each topic, in the order in which the topics came up. */
	all(): NodeExecutionHint[] {
		return [...this.factsByTopic].flatMap(([topic, facts]) => {
			const sorted = [...facts].sort((a, b) => (a.item ?? -1) - (b.item ?? -1));
			const message = topic.write(sorted);
			return message === undefined ? [] : [{ message, type: topic.type, location: 'outputPane' }];
		});
	}
}

/** More positions than this are counted, not listed. */
const MAX_POSITIONS = 5;

/**
 * The items of a hint as people count them: "item 3", "items 1, 4 and 7", "items 1, 2, 3, 4, 5 and 25 more".
 *
 * @returns undefined if no fact concerns a single item
 */
export function describeItems(facts: ReadonlyArray<HintFact<unknown>>): string | undefined {
	const items = [...new Set(facts.map(({ item }) => item))].filter((item) => item !== undefined);
	if (items.length === 0) return undefined;
	return `${items.length === 1 ? 'item' : 'items'} ${describePositions(items.map((item) => item + 1))}`;
}

/** Positions in a list, from 1: "3", "1, 4 and 7", "1, 2, 3, 4, 5 and 25 more". */
export function describePositions(positions: readonly number[]): string {
	const shown = positions.slice(0, MAX_POSITIONS).map(String);
	const others = positions.length - shown.length;
	if (others > 0) return `${shown.join(', ')} and ${others} more`;
	const last = shown.pop() ?? '';
	return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

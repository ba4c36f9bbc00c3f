/**
 * Builders for the events and watched fields of a stream. Pure.
 */
import type { StreamEvent, WatchedField } from './types';

/** e.g. `usualEvents('guest', 'Guest')`: Guest Created, Guest Updated, Guest Deleted. */
export function usualEvents(record: string, name: string): StreamEvent[] {
	return [
		{ value: `${record}Created`, name: `${name} Created`, rule: { kind: 'created' } },
		{ value: `${record}Updated`, name: `${name} Updated`, rule: { kind: 'updated' } },
		{ value: `${record}Deleted`, name: `${name} Deleted`, rule: { kind: 'deleted' } },
	];
}

/** A watched field changed to one of the values from any other. Also matches a new record. */
export function changedTo(
	value: string,
	name: string,
	field: string,
	...wanted: ReadonlyArray<string | number | boolean>
): StreamEvent {
	const isWanted = (one: unknown) => wanted.some((value) => value === one);
	const rule = {
		kind: 'became',
		field,
		from: (was: unknown) => !isWanted(was),
		to: isWanted,
	} as const;
	return { value, name, rule };
}

/** A watched field changed from one of the `from` values to `to`. Never matches a new record. */
export function changedBack(
	value: string,
	name: string,
	field: string,
	from: ReadonlyArray<string | boolean>,
	to: string | boolean,
): StreamEvent {
	const rule = {
		kind: 'became',
		field,
		from: (was: unknown) => from.some((one) => one === was),
		to: (now: unknown) => now === to,
	} as const;
	return { value, name, rule };
}

/** Watched fields of which only a hash is stored. */
export function hashOnly(...names: string[]): WatchedField[] {
	return names.map((name) => ({ name, keep: 'hash' }));
}

/** Watched fields whose values are stored. */
export function readable(...names: string[]): WatchedField[] {
	return names.map((name) => ({ name, keep: 'value' }));
}

/**
 * The line under a trigger's name: the names of the chosen events.
 *
 * @returns an n8n expression
 */
export function eventsSubtitle(events: ReadonlyArray<{ value: string; name: string }>): string {
	const names = Object.fromEntries(events.map(({ value, name }) => [value, name]));
	return `={{ $parameter["triggerOn"].map((event) => (${JSON.stringify(names)})[event]).join(", ") }}`;
}

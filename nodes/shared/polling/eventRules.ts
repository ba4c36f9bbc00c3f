/**
 * The usual events of a stream, in few words. Pure.
 */
import type { StreamEvent, WatchedField } from './types';

/** e.g. `events('guest', 'Guest')`: Guest Created, Guest Updated, Guest Deleted. */
export function usualEvents(record: string, name: string): StreamEvent[] {
	return [
		{ value: `${record}Created`, name: `${name} Created`, rule: { kind: 'created' } },
		{ value: `${record}Updated`, name: `${name} Updated`, rule: { kind: 'updated' } },
		{ value: `${record}Deleted`, name: `${name} Deleted`, rule: { kind: 'deleted' } },
	];
}

/** A watched field took one of the values, none of which it had, also in a record that is new. */
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

/** A watched field lost a value that it had, and took another. */
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

/** A date as Unix ms; undefined where there is none, or it is no date. */
export function parseTime(date: unknown): number | undefined {
	const ms = typeof date === 'string' && date !== '' ? Date.parse(date) : Number.NaN;
	return Number.isNaN(ms) ? undefined : ms;
}

/**
 * The line under a trigger's name: the chosen events by their names.
 *
 * @returns an n8n expression
 */
export function eventsSubtitle(events: ReadonlyArray<{ value: string; name: string }>): string {
	const names = Object.fromEntries(events.map(({ value, name }) => [value, name]));
	return `={{ $parameter["triggerOn"].map((event) => (${JSON.stringify(names)})[event]).join(", ") }}`;
}

/** Watched fields of which only whether they changed is kept. */
export function hashOnly(...names: string[]): WatchedField[] {
	return names.map((name) => ({ name, keep: 'hash' }));
}

/** Watched fields whose values are kept readable. */
export function readable(...names: string[]): WatchedField[] {
	return names.map((name) => ({ name, keep: 'value' }));
}

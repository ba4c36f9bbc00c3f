// Helpers for the seeded records of several areas: cyclic lists, images.

import type { EventtiaEvent } from '../event.mts';
import type { EventtiaAttendee } from './attendees.mts';

/** Attendees with a seeded purchase, payment, meeting, answer or activity: more than one page of them. */
export const SEEDED_PARTICIPANTS = 60;

/** The entry at an index, counted in a circle. @throws Error for an empty list */
export function pick<T>(list: readonly T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('Cannot pick from an empty list');
	return value;
}

/** `fields` without its undefined values. */
export function given<T extends object>(fields: { [Name in keyof T]?: T[Name] | undefined }) {
	const values: Partial<T> = {};
	for (const name in fields) {
		const value = fields[name];
		if (value !== undefined) values[name] = value;
	}
	return values;
}

/** An image as the samples show it: present, or (without a name) missing. */
export function image(kind: string, filename: string | null): Record<string, string | null> {
	const at = (size: string) =>
		filename === null
			? `/${kind}/${size}/missing.png`
			: `https://s3.amazonaws.com/eventtia/${kind}/${size}/${filename}`;
	return {
		filename,
		thumb: at('thumb'),
		small: at('thumb2x'),
		medium: at('medium'),
		large: at('large'),
	};
}

/** The attendees that own the seeded records of other areas. */
export function firstAttendees(event: EventtiaEvent): EventtiaAttendee[] {
	const count = Math.min(SEEDED_PARTICIPANTS, event.attendees.listed);
	return Array.from({ length: count }, (_, index) => event.attendees.at(index));
}

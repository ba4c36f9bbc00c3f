// Group registrations of one event: who may join a group, and how many seats are left.

import type { EventtiaEvent } from '../event.mts';
import { shortUuid } from './attendees.mts';

/** A group, created with its first attendee. `profiles` is by attendee type. */
export interface Group {
	uuid: string;
	profiles: Map<string, { seats: number; available: number }>;
}

/** The groups of one event. */
export class Groups {
	private readonly byUuid = new Map<string, Group>();

	constructor(private readonly event: EventtiaEvent) {}

	/** Creates a group. @param seats by attendee type */
	open(seats: ReadonlyMap<string, number>): Group {
		const uuid = shortUuid(Number(this.event.nextId()));
		const profiles = Array.from(
			seats,
			([typeId, count]) => [typeId, { seats: count, available: count }] as const,
		);
		const group = { uuid, profiles: new Map(profiles) };
		this.byUuid.set(uuid, group);
		return group;
	}

	get(uuid: string): Group | undefined {
		return this.byUuid.get(uuid);
	}
}

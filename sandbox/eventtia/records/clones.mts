// Clones in the making: the document says that they take time, and that their progress can be asked for.

import type { EventtiaEvent } from '../event.mts';

/** What a clone takes over; anything else stays behind. */
export interface CloneParts {
	attendeeTypes: boolean;
	activities: boolean;
	speakers: boolean;
	pois: boolean;
	zones: boolean;
	conferences: boolean;
}

interface Pending {
	source: EventtiaEvent;
	parts: CloneParts;
	/** Requests for the progress that are still answered with "not finished". */
	requestsLeft: number;
	/** Vendor's clock, Unix milliseconds; undefined: it goes by requests. */
	readyAt: number | undefined;
}

/** The clones of an account's events that are not there yet. */
export class Clones {
	private pending: Pending[] = [];

	/** @param finish makes the event of a clone */
	constructor(private readonly finish: (source: EventtiaEvent, parts: CloneParts) => void) {}

	/** Starts a clone. @param after requests for its progress, or milliseconds */
	start(
		source: EventtiaEvent,
		parts: CloneParts,
		after: { requests: number; ms: number | null },
	): void {
		const readyAt = after.ms === null ? undefined : source.now() + after.ms;
		this.pending.push({ source, parts, requestsLeft: after.requests, readyAt });
		this.settle();
	}

	/** Counts a request for the progress of an event's clones. @returns whether all are there */
	isFinished(source: EventtiaEvent): boolean {
		for (const one of this.pending) {
			if (one.source === source) one.requestsLeft -= 1;
		}
		this.settle();
		return !this.pending.some((one) => one.source === source);
	}

	/** Makes the events whose time has come. */
	settle(): void {
		const isReady = ({ readyAt, requestsLeft, source }: Pending) =>
			readyAt === undefined ? requestsLeft <= 0 : source.now() >= readyAt;
		const ready = this.pending.filter(isReady);
		this.pending = this.pending.filter((one) => !ready.includes(one));
		for (const { source, parts } of ready) this.finish(source, parts);
	}

	clear(): void {
		this.pending = [];
	}
}

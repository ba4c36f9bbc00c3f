// Clones that are not ready yet. The document says that cloning takes time and that its progress can be requested.

import type { EventtiaEvent } from '../event.mts';

/** What a clone copies; nothing else is copied. */
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
	/** How many more progress requests get the response "not finished". */
	requestsLeft: number;
	/** Vendor's clock, Unix milliseconds; if undefined, requests are counted. */
	readyAt: number | undefined;
}

/** The clones of an account's events that are not ready yet. */
export class Clones {
	private pending: Pending[] = [];

	/** @param finish creates the cloned event */
	constructor(private readonly finish: (source: EventtiaEvent, parts: CloneParts) => void) {}

	/** Starts a clone. @param after progress requests, or milliseconds */
	start(
		source: EventtiaEvent,
		parts: CloneParts,
		after: { requests: number; ms: number | null },
	): void {
		const readyAt = after.ms === null ? undefined : source.now() + after.ms;
		this.pending.push({ source, parts, requestsLeft: after.requests, readyAt });
		this.settle();
	}

	/** Counts a progress request for an event's clones. @returns whether all of them are ready */
	isFinished(source: EventtiaEvent): boolean {
		for (const one of this.pending) {
			if (one.source === source) one.requestsLeft -= 1;
		}
		this.settle();
		return !this.pending.some((one) => one.source === source);
	}

	/** Creates the events that are due. */
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

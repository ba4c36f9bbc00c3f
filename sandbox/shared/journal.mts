// What reached a vendor server: every request, and those it refused because no document describes them.

/** The most requests a server remembers; older ones are dropped. */
export const MAX_RECORDED_REQUESTS = 200_000;
/** Dropping many at once keeps the price of a full journal low. */
const TRIM_SIZE = 10_000;

/** One request as it arrived. */
export interface RecordedRequest {
	/** Arrival, true time (not the vendor's skewed clock), Unix milliseconds. */
	at: number;
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON where it is JSON, else the text; undefined without a body. */
	body: unknown;
	/** The status that was answered; 0 while unanswered and when the connection was cut. */
	status: number;
}

/** A request that the vendor's document does not describe, and why. */
export interface RefusedRequest extends RecordedRequest {
	reason: string;
}

/** Appends to a journal and keeps it within `REQUESTS_KEPT`. */
export function appendTo<T>(journal: T[], entry: T): void {
	journal.push(entry);
	if (journal.length > MAX_RECORDED_REQUESTS) journal.splice(0, TRIM_SIZE);
}

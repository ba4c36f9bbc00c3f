// What reached a vendor server: every request, and the requests that it refused because no document describes them.

/** The most requests a server remembers; older ones are dropped. */
export const MAX_RECORDED_REQUESTS = 200_000;
/** Dropping many together keeps a full journal cheap. */
const TRIM_SIZE = 10_000;

/** One request as it arrived. */
export interface RecordedRequest {
	/** Arrival in true time (not the vendor's skewed clock), Unix milliseconds. */
	at: number;
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed if it is JSON, otherwise the text; undefined without a body. */
	body: unknown;
	/** The status of the response; 0 while there is none and if the connection was cut. */
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

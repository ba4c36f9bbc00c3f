/**
 * When the next request may leave: keeps a vendor's budget instead of running into it, and holds
 * all requests back while the vendor says so (design §4.4).
 */

/** So many requests in any stretch of so many milliseconds. */
export interface Budget {
	requests: number;
	perMs: number;
}

/**
 * Requests do not all take the same time to arrive; a window is held this much longer, so that two
 * that left a window apart do not arrive within one.
 */
const MARGIN_MS = 50;
const TOO_MANY_REQUESTS = 429;

/** Times are Unix ms. */
export class Pacer {
	/** When the newest requests left or will leave, oldest first; as many as the budget allows. */
	private readonly departures: number[] = [];

	private blocked = 0;

	private blocker = TOO_MANY_REQUESTS;

	/** @param budget left out where the vendor has none that is known */
	constructor(private readonly budget?: Budget) {}

	/** No request may leave before this moment. */
	get blockedUntil(): number {
		return this.blocked;
	}

	/** The status of the answer that holds requests back; 429 where it is only the budget. */
	get blockedBy(): number {
		return this.blocked > Date.now() ? this.blocker : TOO_MANY_REQUESTS;
	}

	/**
	 * @param earliest the moment from which a request could leave
	 * @returns the moment at which it may; its place is free until {@link take}
	 */
	next(earliest: number): number {
		return Math.max(earliest, this.blocked, this.windowOpensAt());
	}

	/** Takes the place of a request that will leave at `departure`, as {@link next} gave it. */
	take(departure: number): void {
		if (this.budget === undefined) return;
		this.departures.push(departure);
		if (this.departures.length > this.budget.requests) this.departures.shift();
	}

	/**
	 * The vendor lets nothing through until then: a pause it asked for, or others use the same key.
	 *
	 * @param status of the answer that said so
	 */
	block(until: number, status: number): void {
		if (until <= this.blocked) return;
		this.blocked = until;
		this.blocker = status;
	}

	private windowOpensAt(): number {
		if (this.budget === undefined || this.departures.length < this.budget.requests) return 0;
		return (this.departures[0] ?? 0) + this.budget.perMs + MARGIN_MS;
	}
}

const pacers = new Map<string, Pacer>();

/**
 * The pacer of a credential, shared by all executions of this process.
 *
 * @param credential what tells credentials apart; a changed budget starts a new pacer
 */
export function sharedPacer(credential: string, budget: Budget): Pacer {
	const key = `${credential} ${budget.requests}/${budget.perMs}`;
	const known = pacers.get(key);
	if (known !== undefined) return known;
	const pacer = new Pacer(budget);
	pacers.set(key, pacer);
	return pacer;
}

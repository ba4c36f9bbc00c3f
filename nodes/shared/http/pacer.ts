/**
 * When the next request may leave: keeps a vendor's budget instead of running into it, and holds
 * all requests back while the vendor says so (design §4.4).
 */

/** So many requests in any stretch of so many milliseconds. */
export interface Budget {
	requests: number;
	perMs: number;
}

/** The place of one request in the budget. */
export interface Place {
	/**
	 * When the request leaves; once it was answered, when: the vendor had counted it by then, so that
	 * no request is counted later than its place says.
	 */
	at: number;
	/** The place that must have become free again before this request may leave. */
	after: Place | undefined;
}

const TOO_MANY_REQUESTS = 429;

/** Times are Unix ms. */
export class Pacer {
	/** The places of the newest requests, oldest first; as many as the budget allows. */
	private readonly places: Place[] = [];

	private blocked = 0;

	private blocker = TOO_MANY_REQUESTS;

	/** @param budget left out where the vendor has none that is known */
	constructor(private readonly budget?: Budget) {}

	/** The status of the answer that holds requests back; 429 where it is only the budget. */
	get blockedBy(): number {
		return this.blocked > Date.now() ? this.blocker : TOO_MANY_REQUESTS;
	}

	/**
	 * @param earliest the moment from which a request could leave
	 * @returns the moment at which it may, as far as is known; its place is free until {@link take}
	 */
	next(earliest: number): number {
		return Math.max(earliest, this.blocked, this.opensAt(this.oldestOfAFullWindow()));
	}

	/** Takes the place of a request that will leave at `departure`, as {@link next} gave it. */
	take(departure: number): Place {
		const after = this.oldestOfAFullWindow();
		if (after !== undefined) this.places.shift();
		const place: Place = { at: departure, after };
		if (this.budget !== undefined) this.places.push(place);
		return place;
	}

	/** @returns the moment at which the request may leave, as it is known by now: it may have moved on */
	postponed(place: Place): number {
		place.at = Math.max(place.at, this.blocked, this.opensAt(place.after));
		return place.at;
	}

	/** The request leaves. */
	left(place: Place): void {
		place.at = Date.now();
		place.after = undefined;
	}

	/** The request was answered, or is given up. */
	ended(place: Place): void {
		place.at = Date.now();
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

	/**
	 * Forgets a pause that is longer than the budget's own window, so that a new execution asks again:
	 * one absurd `Retry-After` must not stop the credential until n8n restarts.
	 */
	doubtLongBlock(): void {
		const now = Date.now();
		if (this.budget !== undefined && this.blocked > now + this.budget.perMs) this.blocked = now;
	}

	private oldestOfAFullWindow(): Place | undefined {
		if (this.budget === undefined || this.places.length < this.budget.requests) return undefined;
		return this.places[0];
	}

	private opensAt(place: Place | undefined): number {
		return this.budget === undefined || place === undefined ? 0 : place.at + this.budget.perMs;
	}
}

const pacers = new Map<string, Pacer>();

/**
 * The pacer of a credential, shared by all executions of this process; asked for once in each.
 *
 * @param credential what tells credentials apart; a changed budget starts a new pacer
 */
export function sharedPacer(credential: string, budget: Budget): Pacer {
	const key = `${credential} ${budget.requests}/${budget.perMs}`;
	const known = pacers.get(key);
	if (known !== undefined) {
		known.doubtLongBlock();
		return known;
	}
	const pacer = new Pacer(budget);
	pacers.set(key, pacer);
	return pacer;
}

/**
 * When the next request may leave: keeps a vendor's budget instead of running into it, and holds
 * all requests back while the vendor says so (design §4.4).
 */

/** So many requests in any stretch of so many milliseconds. */
export interface RateLimit {
	requests: number;
	perMs: number;
}

/** The place of one request in the budget. */
export interface Slot {
	/**
	 * When the request leaves; once it was answered, when: the vendor had counted it by then, so that
	 * no request is counted later than its place says.
	 */
	time: number;
	/** The place that must have become free again before this request may leave. */
	waitsFor: Slot | undefined;
}

const TOO_MANY_REQUESTS = 429;

/** Times are Unix ms. */
export class RateLimiter {
	/** The places of the newest requests, oldest first; as many as the budget allows. */
	private readonly slots: Slot[] = [];

	private pausedUntil = 0;

	private pauseStatus = TOO_MANY_REQUESTS;

	/** @param limit left out where the vendor has none that is known */
	constructor(private readonly limit?: RateLimit) {}

	/** The status of the answer that holds requests back; 429 where it is only the budget. */
	get pausedBy(): number {
		return this.pausedUntil > Date.now() ? this.pauseStatus : TOO_MANY_REQUESTS;
	}

	/**
	 * @param earliest the moment from which a request could leave
	 * @returns the moment at which it may, as far as is known; its place is free until {@link reserve}
	 */
	earliestStart(earliest: number): number {
		return Math.max(earliest, this.pausedUntil, this.freeAt(this.oldestOfAFullWindow()));
	}

	/** Takes the place of a request that will leave at `departure`, as {@link earliestStart} gave it. */
	reserve(startAt: number): Slot {
		const waitsFor = this.oldestOfAFullWindow();
		if (waitsFor !== undefined) this.slots.shift();
		const slot: Slot = { time: startAt, waitsFor };
		if (this.limit !== undefined) this.slots.push(slot);
		return slot;
	}

	/** @returns the moment at which the request may leave, as it is known by now: it may have moved on */
	reschedule(slot: Slot): number {
		slot.time = Math.max(slot.time, this.pausedUntil, this.freeAt(slot.waitsFor));
		return slot.time;
	}

	/** The request leaves. */
	started(slot: Slot): void {
		slot.time = Date.now();
		slot.waitsFor = undefined;
	}

	/** The request was answered, or is given up. */
	finished(slot: Slot): void {
		slot.time = Date.now();
	}

	/**
	 * The vendor lets nothing through until then: a pause it asked for, or others use the same key.
	 *
	 * @param status of the answer that said so
	 */
	pauseUntil(until: number, status: number): void {
		if (until <= this.pausedUntil) return;
		this.pausedUntil = until;
		this.pauseStatus = status;
	}

	/**
	 * Forgets a pause that is longer than the budget's own window, so that a new execution asks again:
	 * one absurd `Retry-After` must not stop the credential until n8n restarts.
	 */
	dropExcessivePause(): void {
		const now = Date.now();
		if (this.limit !== undefined && this.pausedUntil > now + this.limit.perMs)
			this.pausedUntil = now;
	}

	private oldestOfAFullWindow(): Slot | undefined {
		if (this.limit === undefined || this.slots.length < this.limit.requests) return undefined;
		return this.slots[0];
	}

	private freeAt(slot: Slot | undefined): number {
		return this.limit === undefined || slot === undefined ? 0 : slot.time + this.limit.perMs;
	}
}

const limiters = new Map<string, RateLimiter>();

/**
 * The pacer of a credential, shared by all executions of this process; asked for once in each.
 *
 * @param credential what tells credentials apart; a changed budget starts a new pacer
 */
export function sharedRateLimiter(credential: string, limit: RateLimit): RateLimiter {
	const key = `${credential} ${limit.requests}/${limit.perMs}`;
	const known = limiters.get(key);
	if (known !== undefined) {
		known.dropExcessivePause();
		return known;
	}
	const limiter = new RateLimiter(limit);
	limiters.set(key, limiter);
	return limiter;
}

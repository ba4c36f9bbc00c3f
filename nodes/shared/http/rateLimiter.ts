/**
 * Decides when the next request may start: keeps the vendor's rate limit instead of running into it, and
 * pauses all requests while the vendor says so.
 *
 * A sliding-window log with reservations: the log holds the times of the last requests, as many as the
 * limit allows, and of those that will start later. A new request may start one window after the oldest.
 */
import { Status } from './status';

/** So many requests in any period of `perMs`. */
export interface RateLimit {
	requests: number;
	perMs: number;
}

/** The entry of one request in the log. */
export interface Slot {
	/**
	 * When the request is due to start; after the response, when that arrived. The vendor counted the
	 * request no later than that, so the window is never too short.
	 */
	time: number;
	/** The slot that this one replaces in the window: it must be one window old before this request starts. */
	waitsFor: Slot | undefined;
}

/** Times are Unix ms. */
export class RateLimiter {
	/** The slots of the newest requests, oldest first; as many as the limit allows. */
	private readonly slots: Slot[] = [];

	private pausedUntil = 0;

	private pauseStatus: number = Status.tooManyRequests;

	/** @param limit left out if the vendor has none that is known */
	constructor(private readonly limit?: RateLimit) {}

	/** The status of the response that pauses requests; 429 where only the limit does. */
	get pausedBy(): number {
		return this.pausedUntil > Date.now() ? this.pauseStatus : Status.tooManyRequests;
	}

	/**
	 * @param earliest the time from which a request could start
	 * @returns the time at which it may start, as far as is known; not reserved until {@link reserve}
	 */
	earliestStart(earliest: number): number {
		return Math.max(earliest, this.pausedUntil, this.freeAt(this.oldestOfFullWindow()));
	}

	/** Reserves the slot of a request that will start at `startAt`, as {@link earliestStart} returned it. */
	reserve(startAt: number): Slot {
		const waitsFor = this.oldestOfFullWindow();
		if (waitsFor !== undefined) this.slots.shift();
		const slot: Slot = { time: startAt, waitsFor };
		if (this.limit !== undefined) this.slots.push(slot);
		return slot;
	}

	/** @returns when the request may start by now: a pause or a slow response may have moved its slot */
	reschedule(slot: Slot): number {
		slot.time = Math.max(slot.time, this.pausedUntil, this.freeAt(slot.waitsFor));
		return slot.time;
	}

	/** The request starts. */
	started(slot: Slot): void {
		slot.time = Date.now();
		slot.waitsFor = undefined;
	}

	/** The request got its response, or was given up. */
	finished(slot: Slot): void {
		slot.time = Date.now();
	}

	/**
	 * No request starts before this time: the vendor asked for a pause, or others use the same key.
	 *
	 * @param status of the response that said so
	 */
	pauseUntil(until: number, status: number): void {
		if (until <= this.pausedUntil) return;
		this.pausedUntil = until;
		this.pauseStatus = status;
	}

	/**
	 * Drops a pause longer than the rate-limit window when a new execution starts, so that one absurd
	 * `Retry-After` cannot block the credential until n8n restarts.
	 */
	dropExcessivePause(): void {
		const now = Date.now();
		if (this.limit !== undefined && this.pausedUntil > now + this.limit.perMs)
			this.pausedUntil = now;
	}

	private oldestOfFullWindow(): Slot | undefined {
		if (this.limit === undefined || this.slots.length < this.limit.requests) return undefined;
		return this.slots[0];
	}

	private freeAt(slot: Slot | undefined): number {
		return this.limit === undefined || slot === undefined ? 0 : slot.time + this.limit.perMs;
	}
}

const limiters = new Map<string, RateLimiter>();

/**
 * The rate limiter of a credential, shared by all executions of this process. Each execution asks for it
 * once.
 *
 * @param credential identifies the credential
 * @param limit a changed limit starts a new limiter
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

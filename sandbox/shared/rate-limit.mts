// A vendor's own rate limit: counts requests per key, and reports the state of the limit in headers.

import { z } from 'zod';

import type { Clock } from './clock.mts';
import { SECOND } from './time.mts';

/** The knobs of a rate limit, for the control server. */
export const rateLimitKnobs = z
	.object({
		limit: z.number().int().positive().nullable(),
		windowMs: z.number().positive(),
		window: z.enum(['fixed', 'sliding']),
		headers: z.enum(['x-ratelimit', 'x-rate-limit', 'ratelimit', 'none']),
		reset: z.enum(['seconds', 'epoch']),
		retryAfter: z.boolean(),
	})
	.partial()
	.strict();

/** The state of a key's limit after a request. */
export interface RateLimitStatus {
	allowed: boolean;
	remaining: number;
	/** When the window ends (`fixed`), or when the oldest request leaves it (`sliding`). */
	resetMs: number;
}

/** A rate limit. Properties that can be assigned are knobs; `rejected` counts the requests over the limit. */
export class RateLimit {
	/** Requests per window and key; null: no limit and no headers. */
	limit: number | null;
	windowMs: number;
	/**
	 * `fixed` starts with a key's first request, and again with the first request after it has ended; `sliding` looks
	 * back from now.
	 */
	window: 'fixed' | 'sliding' = 'fixed';
	/** The prefix of the headers `-limit`, `-remaining` and `-reset`. */
	headers: 'x-ratelimit' | 'x-rate-limit' | 'ratelimit' | 'none' = 'x-ratelimit';
	/** Format of the `-reset` header: seconds to wait, or the Unix time in seconds. */
	reset: 'seconds' | 'epoch' = 'seconds';
	/** Whether a 429 has `Retry-After`, in seconds. */
	retryAfter = false;
	rejected = 0;
	private readonly times = new Map<string, number[]>();

	/** @param defaults the values that `restore` sets */
	constructor(private readonly defaults: { limit: number | null; windowMs: number }) {
		this.limit = defaults.limit;
		this.windowMs = defaults.windowMs;
	}

	/** Clears every request and resets the knobs. */
	restore(): void {
		const { limit, windowMs } = this.defaults;
		Object.assign(this, { limit, windowMs, window: 'fixed', headers: 'x-ratelimit' });
		Object.assign(this, { reset: 'seconds', retryAfter: false, rejected: 0 });
		this.times.clear();
	}

	/** Counts a request of a key, in true time; a rejected request does not count. */
	consume(key: string, now = Date.now()): RateLimitStatus {
		if (this.limit === null) return { allowed: true, remaining: 0, resetMs: 0 };
		const times = this.times.get(key) ?? [];
		this.times.set(key, times);
		const isExpired = (at: number | undefined) => at !== undefined && at + this.windowMs <= now;
		if (this.window === 'fixed') {
			if (isExpired(times[0])) times.length = 0;
		} else {
			while (isExpired(times[0])) times.shift();
		}
		const allowed = times.length < this.limit;
		if (allowed) times.push(now);
		else this.rejected += 1;
		const resetMs = (times[0] ?? now) + this.windowMs - now;
		return { allowed, remaining: Math.max(0, this.limit - times.length), resetMs };
	}

	/** The headers of a response. @param clock the vendor's clock, for the epoch form */
	headersFor(status: RateLimitStatus, clock: Clock): Record<string, string> {
		if (this.limit === null) return {};
		const seconds = Math.ceil(status.resetMs / SECOND);
		const epoch = Math.ceil((clock.now() + status.resetMs) / SECOND);
		const headers: Record<string, string> = {};
		if (this.headers !== 'none') {
			headers[`${this.headers}-limit`] = String(this.limit);
			headers[`${this.headers}-remaining`] = String(status.remaining);
			headers[`${this.headers}-reset`] = String(this.reset === 'epoch' ? epoch : seconds);
		}
		if (!status.allowed && this.retryAfter) headers['retry-after'] = String(seconds);
		return headers;
	}

	toJSON(): unknown {
		const { limit, windowMs, window, headers, reset, retryAfter, rejected } = this;
		return { limit, windowMs, window, headers, reset, retryAfter, rejected };
	}
}

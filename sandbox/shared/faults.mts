// Faults on demand: what may be ordered, and which orders apply to a given request.

import { z } from 'zod';

import type { Clock } from './clock.mts';
import { seededRandom } from './random.mts';
import { SECOND } from './time.mts';

const DEFAULT_RANDOM_SEED = 1;

const count = z.number().int().positive();
const milliseconds = z.number().nonnegative();
const responseShape = {
	status: z.number().int().min(200).max(599),
	/** A string is sent as plain text, anything else as JSON; default: the vendor's own text. */
	body: z.unknown(),
	headers: z.record(z.string()).optional(),
};

const actionSchema = z.discriminatedUnion('kind', [
	/** Responds with this status; nothing is changed. */
	z.object({ kind: z.literal('status'), ...responseShape }).strict(),
	/** Changes the state, then responds with this status. */
	z.object({ kind: z.literal('statusAfterEffect'), ...responseShape }).strict(),
	/** Destroys the socket; nothing is changed. */
	z.object({ kind: z.literal('reset') }).strict(),
	/** Changes the state, then destroys the socket. */
	z.object({ kind: z.literal('resetAfterEffect') }).strict(),
	/** Waits `ms` before (or with `afterEffect` after) the state changes; can precede another fault. */
	z
		.object({ kind: z.literal('slow'), ms: milliseconds, afterEffect: z.boolean().default(false) })
		.strict(),
	/**
	 * Waits before the state changes until `until` requests wait here, then releases all of them; can precede another
	 * fault. Orders requests without a clock.
	 */
	z.object({ kind: z.literal('hold'), until: count }).strict(),
	/** Changes the state; sends half of the response: with a matching length, or with the connection cut. */
	z
		.object({
			kind: z.literal('truncated'),
			variant: z.enum(['json', 'connection']).default('json'),
		})
		.strict(),
	/** Changes the state; responds with 200 and valid JSON of another shape. */
	z.object({ kind: z.literal('wrongJson'), body: z.unknown() }).strict(),
	/** An HTML page as a proxy sends it; nothing is changed. */
	z
		.object({
			kind: z.literal('html'),
			status: z.number().int().min(200).max(599).default(502),
		})
		.strict(),
	/** Changes the state; responds with 200 and an empty body. */
	z.object({ kind: z.literal('empty') }).strict(),
	/** Ends one session, or all of them; can precede another fault. */
	z.object({ kind: z.literal('expireSession'), token: z.string().optional() }).strict(),
	/** Moves the vendor's clock `ms` away from the true time from now on; can precede another fault. */
	z.object({ kind: z.literal('clockSkew'), ms: z.number() }).strict(),
	/** Responds with 429; with `windowMs`, every request gets 429 until that time has passed. */
	z
		.object({
			kind: z.literal('rateLimit'),
			/** `null` leaves the header out; default: the rest of the window, or 1. */
			retryAfterSeconds: z.number().int().nonnegative().nullable().optional(),
			form: z.enum(['seconds', 'date']).default('seconds'),
			windowMs: milliseconds.optional(),
			/** Adds `x-ratelimit-limit`, `-remaining: 0` and `-reset`. */
			rateHeaders: z
				.object({ limit: count, reset: z.enum(['seconds', 'epoch']).default('seconds') })
				.strict()
				.optional(),
			body: z.unknown(),
		})
		.strict(),
]);

/** What can be ordered; the comments of `actionSchema` describe each kind. */
export const faultOrderSchema = z
	.object({
		when: z
			.object({
				/** The exact path, e.g. `/addGuest`. */
				path: z.string().optional(),
				method: z.string().toUpperCase().optional(),
				/** Query parameters that the request must have with exactly these values, e.g. `{ page: '7' }`. */
				query: z.record(z.string()).optional(),
				/** Which of the matching requests, counted from 1 when the fault is ordered. */
				nth: z.union([count, z.array(count).nonempty()]).optional(),
				every: count.optional(),
				probability: z.number().min(0).max(1).optional(),
			})
			.strict()
			.optional(),
		/**
		 * How many requests it affects. Default: one; one per number in `nth`; unlimited for `every` and
		 * `probability`.
		 */
		times: count.optional(),
		do: actionSchema,
	})
	.strict();

export type FaultOrder = z.input<typeof faultOrderSchema>;
export type FaultAction = z.output<typeof actionSchema>;
export type RateLimitAction = Extract<FaultAction, { kind: 'rateLimit' }>;
export type HoldAction = Extract<FaultAction, { kind: 'hold' }>;
export type SlowAction = Extract<FaultAction, { kind: 'slow' }>;
/** The one fault that decides the response to a request. */
export type FinalAction = Exclude<
	FaultAction,
	{ kind: 'slow' } | { kind: 'hold' } | { kind: 'clockSkew' } | { kind: 'expireSession' }
>;

/** One ordered fault, as `list()` shows it. `struck` counts the requests that it has affected. */
export interface OrderedFault {
	id: string;
	order: z.output<typeof faultOrderSchema>;
	seen: number;
	struck: number;
	left: number | null;
}

/** The faults that apply to one request. `rateLimitMs` is the remaining time of an open rate-limit window. */
export interface MatchedFaults {
	slow: SlowAction[];
	hold: HoldAction[];
	final?: FinalAction;
	rateLimitMs?: number;
}

interface Plan {
	id: string;
	order: z.output<typeof faultOrderSchema>;
	seen: number;
	struck: number;
	left: number;
}

/** The part of a request that decides which faults apply to it. */
interface IncomingRequest {
	method: string;
	path: string;
	query?: Record<string, string | string[]>;
}

interface RateLimitWindow {
	action: RateLimitAction;
	untilMs: number;
}

function defaultTimes(when: z.output<typeof faultOrderSchema>['when']): number {
	if (Array.isArray(when?.nth)) return when.nth.length;
	if (when?.nth !== undefined) return 1;
	return when?.every !== undefined || when?.probability !== undefined ? Infinity : 1;
}

/** The fault plan of one vendor server. Orders are tried oldest first. */
export class Faults {
	private plans: Plan[] = [];
	private random = seededRandom(DEFAULT_RANDOM_SEED);
	private window: RateLimitWindow | undefined;
	private ordered = 0;

	/**
	 * @param clock the vendor's clock, moved by `clockSkew`
	 * @param expireSessions ends one session or all; left out by a vendor without sessions
	 */
	constructor(
		private readonly clock: Clock,
		private readonly expireSessions?: (token?: string) => void,
	) {}

	/**
	 * Orders a fault. `clockSkew` and `expireSession` without `when` take effect immediately; with `when` they take
	 * effect just before the matching request is handled.
	 * @returns the ID of the order
	 * @throws ZodError for an invalid order; Error for `expireSession` at a vendor without sessions
	 */
	add(input: FaultOrder): string {
		const order = faultOrderSchema.parse(input);
		if (order.do.kind === 'expireSession' && !this.expireSessions) {
			throw new Error('sandbox: this vendor has no sessions to expire');
		}
		this.ordered += 1;
		const id = `fault-${this.ordered}`;
		const immediate = order.do.kind === 'clockSkew' || order.do.kind === 'expireSession';
		if (immediate && !order.when) {
			this.applySideEffect(order.do);
		} else {
			const left = order.times ?? defaultTimes(order.when);
			this.plans.push({ id, order, seen: 0, struck: 0, left });
		}
		return id;
	}

	/** Every order that did not take effect immediately, including spent ones. */
	list(): OrderedFault[] {
		return this.plans.map((plan) => ({
			...plan,
			left: Number.isFinite(plan.left) ? plan.left : null,
		}));
	}

	/** Clears every order, ends a rate-limit window, resets the clock and restarts the random numbers. */
	clear(): void {
		this.plans = [];
		this.window = undefined;
		this.clock.skewMs = 0;
		this.seed(DEFAULT_RANDOM_SEED);
	}

	/** Restarts the random numbers behind `probability`. */
	seed(seed: number): void {
		this.random = seededRandom(seed);
	}

	/** Finds the faults for a request, and counts it. Called once per request by the vendor server. */
	match(request: IncomingRequest): MatchedFaults {
		const window = this.window;
		if (window) {
			const rateLimitMs = window.untilMs - Date.now();
			if (rateLimitMs > 0) return { slow: [], hold: [], final: window.action, rateLimitMs };
			this.window = undefined;
		}
		const matched: MatchedFaults = { slow: [], hold: [] };
		for (const plan of this.plans) {
			if (!this.matchesPlan(plan, request)) continue;
			const action = plan.order.do;
			if (action.kind === 'slow') {
				matched.slow.push(action);
			} else if (action.kind === 'hold') {
				matched.hold.push(action);
			} else if (action.kind === 'clockSkew' || action.kind === 'expireSession') {
				this.applySideEffect(action);
			} else {
				matched.final = action;
				if (action.kind === 'rateLimit' && action.windowMs !== undefined) {
					this.window = { action, untilMs: Date.now() + action.windowMs };
					matched.rateLimitMs = action.windowMs;
				}
				return matched;
			}
		}
		return matched;
	}

	private applySideEffect(action: FaultAction): void {
		if (action.kind === 'clockSkew') this.clock.skewMs = action.ms;
		if (action.kind === 'expireSession') this.expireSessions?.(action.token);
	}

	private matchesPlan(plan: Plan, request: IncomingRequest): boolean {
		const when = plan.order.when ?? {};
		if (plan.left <= 0) return false;
		if (when.path !== undefined && when.path !== request.path) return false;
		if (when.method !== undefined && when.method !== request.method) return false;
		const wantedQuery = Object.entries(when.query ?? {});
		if (wantedQuery.some(([name, value]) => request.query?.[name] !== value)) return false;
		plan.seen += 1;
		if (when.nth !== undefined && ![when.nth].flat().includes(plan.seen)) return false;
		if (when.every !== undefined && plan.seen % when.every !== 0) return false;
		if (when.probability !== undefined && this.random() >= when.probability) return false;
		plan.left -= 1;
		plan.struck += 1;
		return true;
	}
}

/**
 * The headers of a 429 response.
 * @param action the ordered rate limit
 * @param clock the vendor's clock, for the date and epoch forms
 * @param remainingMs the rest of the window; undefined without one
 */
export function rateLimitHeaders(
	action: RateLimitAction,
	clock: Clock,
	remainingMs: number | undefined,
): Record<string, string> {
	const headers: Record<string, string> = {};
	const secondsLeft = remainingMs === undefined ? 1 : Math.ceil(remainingMs / SECOND);
	const seconds = action.retryAfterSeconds ?? secondsLeft;
	// An HTTP date has no fractions: one rounded down would end before the limit does.
	const until = Math.ceil((clock.now() + seconds * SECOND) / SECOND) * SECOND;
	if (action.retryAfterSeconds !== null) {
		headers['retry-after'] =
			action.form === 'date' ? new Date(until).toUTCString() : String(seconds);
	}
	if (action.rateHeaders) {
		headers['x-ratelimit-limit'] = String(action.rateHeaders.limit);
		headers['x-ratelimit-remaining'] = '0';
		headers['x-ratelimit-reset'] =
			action.rateHeaders.reset === 'epoch' ? String(until / SECOND) : String(seconds);
	}
	return headers;
}

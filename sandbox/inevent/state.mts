// What the InEvent sandbox remembers: clients with granted scopes, valid tokens, and one event per client.

import { randomBytes } from 'node:crypto';

import { INEVENT_CREDENTIALS } from './credentials.mts';
import type { Clock } from '../shared/clock.mts';
import type { Seed, VendorState } from '../shared/endpoint.mts';
import { RateLimit } from '../shared/rate-limit.mts';
import { SECOND } from '../shared/time.mts';
import { InEventEvent } from './event.mts';

/** "Typical patterns" of scopes, and `read:agenda` from the example of a signage app. */
export const SCOPES = [
	'read:attendees',
	'write:attendees',
	'read:sessions',
	'write:sessions',
	'write:registration',
	'read:analytics',
	'read:orders',
	'write:orders',
	'admin:events',
	'read:agenda',
] as const;
export type Scope = (typeof SCOPES)[number];

/** "High throughput profiles such as 100 requests per second". */
const RATE_LIMIT = { limit: 100, windowMs: SECOND };
const TOKEN_BYTES = 24;
const REQUEST_ID_BYTES = 4;
/**
 * Attendees of the sandbox environment's event: a different number, so that a request to the wrong event is noticed.
 */
const OTHER_EVENT_ATTENDEES = 3;

/** What the document leaves open; each can be assigned on the state. */
const KNOBS = {
	/** `expires_in` of new tokens, seconds. */
	tokenLifeSeconds: 3600,
	/** A requested scope that was not granted: an error, or left out of the token. */
	ungrantedScopes: 'refused' as 'refused' | 'dropped',
	registrationStatus: 201 as 200 | 201,
	/** A second registration with the same e-mail, under another key or without one. */
	duplicateEmails: 'conflict' as 'conflict' | 'allowed',
	/** Whether `consents.privacy_policy` must be true even if no consents are sent. */
	privacyPolicyRequired: false,
	/** Whether `Idempotency-Key` may be anything but the documented `<uuid>`. */
	anyIdempotencyKey: false,
	/** Status of check-in and refund: 204, or 200 with the attendee or order. */
	actionStatus: 204 as 200 | 204,
	/** A second check-in of an attendee. */
	repeatedCheckIns: 'conflict' as 'conflict' | 'accepted',
	/** A second refund of an order; a `counted` one shows in `refunds`. */
	repeatedRefunds: 'counted' as 'counted' | 'conflict',
	maxPageSize: 1000,
	/** A larger `page_size`: 400, or treated as the maximum. */
	pageSizeOver: 'refused' as 'refused' | 'capped',
	/** Whether `pagination` has `total` (never for analytics). */
	totalShown: true,
	/** `next_page` of the last page. */
	lastPage: 'null' as 'null' | 'absent',
	newestFirst: false,
	/** Whether records changed exactly at `updated_since` are left out. */
	sinceIsExclusive: false,
};

interface Client {
	clientSecret: string;
	eventId: string;
	scopes: string[];
}

/** What an access token gives access to. */
export interface Grant {
	clientId: string;
	scopes: string[];
	/** Vendor's clock, Unix milliseconds. */
	expiresAt: number;
}

/** The state of the InEvent sandbox. Properties that can be assigned are knobs. */
export class InEventState implements VendorState {
	tokenLifeSeconds = KNOBS.tokenLifeSeconds;
	ungrantedScopes = KNOBS.ungrantedScopes;
	registrationStatus = KNOBS.registrationStatus;
	duplicateEmails = KNOBS.duplicateEmails;
	privacyPolicyRequired = KNOBS.privacyPolicyRequired;
	anyIdempotencyKey = KNOBS.anyIdempotencyKey;
	actionStatus = KNOBS.actionStatus;
	repeatedCheckIns = KNOBS.repeatedCheckIns;
	repeatedRefunds = KNOBS.repeatedRefunds;
	maxPageSize = KNOBS.maxPageSize;
	pageSizeOver = KNOBS.pageSizeOver;
	totalShown = KNOBS.totalShown;
	lastPage = KNOBS.lastPage;
	newestFirst = KNOBS.newestFirst;
	sinceIsExclusive = KNOBS.sinceIsExclusive;
	/** The limit of each client (tenant); the token server has none. */
	readonly rateLimit = new RateLimit(RATE_LIMIT);
	readonly clients = new Map<string, Client>();
	/** How many tokens were issued since the start or the last `reset`. */
	tokensIssued = 0;
	/** Seeded attendees by event. */
	private readonly seeds = new Map<string, number>();
	private readonly events = new Map<string, InEventEvent>();
	private readonly grants = new Map<string, Grant>();

	constructor(private readonly clock: Clock) {}

	/** The scopes that the production client may request; can be assigned. */
	get grantedScopes(): string[] {
		return this.productionClient().scopes;
	}

	set grantedScopes(scopes: string[]) {
		this.productionClient().scopes = scopes;
	}

	/**
	 * One event.
	 * @param id default: the event of the production client
	 * @throws Error when there is no such event
	 */
	event(id: string = INEVENT_CREDENTIALS.production.eventId): InEventEvent {
		const event = this.findEvent(id);
		if (!event) throw new Error(`sandbox: no event ${id}`);
		return event;
	}

	/** One event, filled on first use so that tests of other vendors do not wait for it. */
	findEvent(id: string): InEventEvent | undefined {
		const attendees = this.seeds.get(id);
		if (attendees === undefined) return undefined;
		const event = this.events.get(id) ?? new InEventEvent(this.clock, attendees);
		this.events.set(id, event);
		return event;
	}

	/** Issues an opaque access token. */
	issueToken(clientId: string, scopes: string[]): string {
		const token = randomBytes(TOKEN_BYTES).toString('base64url');
		const expiresAt = this.clock.now() + this.tokenLifeSeconds * SECOND;
		this.grants.set(token, { clientId, scopes, expiresAt });
		this.tokensIssued += 1;
		return token;
	}

	/** What a token gives access to now; undefined if it is unknown or has expired. */
	grantForToken(token: string): Grant | undefined {
		const grant = this.grants.get(token);
		return grant && grant.expiresAt > this.clock.now() ? grant : undefined;
	}

	/** Revokes one token, or all of them. */
	expireSessions(token?: string): void {
		if (token === undefined) this.grants.clear();
		else this.grants.delete(token);
	}

	/** A new request id, as in `req_8f1d2c2b`. */
	requestId(): string {
		return `req_${randomBytes(REQUEST_ID_BYTES).toString('hex')}`;
	}

	reset({ guests }: Seed): void {
		Object.assign(this, KNOBS);
		this.rateLimit.restore();
		this.grants.clear();
		this.tokensIssued = 0;
		this.clients.clear();
		this.events.clear();
		const { production, sandbox } = INEVENT_CREDENTIALS;
		for (const { clientId, clientSecret, eventId } of [production, sandbox]) {
			this.clients.set(clientId, { clientSecret, eventId, scopes: [...SCOPES] });
		}
		this.seeds.set(production.eventId, guests);
		this.seeds.set(sandbox.eventId, OTHER_EVENT_ATTENDEES);
	}

	toJSON(): unknown {
		const knobs = Object.fromEntries(
			Object.entries(this).filter(([name]) => Object.hasOwn(KNOBS, name)),
		);
		return {
			...knobs,
			grantedScopes: this.grantedScopes,
			rateLimit: this.rateLimit,
			tokensIssued: this.tokensIssued,
			openTokens: this.grants.size,
			events: Object.fromEntries(
				Array.from(this.seeds.keys(), (eventId) => [eventId, this.findEvent(eventId)]),
			),
		};
	}

	private productionClient(): Client {
		const client = this.clients.get(INEVENT_CREDENTIALS.production.clientId);
		if (!client) throw new Error('sandbox: the clients are not seeded');
		return client;
	}
}

// What the Eventtia sandbox remembers: accounts, valid tokens, events, web hooks; and what the document leaves open.

import { randomBytes, randomUUID } from 'node:crypto';

import { EVENTTIA_CREDENTIALS } from './credentials.mts';
import type { Clock } from '../shared/clock.mts';
import type { Seed, VendorState } from '../shared/endpoint.mts';
import { RateLimit } from '../shared/rate-limit.mts';
import { DAY, MINUTE, SECOND } from '../shared/time.mts';
import { fullEvent } from './areas/events.mts';
import { shownAttendee } from './areas/attendees.mts';
import { type EventFacts, EventtiaEvent } from './event.mts';
import { type CloneParts, Clones } from './records/clones.mts';
import { WebHooks } from './records/web-hooks.mts';
import { OTHER_ACCOUNT, seedEvents } from './seed.mts';

/** "Tokens issued by Eventtia are valid for 30 days." */
const TOKEN_LIFE_SECONDS = (30 * DAY) / SECOND;
const TOKEN_BYTES = 32;
const FIRST_ID = 1_000_000;

/** What the document leaves open; each can be assigned on the state. */
const KNOBS = {
	/** Whether lists have `links`. */
	links: true,
	/** Whether lists have `meta.total_pages`. */
	totals: true,
	tokenLifeSeconds: TOKEN_LIFE_SECONDS,
	/** How the list of attendees, which needs no token, treats an unknown or expired one: 401, or as no token. */
	endedToken: 'refused' as 'refused' | 'anonymous',
	/** The zone of the filters `created_date_time` and `updated_date_time`. */
	filterZone: 'event' as 'event' | 'utc',
	/** Whether those filters include a record with exactly that time: "after the given datetime". */
	filterBound: 'exclusive' as 'exclusive' | 'inclusive',
	/** Whether attendees are listed newest first. */
	newestFirst: false,
	/** Choices of a select: a list in `values`, lines of text in `values`, or a list in `options`. */
	fieldChoices: 'list' as 'list' | 'lines' | 'options',
	/** A registration with an e-mail that is already registered. */
	duplicateEmails: 'refused' as 'refused' | 'allowed',
	/** Which attendee is found when several have the same e-mail. */
	byEmail: 'first' as 'first' | 'last',
	/** Status of a cancellation: 200 with the attendee, or 204. */
	cancelStatus: 200 as 200 | 204,
	/** Cancelling a second time. */
	repeatedCancels: 'accepted' as 'accepted' | 'refused',
	/** Registering an attendee to an activity a second time. */
	repeatedActivities: 'accepted' as 'accepted' | 'refused',
	/** After how many progress requests a clone is ready. */
	cloneAfterRequests: 2,
	/** Alternatively: after how many milliseconds. */
	cloneAfterMs: null as number | null,
	/** Deleting a web hook that does not exist. */
	unknownWebHookStatus: 404 as 200 | 404,
	/** `in_the_future=false` for activities: ignored, or the same as `true` ("Send this param"). */
	inTheFuture: 'value' as 'value' | 'present',
	/** Set Categories: "assign" replaces the activity's own, or adds to them ("Add Categories"). */
	setCategories: 'replace' as 'replace' | 'add',
	/** Which field `start_date_time` and `end_date_time` of payments filter by. */
	paymentFilter: 'created_at' as 'created_at' | 'updated_at',
	/** An event param: a resource, or its bare value. */
	eventParamForm: 'resource' as 'resource' | 'bare',
};

/** Who can log in. */
export interface EventtiaAccount {
	email: string;
	password: string;
	username: string;
	clientId: string;
	clientSecret: string;
	apiKey: string;
}

interface Grant {
	email: string;
	/** Vendor's clock, Unix milliseconds. */
	expiresAt: number;
}

/** The state of the Eventtia sandbox. Properties that can be assigned are knobs. */
export class EventtiaState implements VendorState {
	links = KNOBS.links;
	totals = KNOBS.totals;
	tokenLifeSeconds = KNOBS.tokenLifeSeconds;
	endedToken = KNOBS.endedToken;
	filterZone = KNOBS.filterZone;
	filterBound = KNOBS.filterBound;
	newestFirst = KNOBS.newestFirst;
	fieldChoices = KNOBS.fieldChoices;
	duplicateEmails = KNOBS.duplicateEmails;
	byEmail = KNOBS.byEmail;
	cancelStatus = KNOBS.cancelStatus;
	repeatedCancels = KNOBS.repeatedCancels;
	repeatedActivities = KNOBS.repeatedActivities;
	cloneAfterRequests = KNOBS.cloneAfterRequests;
	cloneAfterMs = KNOBS.cloneAfterMs;
	unknownWebHookStatus = KNOBS.unknownWebHookStatus;
	inTheFuture = KNOBS.inTheFuture;
	setCategories = KNOBS.setCategories;
	paymentFilter = KNOBS.paymentFilter;
	eventParamForm = KNOBS.eventParamForm;
	/** The limit of each account; off by default. */
	readonly rateLimit = new RateLimit({ limit: null, windowMs: MINUTE });
	/** By e-mail. */
	readonly accounts = new Map<string, EventtiaAccount>();
	/** By `event_uri`, in the order of creation. */
	readonly events = new Map<string, EventtiaEvent>();
	readonly webHooks: WebHooks = new WebHooks(this);
	readonly clones: Clones = new Clones((source, parts) => this.finishClone(source, parts));
	/** How many tokens were issued since the start or the last `reset`. */
	tokensIssued = 0;
	private readonly grants = new Map<string, Grant>();
	private lastId = FIRST_ID;

	constructor(readonly clock: Clock) {}

	/**
	 * One event.
	 * @param uri default: the first event of the account in `EVENTTIA_CREDENTIALS`
	 * @throws Error when there is no such event
	 */
	event(uri: string = EVENTTIA_CREDENTIALS.eventUri): EventtiaEvent {
		const event = this.events.get(uri);
		if (!event) throw new Error(`sandbox: no event ${uri}`);
		return event;
	}

	/** The events of an account, including clones that are ready. */
	eventsForAccount(accountEmail: string): EventtiaEvent[] {
		this.clones.settle();
		const events = Array.from(this.events.values());
		return events.filter((event) => event.accountEmail === accountEmail);
	}

	/** The text itself or, if that is taken, the text with the first free number, as an `event_uri`. */
	freeUri(uri: string): string {
		if (!this.events.has(uri)) return uri;
		let n = 2;
		while (this.events.has(`${uri}-${n}`)) n += 1;
		return `${uri}-${n}`;
	}

	/** Adds an empty event and notifies the web hooks. */
	addEvent(facts: EventFacts, accountEmail: string): EventtiaEvent {
		const seed = { filled: false, attendees: 0 };
		const event = new EventtiaEvent(this, accountEmail, facts, randomUUID(), this.now(), seed);
		this.adopt(event);
		this.webHooks.fire('event_created', event, () => fullEvent(event));
		return event;
	}

	/** Changes an event and notifies the web hooks. A new `event_uri` becomes its address. */
	updateEvent(event: EventtiaEvent, facts: EventFacts): void {
		this.events.delete(event.uri);
		event.facts = facts;
		event.updatedAt = this.now();
		this.events.set(event.uri, event);
		this.webHooks.fire('event_updated', event, () => fullEvent(event));
	}

	/** The next ID of any new record. IDs are unique across the account and shown as strings. */
	nextId(): string {
		this.lastId += 1;
		return String(this.lastId);
	}

	/** Reserves `count` consecutive ids. @returns the first of them */
	reserveIds(count: number): number {
		const first = this.lastId + 1;
		this.lastId += count;
		return first;
	}

	/** The vendor's time, Unix milliseconds. */
	now(): number {
		return this.clock.now();
	}

	/** Issues an opaque token. */
	issueToken(account: EventtiaAccount): string {
		const token = randomBytes(TOKEN_BYTES).toString('base64url');
		const expiresAt = this.now() + this.tokenLifeSeconds * SECOND;
		this.grants.set(token, { email: account.email, expiresAt });
		this.tokensIssued += 1;
		return token;
	}

	/** The account that this token belongs to now; undefined if it is unknown or has expired. */
	accountForToken(token: string): EventtiaAccount | undefined {
		const grant = this.grants.get(token);
		return grant && grant.expiresAt > this.now() ? this.accounts.get(grant.email) : undefined;
	}

	/** Revokes one token, or all of them. */
	expireSessions(token?: string): void {
		if (token === undefined) this.grants.clear();
		else this.grants.delete(token);
	}

	reset({ guests }: Seed): void {
		Object.assign(this, KNOBS);
		this.rateLimit.restore();
		this.grants.clear();
		this.tokensIssued = 0;
		this.lastId = FIRST_ID;
		this.accounts.clear();
		this.events.clear();
		this.webHooks.clear();
		this.clones.clear();
		const { email, password, clientId, clientSecret, accountApiKey: apiKey } = EVENTTIA_CREDENTIALS;
		const own = { email, password, clientId, clientSecret, apiKey, username: 'Jon Doe' };
		for (const account of [own, OTHER_ACCOUNT]) this.accounts.set(account.email, account);
		for (const event of seedEvents(this, guests)) this.adopt(event);
	}

	toJSON(): unknown {
		const knobs = Object.fromEntries(
			Object.entries(this).filter(([name]) => Object.hasOwn(KNOBS, name)),
		);
		return {
			...knobs,
			rateLimit: this.rateLimit,
			tokensIssued: this.tokensIssued,
			openTokens: this.grants.size,
			...Object(this.webHooks.toJSON()),
			events: Object.fromEntries(this.events),
		};
	}

	private adopt(event: EventtiaEvent): void {
		this.events.set(event.uri, event);
		event.attendees.onChange((change, attendee) => {
			this.webHooks.fire(`attendee_${change}`, event, () => shownAttendee(event, attendee));
		});
	}

	private finishClone(source: EventtiaEvent, parts: CloneParts): void {
		const { facts } = source;
		const clone = this.addEvent(
			{
				...facts,
				name: `${facts.name} (clone)`,
				uri: this.freeUri(`${facts.uri}-clone`),
				clonedFromId: Number(source.id),
				isTemplate: false,
			},
			source.accountEmail,
		);
		if (parts.attendeeTypes) {
			for (const type of source.attendeeTypes.all()) clone.attendeeTypes.copy(type);
		}
		if (parts.speakers) clone.activities.copySpeakers(source.activities);
		if (parts.pois) clone.guide.copyPois(source.guide);
		if (parts.zones) clone.exhibitors.copyZones(source.exhibitors);
		if (parts.conferences) clone.networking.copyConferences(source.networking);
		if (parts.activities) {
			for (const activity of source.activities.activities.values()) {
				clone.activities.add({ ...activity, price: null, speakerIds: [], categoryIds: [] });
			}
		}
	}
}

/**
 * The webhooks of an instant trigger: which there should be, which there are, and whether a delivery is
 * really from Eventtia (eventtia.md, "Web Hooks": the target URL "must contain all the information needed to
 * validate that the request comes from Eventtia"). Pure but for chance.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';

const SECRET_BYTES = 32;
const SECRET = 'secret';
const TRIGGER = 'trigger';

/** Events of the instant trigger and the vendor's names for them; check-ins are not among them. */
export const INSTANT_EVENTS = [
	{ name: 'Attendee Created', value: 'attendeeCreated', trigger: 'attendee_created' },
	{ name: 'Attendee Updated', value: 'attendeeUpdated', trigger: 'attendee_updated' },
	{ name: 'Event Created', value: 'eventCreated', trigger: 'event_created' },
	{ name: 'Event Updated', value: 'eventUpdated', trigger: 'event_updated' },
] as const;

/** One webhook: what is sent where. */
export interface Subscription {
	targetUrl: string;
	trigger: string;
}

/** What an active trigger keeps: enough to end its webhooks, whatever the node says by then. */
export interface Subscribed {
	secret: string;
	/** The event whose webhooks these are; undefined for those of the account. */
	eventUri: string | undefined;
	hooks: Subscription[];
}

export function newSecret(): string {
	return randomBytes(SECRET_BYTES).toString('base64url');
}

/** A target URL must be unique, so each trigger has one of its own. */
export function wantedHooks(
	webhookUrl: string,
	secret: string,
	events: readonly string[],
): Subscription[] {
	return INSTANT_EVENTS.filter(({ value }) => events.includes(value)).map(({ trigger }) => {
		const url = new URL(webhookUrl);
		url.searchParams.set(TRIGGER, trigger);
		url.searchParams.set(SECRET, secret);
		return { targetUrl: url.toString(), trigger };
	});
}

export function sameHook(a: Subscription, b: Subscription): boolean {
	return a.targetUrl === b.targetUrl && a.trigger === b.trigger;
}

/** Whether a webhook belongs to this node but is no longer wanted: same address, another secret or trigger. */
export function isLeftOver(
	hook: Subscription,
	webhookUrl: string,
	wanted: readonly Subscription[],
): boolean {
	const address = hook.targetUrl.split('?', 1)[0];
	return address === new URL(webhookUrl).toString() && !wanted.some((one) => sameHook(one, hook));
}

/** @returns what was kept, or undefined if it is not readable */
export function readSubscribed(kept: unknown): Subscribed | undefined {
	if (!isObject(kept) || typeof kept.secret !== 'string' || !Array.isArray(kept.hooks)) {
		return undefined;
	}
	const listed: unknown[] = kept.hooks;
	const hooks = listed.flatMap((hook) =>
		isObject(hook) && typeof hook.targetUrl === 'string' && typeof hook.trigger === 'string'
			? [{ targetUrl: hook.targetUrl, trigger: hook.trigger }]
			: [],
	);
	const eventUri = typeof kept.eventUri === 'string' ? kept.eventUri : undefined;
	return { secret: kept.secret, eventUri, hooks };
}

/** Compares in a time that says nothing about how much of the secret was right. */
export function isSecret(given: unknown, secret: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

/** The event that a delivery is about, by the trigger in its address. */
export function eventOf(query: IDataObject): string | undefined {
	return INSTANT_EVENTS.find(({ trigger }) => trigger === query[TRIGGER])?.value;
}

/** The secret in the address of a delivery. */
export function secretOf(query: IDataObject): unknown {
	return query[SECRET];
}

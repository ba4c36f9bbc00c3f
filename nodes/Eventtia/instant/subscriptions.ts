/**
 * The webhooks of an instant trigger: which ones it needs, and whether a delivery comes from Eventtia
 * (eventtia.md, "Web Hooks": the target URL "must contain all the information needed to validate that the
 * request comes from Eventtia"). Pure, except for {@link newSecret}.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';

const SECRET_BYTES = 32;
/** Query parameters of the target URL. */
const SECRET_PARAMETER = 'secret';
const TRIGGER_PARAMETER = 'trigger';

/** Events of the instant trigger, with the vendor's `trigger` names. There is none for check-ins. */
export const INSTANT_EVENTS = [
	{ name: 'Attendee Created', value: 'attendeeCreated', trigger: 'attendee_created' },
	{ name: 'Attendee Updated', value: 'attendeeUpdated', trigger: 'attendee_updated' },
	{ name: 'Event Created', value: 'eventCreated', trigger: 'event_created' },
	{ name: 'Event Updated', value: 'eventUpdated', trigger: 'event_updated' },
] as const;

/** One webhook: the event that Eventtia reports, and the URL it calls. */
export interface Subscription {
	targetUrl: string;
	trigger: string;
}

/** The state of an active trigger: enough to delete its webhooks, even after the node was changed. */
export interface SubscriptionState {
	secret: string;
	/** The event that the webhooks belong to; undefined for those of the account. */
	eventUri: string | undefined;
	hooks: Subscription[];
}

export function newSecret(): string {
	return randomBytes(SECRET_BYTES).toString('base64url');
}

/** The webhooks for the chosen events. Eventtia requires unique target URLs, so each trigger has its own. */
export function wantedHooks(
	webhookUrl: string,
	secret: string,
	events: readonly string[],
): Subscription[] {
	return INSTANT_EVENTS.filter(({ value }) => events.includes(value)).map(({ trigger }) => {
		const url = new URL(webhookUrl);
		url.searchParams.set(TRIGGER_PARAMETER, trigger);
		url.searchParams.set(SECRET_PARAMETER, secret);
		return { targetUrl: url.toString(), trigger };
	});
}

export function sameHook(a: Subscription, b: Subscription): boolean {
	return a.targetUrl === b.targetUrl && a.trigger === b.trigger;
}

/** Whether a webhook is an old one of this node: the same address with another secret or trigger. */
export function isObsolete(
	hook: Subscription,
	webhookUrl: string,
	wanted: readonly Subscription[],
): boolean {
	const address = hook.targetUrl.split('?', 1)[0];
	return address === new URL(webhookUrl).toString() && !wanted.some((one) => sameHook(one, hook));
}

/** @returns the stored state; undefined if there is none, or it cannot be read */
export function readSubscriptionState(saved: unknown): SubscriptionState | undefined {
	if (!isObject(saved) || typeof saved.secret !== 'string' || !Array.isArray(saved.hooks)) {
		return undefined;
	}
	const savedHooks: unknown[] = saved.hooks;
	const hooks = savedHooks.flatMap((hook) =>
		isObject(hook) && typeof hook.targetUrl === 'string' && typeof hook.trigger === 'string'
			? [{ targetUrl: hook.targetUrl, trigger: hook.trigger }]
			: [],
	);
	const eventUri = typeof saved.eventUri === 'string' ? saved.eventUri : undefined;
	return { secret: saved.secret, eventUri, hooks };
}

/** Compares in constant time, which reveals nothing about the secret. */
export function isSecret(given: unknown, secret: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

/** The event of a delivery, from its URL. */
export function readEvent(query: IDataObject): string | undefined {
	return INSTANT_EVENTS.find(({ trigger }) => trigger === query[TRIGGER_PARAMETER])?.value;
}

/** The secret of a delivery, from its URL. */
export function readSecret(query: IDataObject): unknown {
	return query[SECRET_PARAMETER];
}

// Web hooks: the subscriptions and their deliveries.

import { SECOND } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import type { Resource } from '../jsonapi.mts';
import type { EventtiaState } from '../state.mts';

/** The document's list of triggers is empty; its samples name two, the vendor's public node all four. */
export const TRIGGERS = [
	'attendee_created',
	'attendee_updated',
	'event_created',
	'event_updated',
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** How long a target may take to respond. */
const TIME_LIMIT_MS = 5 * SECOND;

/** A web hook of one event, or (without `event`) of all events of an account. */
export interface WebHook {
	id: string;
	targetUrl: string;
	trigger: string;
	/** Unix milliseconds. */
	createdAt: number;
	accountEmail: string;
	event: EventtiaEvent | null;
}

/** One POST to a target. `status` is 0 until the target responds; if it never does, `error` says why. */
export interface Delivery {
	webHookId: string;
	url: string;
	trigger: Trigger;
	status: number;
	error?: string;
}

/** The web hooks of every account. */
export class WebHooks {
	readonly deliveries: Delivery[] = [];
	private rows: WebHook[] = [];
	private pending = new AbortController();

	constructor(private readonly state: EventtiaState) {}

	/** The web hooks of an account; with an event, only those of that event. */
	of(accountEmail: string, event?: EventtiaEvent): WebHook[] {
		return this.rows.filter(
			(row) =>
				row.accountEmail === accountEmail && (event === undefined || row.event?.id === event.id),
		);
	}

	has(targetUrl: string): boolean {
		return this.rows.some((row) => row.targetUrl === targetUrl);
	}

	add(given: Pick<WebHook, 'targetUrl' | 'trigger' | 'accountEmail' | 'event'>): WebHook {
		const row = { ...given, id: this.state.nextId(), createdAt: this.state.now() };
		this.rows.push(row);
		return row;
	}

	/** Removes the web hooks with this target and (if given) trigger. @returns how many there were */
	remove(
		{ targetUrl, trigger }: { targetUrl: string; trigger?: string | undefined },
		accountEmail: string,
		event: EventtiaEvent | null,
	): number {
		const isMeant = (row: WebHook) =>
			row.targetUrl === targetUrl &&
			(trigger === undefined || row.trigger === trigger) &&
			row.accountEmail === accountEmail &&
			row.event?.id === event?.id;
		const before = this.rows.length;
		this.rows = this.rows.filter((row) => !isMeant(row));
		return before - this.rows.length;
	}

	/**
	 * Sends a notification to every web hook that subscribes to this. It is sent once, whatever the target responds.
	 */
	fire(trigger: Trigger, event: EventtiaEvent, record: () => Resource): void {
		const rows = this.rows.filter(
			(row) =>
				row.trigger === trigger &&
				row.accountEmail === event.accountEmail &&
				(row.event === null || row.event.id === event.id),
		);
		for (const row of rows) void this.deliver(row, trigger, { data: record() });
	}

	/** Drops all web hooks and abandons deliveries in flight. */
	clear(): void {
		this.pending.abort();
		this.pending = new AbortController();
		this.rows = [];
		this.deliveries.length = 0;
	}

	toJSON(): unknown {
		return {
			webHooks: this.rows.map(({ event, ...row }) => ({ ...row, eventUri: event?.uri ?? null })),
			deliveries: this.deliveries,
		};
	}

	private async deliver(row: WebHook, trigger: Trigger, payload: unknown): Promise<void> {
		// The target in the sample has no scheme.
		const url = /^https?:/i.test(row.targetUrl) ? row.targetUrl : `http://${row.targetUrl}`;
		const delivery: Delivery = { webHookId: row.id, url, trigger, status: 0 };
		this.deliveries.push(delivery);
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(payload),
				redirect: 'manual',
				signal: AbortSignal.any([this.pending.signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
			});
			await answer.arrayBuffer();
			delivery.status = answer.status;
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
	}
}

/**
 * Talks to Event Vault: which request is safe to repeat, what a good response is, and the clock.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { CallError, type Problem } from '../shared/errors';
import { type HintTopic } from '../shared/hints';
import { credentialText } from '../shared/fields/credentialText';
import { createApi, type Api, type RecordKind } from '../shared/http/api';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { PromiseCache } from '../shared/http/promiseCache';
import { createSender, type Send } from '../shared/http/send';
import { isError, Status } from '../shared/http/status';
import type { HttpRequest, HttpResponse } from '../shared/http/types';
import { CLOCK_TOLERANCE_MS, clockOffsetMs, describeOffset } from './clock';
import { responseText, toProblem } from './errors';
import { guestKey, isGuest, isGuestCount, isTicket } from './records';
import type { GuestCount, VaultGuest, VaultTicket } from './records';

export const EVENT_VAULT = 'Event Vault';
export const CREDENTIAL_TYPE = 'eventVaultApi';
/** A smaller difference between the clocks is not worth a hint. */
const NOTABLE_OFFSET_MS = CLOCK_TOLERANCE_MS / 2;
/** The status for a time stamp too far from Event Vault's clock (event-vault.md, "Response Codes"). */
const TIMESTAMP_OUT_OF_RANGE = Status.requestTimeout;

/** The clock of this n8n is notably off; each fact is an offset in milliseconds. */
const CLOCK_OFF: HintTopic<number> = {
	type: 'warning',
	write(facts) {
		const offsetMs = facts.at(-1)?.fact ?? 0;
		if (Math.abs(offsetMs) < NOTABLE_OFFSET_MS) return undefined;
		return `${describeOffset(offsetMs)}. The requests were sent with the right time; set the clock of the server all the same.`;
	},
};

const GUESTS: RecordKind<VaultGuest> = {
	isRecord: isGuest,
	name: 'a guest',
	lacks: 'without the documented fields',
};

const TICKETS: RecordKind<VaultTicket> = {
	isRecord: isTicket,
	name: 'a ticket',
	lacks: 'without the documented fields',
};

/** How a write ended. */
export interface WriteResult {
	/** `already`: nothing had to be changed. */
	outcome: 'done' | 'already';
	/** Event Vault's text. */
	message: string;
	/** An earlier attempt broke off, and is taken for the one that made the change. */
	ambiguous: boolean;
}

/** One of the four writes. */
export interface Write {
	path: '/addGuest' | '/removeGuest' | '/addTicket' | '/removeTicket';
	/** The text of a good response. */
	success: string;
	/** The error which says that nothing has to be changed. */
	unchanged?: { status: number; text: string };
}

/** The tickets of one guest, or of one type; all tickets if neither is given. */
export interface TicketFilter {
	userEmail?: string | undefined;
	ticketType?: string | undefined;
}

export class EventVaultClient {
	private readonly send: Send;

	private readonly api: Api;

	private readonly secrets: string[];

	/** Lists read in this execution: 1,000 items that use the same list read it once. */
	private readonly guestLists = new PromiseCache<VaultGuest[]>();

	private readonly guestIndexes = new PromiseCache<Map<string, VaultGuest>>();

	private readonly ticketLists = new PromiseCache<VaultTicket[]>();

	/** @throws InputError if the credential's Base URL cannot be used */
	constructor(private readonly settings: ClientSettings) {
		const { credentials } = settings;
		this.secrets = [credentialText(credentials, 'apiKey', 'API Key')];
		credentialText(credentials, 'clientId', 'Client ID');
		credentialText(credentials, 'eventId', 'Event ID');
		this.send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl: checkBaseUrl(credentials.baseUrl, 'Base URL'),
			vendor: EVENT_VAULT,
		});
		this.api = createApi(
			{ name: EVENT_VAULT, toProblem },
			async (request) => await this.sendWithClock(request),
			() => this.secrets,
		);
	}

	/**
	 * Writes are idempotent: adding or removing twice leaves the same list. The error that a second
	 * attempt gets after a first one broke off is taken for success.
	 *
	 * @param eventId another event than the credential's
	 * @param acceptUnchanged whether it is fine if nothing had to be changed
	 * @throws CallError for every other response, also for a 200 without the documented text
	 */
	async write(
		eventId: string | undefined,
		write: Write,
		body: IDataObject,
		acceptUnchanged: boolean,
	): Promise<WriteResult> {
		const response = await this.api.send({
			method: 'POST',
			path: write.path,
			headers: eventHeader(eventId),
			body,
			safety: 'idempotent',
			expects: 'text',
		});
		const { status, ambiguous } = response;
		const message = responseText(response);
		if (write.unchanged?.status === status && write.unchanged.text === message) {
			if (ambiguous) return { outcome: 'done', message, ambiguous };
			if (acceptUnchanged) return { outcome: 'already', message, ambiguous };
		}
		if (isError(status)) throw this.api.error(response);
		if (message === write.success) return { outcome: 'done', message, ambiguous: false };
		throw this.api.unexpected(response, `the text "${write.success}"`);
	}

	/** All guests of the event: Event Vault has no pages. */
	async guests(eventId: string | undefined): Promise<VaultGuest[]> {
		return await this.guestLists.get(
			eventId ?? '',
			async () => await this.list(eventId, '/getGuests', {}, GUESTS, 'a list of guests'),
		);
	}

	/** One guest, by email in any case. Event Vault has no request for one guest, so the list is read once. */
	async guest(eventId: string | undefined, userEmail: string): Promise<VaultGuest | undefined> {
		const index = await this.guestIndexes.get(eventId ?? '', async () => {
			const guests = await this.guests(eventId);
			return new Map(guests.map((guest) => [guestKey(guest.email), guest]));
		});
		return index.get(guestKey(userEmail));
	}

	/** Tickets of the event: all, or those of one guest (none for an unknown guest), or of one type. */
	async tickets(eventId: string | undefined, filter: TicketFilter): Promise<VaultTicket[]> {
		const [path, qs] = ticketQuery(filter);
		return await this.ticketLists.get(
			JSON.stringify([eventId, path, qs]),
			async () => await this.list(eventId, path, qs, TICKETS, 'a list of tickets'),
		);
	}

	async guestCount(eventId: string | undefined): Promise<GuestCount> {
		const headers = eventHeader(eventId);
		const response = await this.api.get('/getGuestCount', { qs: {}, headers });
		if (isGuestCount(response.body)) return response.body;
		throw this.api.unexpected(response, 'the guest count');
	}

	private async list<T>(
		eventId: string | undefined,
		path: string,
		qs: IDataObject,
		kind: RecordKind<T>,
		expected: string,
	): Promise<T[]> {
		const response = await this.api.get(path, { qs, headers: eventHeader(eventId) });
		return this.api.records(response, response.body, kind, expected);
	}

	/**
	 * Sends a request. After a 408 it is sent once more, with the time from Event Vault's own `Date` header,
	 * which then serves all later requests of the execution.
	 */
	private async sendWithClock(request: HttpRequest): Promise<HttpResponse> {
		const first = await this.send(request);
		if (first.status !== TIMESTAMP_OUT_OF_RANGE) return first;

		const offsetMs = clockOffsetMs(first.headers, Date.now());
		if (offsetMs === undefined) throw new CallError(this.clockProblem(first, undefined));
		this.settings.hints.add(CLOCK_OFF, offsetMs);
		this.settings.credentials.clockOffsetMs = offsetMs;
		const second = await this.send(request);
		if (second.status === TIMESTAMP_OUT_OF_RANGE) {
			throw new CallError(this.clockProblem(second, offsetMs));
		}
		return { ...second, ambiguous: first.ambiguous || second.ambiguous };
	}

	private clockProblem(response: HttpResponse, offsetMs: number | undefined): Problem {
		const measured =
			offsetMs === undefined
				? 'Event Vault did not say what time it has'
				: `${describeOffset(offsetMs)}; a second try with the corrected time was refused as well`;
		return {
			...toProblem(response, this.secrets),
			hint: `${measured}. Set the clock of the server that runs n8n (for example by NTP).`,
			failure: { cause: 'configuration-invalid' },
		};
	}
}

/** Chooses another event than the credential's. */
function eventHeader(eventId: string | undefined): Record<string, string> {
	return eventId === undefined ? {} : { 'x-event-id': eventId };
}

/** The ticket list, of three, that holds what is wanted in the fewest rows. */
function ticketQuery(filter: TicketFilter): [string, IDataObject] {
	if (filter.userEmail !== undefined) return ['/getGuestTickets', { userEmail: filter.userEmail }];
	if (filter.ticketType !== undefined)
		return ['/getTicketsByType', { ticketType: filter.ticketType }];
	return ['/getAllTickets', {}];
}

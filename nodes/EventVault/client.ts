/**
 * Talks to Event Vault: which call is safe to repeat, what a good answer is, and the clock.
 */
import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { credentialText } from '../shared/fields/credentialText';
import { CallError } from '../shared/errors';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { PromiseCache } from '../shared/http/promiseCache';
import { createSender, type Send } from '../shared/http/send';
import type { HttpResponse, HttpRequest } from '../shared/http/types';
import { CLOCK_TOLERANCE_MS, clockOffsetMs, describeOffset } from './clock';
import { toProblem, STATUS, textOf } from './errors';
import { guestKey, isGuest, isGuestCount, isTicket } from './records';
import type { GuestCount, VaultGuest, VaultTicket } from './records';

export const EVENT_VAULT = 'Event Vault';
export const CREDENTIAL_TYPE = 'eventVaultApi';
const FIRST_ERROR = 300;
/** Below this a difference between the clocks is nobody's concern. */
const NOTABLE_OFFSET_MS = CLOCK_TOLERANCE_MS / 2;

/** How a write ended. */
export interface WriteResult {
	/** `already`: things were as wanted before. */
	outcome: 'done' | 'already';
	/** Event Vault's words. */
	message: string;
	/** An earlier try broke off and was taken as the one that did it. */
	ambiguous: boolean;
}

/** One of the four writes. */
export interface Write {
	path: '/addGuest' | '/removeGuest' | '/addTicket' | '/removeTicket';
	/** The text of a good answer. */
	success: string;
	/** The refusal which says that things are as wanted already. */
	unchanged?: { status: number; text: string };
}

/** Whose tickets, or of which type; all where neither is given. */
export interface TicketFilter {
	userEmail?: string | undefined;
	ticketType?: string | undefined;
}

export class EventVaultClient {
	private readonly send: Send;

	private readonly secrets: string[];

	private offsetMs = 0;

	/** Lists read in this execution: 1,000 items that look into the same list read it once. */
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
	}

	/**
	 * Writes are repeatable: adding or removing twice leaves the same list. The refusal that a second
	 * try meets after a first one broke off is read as its success (design §4.3).
	 *
	 * @param eventId another event than the credential's
	 * @param acceptUnchanged whether it is fine if things were as wanted before
	 * @throws CallError for every other answer, also for a 200 without the documented text
	 */
	async write(
		eventId: string | undefined,
		write: Write,
		body: IDataObject,
		acceptUnchanged: boolean,
	): Promise<WriteResult> {
		const response = await this.call(eventId, {
			method: 'POST',
			path: write.path,
			body,
			safety: 'idempotent',
			expects: 'text',
		});
		const { status, ambiguous } = response;
		const message = textOf(response);
		if (write.unchanged?.status === status && write.unchanged.text === message) {
			if (ambiguous) return { outcome: 'done', message, ambiguous };
			if (acceptUnchanged) return { outcome: 'already', message, ambiguous };
		}
		this.assertGood(response);
		if (message !== write.success) {
			throw new CallError(
				unexpectedBodyProblem(
					EVENT_VAULT,
					{ ...response, ambiguous: true },
					`the text "${write.success}"`,
					this.secrets,
				),
			);
		}
		return { outcome: 'done', message, ambiguous: false };
	}

	/** All guests of the event, whole: Event Vault has no pages. */
	async guests(eventId: string | undefined): Promise<VaultGuest[]> {
		return await this.guestLists.get(
			eventId ?? '',
			async () => await this.list(eventId, '/getGuests', {}, isGuest, 'guest'),
		);
	}

	/** One guest, by address in any case: Event Vault has no call for one, so the list is read once. */
	async guest(eventId: string | undefined, userEmail: string): Promise<VaultGuest | undefined> {
		const index = await this.guestIndexes.get(eventId ?? '', async () => {
			const guests = await this.guests(eventId);
			return new Map(guests.map((guest) => [guestKey(guest.email), guest]));
		});
		return index.get(guestKey(userEmail));
	}

	/** Tickets of the event: all, or those of one guest (none for an unknown guest), or of one type. */
	async tickets(eventId: string | undefined, of: TicketFilter): Promise<VaultTicket[]> {
		const [path, qs] = ticketQuery(of);
		return await this.ticketLists.get(
			JSON.stringify([eventId, path, qs]),
			async () => await this.list(eventId, path, qs, isTicket, 'ticket'),
		);
	}

	async guestCount(eventId: string | undefined): Promise<GuestCount> {
		const response = await this.read(eventId, '/getGuestCount', {});
		if (isGuestCount(response.body)) return response.body;
		throw new CallError(
			unexpectedBodyProblem(EVENT_VAULT, response, 'the guest count', this.secrets),
		);
	}

	hints(): NodeExecutionHint[] {
		if (Math.abs(this.offsetMs) < NOTABLE_OFFSET_MS) return [];
		return [
			{
				message: `${describeOffset(this.offsetMs)}. The requests were sent with the right time; set the clock of the server all the same.`,
				type: 'warning',
				location: 'outputPane',
			},
		];
	}

	private async list<T>(
		eventId: string | undefined,
		path: string,
		qs: IDataObject,
		isRecord: (value: unknown) => value is T,
		record: string,
	): Promise<T[]> {
		const response = await this.read(eventId, path, qs);
		const body: unknown = response.body;
		if (!Array.isArray(body)) {
			throw new CallError(
				unexpectedBodyProblem(EVENT_VAULT, response, `a list of ${record}s`, this.secrets),
			);
		}
		const invalidIndex = body.findIndex((value) => !isRecord(value));
		if (invalidIndex < 0) return body;
		throw new CallError({
			message: `Event Vault’s list has a ${record} (number ${invalidIndex + 1}) without the documented fields`,
			hint: 'Check "Base URL" in the credential; if it is right, ask Event Vault.',
			status: response.status,
		});
	}

	private async read(
		eventId: string | undefined,
		path: string,
		qs: IDataObject,
	): Promise<HttpResponse> {
		const response = await this.call(eventId, {
			method: 'GET',
			path,
			qs,
			safety: 'safe',
			expects: 'json',
		});
		this.assertGood(response);
		return response;
	}

	/**
	 * One call; a 408 is answered once with the time that Event Vault's own `Date` header tells
	 * (design §4.5). What was learned serves all later calls of the execution.
	 */
	private async call(eventId: string | undefined, call: HttpRequest): Promise<HttpResponse> {
		const headers = eventId === undefined ? {} : { 'x-event-id': eventId };
		const first = await this.send({ ...call, headers });
		if (first.status !== STATUS.timestampOutOfRange) return first;

		const offsetMs = clockOffsetMs(first.headers, Date.now());
		if (offsetMs === undefined) throw new CallError(this.clockProblem(first, undefined));
		this.offsetMs = offsetMs;
		this.settings.credentials.clockOffsetMs = offsetMs;
		const second = await this.send({ ...call, headers });
		if (second.status === STATUS.timestampOutOfRange) {
			throw new CallError(this.clockProblem(second, offsetMs));
		}
		return { ...second, ambiguous: first.ambiguous || second.ambiguous };
	}

	private clockProblem(response: HttpResponse, offsetMs: number | undefined) {
		const measured =
			offsetMs === undefined
				? 'Event Vault did not say what time it has'
				: `${describeOffset(offsetMs)}; a second try with the corrected time was refused as well`;
		return {
			...toProblem(response, this.secrets),
			hint: `${measured}. Set the clock of the server that runs n8n (for example by NTP).`,
			failure: { cause: 'configuration-invalid' as const },
		};
	}

	private assertGood(response: HttpResponse): void {
		if (response.status >= FIRST_ERROR) throw new CallError(toProblem(response, this.secrets));
	}
}

/** Which of the three ticket lists answers the question with the fewest rows. */
function ticketQuery(of: TicketFilter): [string, IDataObject] {
	if (of.userEmail !== undefined) return ['/getGuestTickets', { userEmail: of.userEmail }];
	if (of.ticketType !== undefined) return ['/getTicketsByType', { ticketType: of.ticketType }];
	return ['/getAllTickets', {}];
}

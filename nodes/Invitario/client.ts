/**
 * Talks to Invitario: one session per execution, opened when first needed, renewed when it expires, closed
 * at the end, as the vendor asks (invitario-check-in.md, "Important Information").
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { CallError } from '../shared/errors';
import { createApi, isCredentialError, type Api, type RecordKind } from '../shared/http/api';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { PromiseCache } from '../shared/http/promiseCache';
import { createSender, type Send } from '../shared/http/send';
import { SharedSession } from '../shared/http/session';
import type { HttpContext, HttpRequest, HttpResponse } from '../shared/http/types';
import { SECOND } from '../shared/time';
import {
	ALL_GUESTS_PATH,
	CHANGES_PATH,
	readErrors,
	isSessionExpired,
	isSuccess,
	LOG_IN_PATH,
	LOG_OUT_PATH,
	logInBody,
	readLogIn,
	type LoggedIn,
} from './auth';
import { toProblem } from './errors';
import { isGuest, lookupKey } from './records';
import type { FindBy, GuestList, InvitarioGuest } from './records';

export const INVITARIO = 'Invitario';
export const CREDENTIAL_TYPE = 'invitarioApi';
/** A finished run does not wait long for its log-out. */
const LOG_OUT_TIMEOUT_MS = 2 * SECOND;
const ALL = 'all';
const GUEST_LIST = 'the guest list';

const GUESTS: RecordKind<InvitarioGuest> = {
	isRecord: isGuest,
	name: 'a guest',
	lacks: 'without an "id"',
};

export class InvitarioClient {
	private readonly send: Send;

	/** Sends requests within the session. */
	private readonly api: Api;

	private readonly baseUrl: string;

	private readonly context: HttpContext;

	private readonly secrets: string[];

	private readonly session = new SharedSession(async () => await this.logIn(), isCredentialError);

	/** Lists read in this execution: 1,000 items that use the same list read it once. */
	private readonly lists = new PromiseCache<GuestList>();

	private readonly guestIndexes = new PromiseCache<Map<string, InvitarioGuest[]>>();

	/** @throws InputError if the credential's Base URL cannot be used */
	constructor(settings: ClientSettings) {
		// Without the stored token n8n neither opens a session of its own nor writes one back
		// (n8n `credentials-helper.js`: `preAuthentication` runs when the token is '').
		const { sessionToken: stored, ...credentials } = settings.credentials;
		this.secrets = [String(logInBody(credentials).apiKey), String(stored ?? '')];
		this.baseUrl = checkBaseUrl(credentials.baseUrl, 'Base URL');
		this.context = settings.context;
		this.send = createSender({
			...settings,
			credentials,
			credentialType: CREDENTIAL_TYPE,
			baseUrl: this.baseUrl,
			vendor: INVITARIO,
			// Which HTTP status its errors have is not documented.
			isFinalAnswer: (body) => readErrors(body).some(({ code }) => code !== undefined),
		});
		this.api = createApi(
			{
				name: INVITARIO,
				toProblem: (response, secrets) => toProblem(response, GUEST_LIST, secrets),
			},
			async (request) => await this.sendInSession(request),
			() => this.secrets,
		);
	}

	/**
	 * The event, from the response to the log-in: id, name, company, start, end, configuration.
	 *
	 * @throws CallError if the event has no id
	 */
	async event(): Promise<IDataObject> {
		const event = await this.session.use(
			async (loggedIn) => loggedIn.event,
			() => false,
		);
		if (isNumberOrText(event.id)) return event;
		throw new CallError({
			message: 'Invitario accepted the log-in, but answered without the "id" of the event',
			hint: 'Check "Base URL" in the credential; if it is right, ask Invitario.',
		});
	}

	/** The whole guest list. Whether it includes deleted guests is not documented. */
	async allGuests(): Promise<GuestList> {
		return await this.lists.get(ALL, async () => await this.list(ALL_GUESTS_PATH, {}));
	}

	/** @param sinceDateTime ISO 8601 with offset */
	async guestsChangedSince(sinceDateTime: string): Promise<GuestList> {
		return await this.lists.get(
			sinceDateTime,
			async () => await this.list(CHANGES_PATH, { sinceDateTime }),
		);
	}

	/** The whole list, indexed by what guests are looked up by, which keeps 1,000 look-ups fast. */
	async guestsBy(by: FindBy): Promise<ReadonlyMap<string, readonly InvitarioGuest[]>> {
		return await this.guestIndexes.get(by, async () => {
			const index = new Map<string, InvitarioGuest[]>();
			for (const guest of (await this.allGuests()).guests) {
				const key = lookupKey(guest, by);
				const guests = index.get(key);
				if (guests === undefined) index.set(key, [guest]);
				else guests.push(guest);
			}
			return index;
		});
	}

	/**
	 * Logs out if a session was opened. A failure does not matter: the run has finished. The request is not
	 * sent with n8n's helper for credentials, which ends every request of a stopped execution (n8n-core
	 * `authentication.js`); a log-out needs only the token in its body.
	 */
	async close(): Promise<void> {
		const opened = await this.session.currentToken();
		if (opened === undefined) return;
		const { sessionToken } = opened;
		await this.context.helpers
			.httpRequest({
				method: 'POST',
				url: `${this.baseUrl}${LOG_OUT_PATH}`,
				body: { sessionToken },
				json: true,
				timeout: LOG_OUT_TIMEOUT_MS,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})
			.catch(() => undefined);
	}

	private async list(path: string, body: IDataObject): Promise<GuestList> {
		const response = await this.api.send({
			method: 'POST',
			path,
			body,
			safety: 'safe',
			expects: 'json',
		});
		if (!isSuccess(response.body)) throw this.api.error(response);
		const { count, dateTime } = response.body;
		const guests: unknown = response.body.guests;
		if (!Array.isArray(guests) || typeof dateTime !== 'string') throw this.api.error(response);
		if (typeof count === 'number' && count > guests.length) {
			throw new CallError({
				message: `Invitario announced ${count} guests but sent ${guests.length}`,
				hint: 'The list is not whole. Run it again; if it stays, ask Invitario.',
				status: response.status,
			});
		}
		return { dateTime, guests: this.api.records(response, guests, GUESTS, GUEST_LIST) };
	}

	private async sendInSession(request: HttpRequest): Promise<HttpResponse> {
		return await this.session.use(
			async ({ sessionToken }) =>
				await this.send({ ...request, body: { ...request.body, sessionToken } }),
			({ body }) => isSessionExpired(body),
		);
	}

	private async logIn(): Promise<LoggedIn> {
		// The credential adds the keys (`authenticate`), so they never pass through here.
		const response = await this.send({
			method: 'POST',
			path: LOG_IN_PATH,
			safety: 'idempotent',
			expects: 'json',
		});
		const loggedIn = readLogIn(response.body);
		if (loggedIn === undefined) {
			throw new CallError(toProblem(response, 'a session', this.secrets));
		}
		this.secrets.push(loggedIn.sessionToken);
		return loggedIn;
	}
}

function isNumberOrText(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

/**
 * Talks to Invitario: one session per execution, opened when first needed, healed when it expires,
 * closed at the end, as the vendor asks (invitario-check-in.md, "Important Information").
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { CallError } from '../shared/errors';
import { PromiseCache } from '../shared/http/promiseCache';
import { createSender, type Send } from '../shared/http/send';
import { SharedSession } from '../shared/http/session';
import type { HttpResponse, HttpContext } from '../shared/http/types';
import { toProblem } from './errors';
import { isGuest, lookupKey } from './records';
import type { FindBy, GuestList, InvitarioGuest } from './records';
import {
	ALL_GUESTS_PATH,
	CHANGES_PATH,
	isSessionExpired,
	isSuccess,
	LOG_IN_PATH,
	LOG_OUT_PATH,
	logInBody,
	readLogIn,
	type LoggedIn,
} from './auth';

export const INVITARIO = 'Invitario';
export const CREDENTIAL_TYPE = 'invitarioApi';
/** A finished run does not wait long for its log-out. */
const LOG_OUT_TIMEOUT_MS = 2_000;
const ALL = 'all';

export class InvitarioClient {
	private readonly send: Send;

	private readonly baseUrl: string;

	private readonly context: HttpContext;

	private readonly secrets: string[];

	private readonly session = new SharedSession(async () => await this.logIn(), isCredentialError);

	/** Lists read in this execution: 1,000 items that look into the same list read it once. */
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
		});
	}

	/**
	 * The event, from the log-in's answer: id, name, company, start, end, configuration.
	 *
	 * @throws CallError if it does not say which event it is
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

	/** The whole guest list; whether deleted guests are in it is not documented. */
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

	/** The whole list by what guests are looked up by; the index keeps 1,000 look-ups quick. */
	async guestsBy(by: FindBy): Promise<ReadonlyMap<string, readonly InvitarioGuest[]>> {
		return await this.guestIndexes.get(by, async () => {
			const index = new Map<string, InvitarioGuest[]>();
			for (const guest of (await this.allGuests()).guests) {
				const key = lookupKey(guest, by);
				const sharing = index.get(key);
				if (sharing === undefined) index.set(key, [guest]);
				else sharing.push(guest);
			}
			return index;
		});
	}

	/**
	 * Logs out if anything was opened. A finished run stays finished whatever comes of it. Not sent by
	 * n8n's helper for credentials, which ends every request of a stopped execution (n8n-core
	 * `authentication.js`); the token in the body is all that a log-out needs.
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
		const response = await this.session.use(
			async ({ sessionToken }) =>
				await this.send({
					method: 'POST',
					path,
					body: { ...body, sessionToken },
					safety: 'safe',
					expects: 'json',
				}),
			({ body: response }) => isSessionExpired(response),
		);
		return this.guestList(response);
	}

	private guestList(response: HttpResponse): GuestList {
		const { body } = response;
		if (!isSuccess(body)) throw new CallError(toProblem(response, 'the guest list', this.secrets));
		const { dateTime } = body;
		const guests: unknown = body.guests;
		if (!Array.isArray(guests) || typeof dateTime !== 'string') {
			throw new CallError(toProblem(response, 'the guest list', this.secrets));
		}
		if (typeof body.count === 'number' && body.count > guests.length) {
			throw new CallError({
				message: `Invitario announced ${body.count} guests but sent ${guests.length}`,
				hint: 'The list is not whole. Run it again; if it stays, ask Invitario.',
				status: response.status,
			});
		}
		const invalidIndex = guests.findIndex((guest) => !isGuest(guest));
		if (invalidIndex < 0) return { dateTime, guests };
		throw new CallError({
			message: `Invitario’s list has a guest (number ${invalidIndex + 1}) without an "id"`,
			hint: 'Check "Base URL" in the credential; if it is right, ask Invitario.',
			status: response.status,
		});
	}

	private async logIn(): Promise<LoggedIn> {
		// The credential adds the keys (`authenticate`), so that they never pass through here.
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

/** Wrong keys stay wrong: 1,000 items must not try them 1,000 times. */
function isCredentialError(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'credential-invalid';
}

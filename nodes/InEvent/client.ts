/**
 * Talks to InEvent: event-scoped paths, numbered pages in parallel, which call is safe to repeat.
 */
import type { ICredentialDataDecryptedObject, IDataObject, NodeExecutionHint } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { credentialText } from '../shared/fields/credentialText';
import { CallError } from '../shared/errors';
import { collect, numberedPages, RepeatGuard, type NumberedPage } from '../shared/http/pages';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { createSender, type Send } from '../shared/http/send';
import type { HttpResponse, HttpRequest } from '../shared/http/types';
import { isObject } from '../shared/values';
import { toProblem } from './errors';

export const INEVENT = 'InEvent';
export const CREDENTIAL_TYPE = 'inEventOAuth2Api';

const FIRST_ERROR = 400;
const NOT_FOUND = 404;
const PAGES_IN_PARALLEL = 10;

/** One page of a list, and InEvent's clock when it answered (Unix ms). */
export interface InEventPage extends NumberedPage<IDataObject> {
	total: number | undefined;
	serverTimeMs: number | undefined;
	/** Nothing says whether there is a next page. */
	mayRepeat: boolean;
}

/** What the entries of a list must be. */
export type IsEntry = (entry: unknown) => entry is IDataObject;

/** A record that can be told apart: an attendee, a session, an order. */
export function isRecord(entry: unknown): entry is IDataObject {
	return isObject(entry) && isId(entry.id);
}

/** Rows and parts of records, of which the document shows no id. */
export function isRow(entry: unknown): entry is IDataObject {
	return isObject(entry) && Object.keys(entry).length > 0;
}

function isId(id: unknown): boolean {
	return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

export class InEventClient {
	private readonly send: Send;

	private readonly credentials: ICredentialDataDecryptedObject;

	/** The token that the credential held at first; n8n writes the next one into it. */
	private readonly firstToken: string;

	/** What each `Idempotency-Key` that a person gave stands for in this execution. */
	private readonly keys = new Map<string, string>();

	/** The last list that stayed shorter than InEvent counts. */
	private incomplete: { counted: number; came: number } | undefined;

	/** @throws InputError if the credential's Base URL or Token URL cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		credentialText(credentials, 'clientId', 'Client ID');
		credentialText(credentials, 'clientSecret', 'Client Secret');
		const tokenUrl = credentialText(credentials, 'tokenUrl', 'Token URL');
		if (tokenUrl !== '') checkBaseUrl(tokenUrl, 'Token URL');
		this.credentials = credentials;
		this.firstToken = tokenIn(credentials);
		this.send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl: checkBaseUrl(credentials.baseUrl, 'Base URL'),
			vendor: INEVENT,
			oauth2: true,
		});
	}

	/** One record: the object itself, or what stands in its `data`, as in lists. */
	async record(path: string): Promise<IDataObject> {
		const response = await this.request({ method: 'GET', path, safety: 'safe', expects: 'json' });
		const record = recordIn(response.body);
		if (isRecord(record)) return record;
		throw this.unexpected(response, 'a record with an "id"');
	}

	/** A change whose answer may be empty (204), hold the record, or say something else. */
	async change(call: Omit<HttpRequest, 'expects'>): Promise<IDataObject> {
		const response = await this.request({ ...call, expects: 'any' });
		const { body } = response;
		if (isEmpty(body)) return {};
		if (!isObject(body)) throw this.unexpected({ ...response, ambiguous: true }, 'a JSON object');
		return recordIn(body);
	}

	/** A change that makes a record: its answer says under which `id`. */
	async created(call: Omit<HttpRequest, 'expects'>): Promise<IDataObject> {
		const response = await this.request({ ...call, expects: 'json' });
		const record = recordIn(response.body);
		// Documented as text, e.g. "reg_77102".
		if (isRecord(record) && typeof record.id === 'string') return record;
		throw this.unexpected({ ...response, ambiguous: true }, 'a record with an "id"');
	}

	/** Deletes; that nothing is there after a first try broke off is its success. */
	async remove(path: string): Promise<void> {
		const response = await this.send({
			method: 'DELETE',
			path,
			safety: 'idempotent',
			expects: 'any',
		});
		if (response.status < FIRST_ERROR) {
			if (isEmpty(response.body) || isObject(response.body)) return;
			throw this.unexpected({ ...response, ambiguous: true }, 'no more than the deleted record');
		}
		if (response.status === NOT_FOUND && response.ambiguous) return;
		throw new CallError(toProblem(response, this.secrets));
	}

	/**
	 * Records of a list, up to a limit. One that moved to a later page while the list was read comes
	 * once; where records have no id to tell them by, all of them come. If InEvent counts more than
	 * came, because the list changed while its pages were read in parallel, it is read once more, page
	 * by page.
	 *
	 * @param isEntry what each of them must be; records are told apart by their ids, where they have any
	 */
	async list(
		path: string,
		qs: IDataObject,
		limit: number,
		isEntry: IsEntry,
	): Promise<IDataObject[]> {
		const key = isEntry === isRow ? placeOf : idOf;
		let total = 0;
		const standstill = new RepeatGuard(INEVENT);
		const read = async (page: number) => {
			const response = await this.page(path, { ...qs, page }, isEntry);
			total = response.total ?? total;
			// A list without pages may give the same answer to whatever page it is asked for.
			const isOver = standstill.check(response.records) && response.mayRepeat;
			return isOver ? { ...response, records: [], hasNext: false } : response;
		};
		const found = await collect(numberedPages(read, PAGES_IN_PARALLEL, limit), limit, key);
		if (found.length >= Math.min(total, limit)) return found;

		const again = await collect(numberedPages(read, 1, limit), limit, key);
		const known = new Set(found.map(key));
		const missed = again.filter((record, index) => !known.has(key(record, index)));
		const all = [...found, ...missed].slice(0, limit);
		if (all.length < Math.min(total, limit)) this.incomplete = { counted: total, came: all.length };
		return all;
	}

	/** Says so where InEvent counts more records than it gives. */
	hints(): NodeExecutionHint[] {
		if (this.incomplete === undefined) return [];
		const { counted, came } = this.incomplete;
		return [
			{
				message: `InEvent counts ${counted} records but gave ${came}, also when the list was read twice. If nobody was deleted meanwhile, run the node again.`,
				type: 'warning',
				location: 'outputPane',
			},
		];
	}

	/**
	 * InEvent answers a repeated `Idempotency-Key` with the first result (inevent.md), so one key must
	 * not stand for two registrations.
	 *
	 * @param registration tells registrations apart
	 * @returns whether the key is free, or taken by this very registration
	 */
	claimKey(key: string, registration: string): boolean {
		const known = this.keys.get(key) ?? registration;
		this.keys.set(key, known);
		return known === registration;
	}

	/** One page of a list. */
	async page(path: string, qs: IDataObject, isEntry: IsEntry): Promise<InEventPage> {
		const response = await this.request({
			method: 'GET',
			path,
			qs,
			safety: 'safe',
			expects: 'json',
		});
		const { body } = response;
		const data: unknown = isObject(body) ? body.data : body;
		if (!Array.isArray(data) || !data.every(isObject)) throw this.unexpected(response, 'a list');
		const invalidIndex = data.findIndex((entry) => !isEntry(entry));
		if (invalidIndex >= 0) {
			throw new CallError({
				message: `InEvent’s list has an entry (number ${invalidIndex + 1}) ${isEntry === isRow ? 'with nothing in it' : 'without an "id"'}`,
				hint: 'Check "Base URL" in the credential; if it is right, ask InEvent.',
				status: response.status,
			});
		}
		const pagination = isObject(body) && isObject(body.pagination) ? body.pagination : {};
		const next = pagination.next_page ?? undefined;
		if (next !== undefined && Number(next) <= Number(qs.page)) {
			throw this.unexpected(response, 'a list whose next page is a later one');
		}
		const pages = totalPages(pagination);
		const mayRepeat = !('next_page' in pagination) && pages === undefined;
		const isFull = data.length >= Number(qs.page_size);
		return {
			records: data,
			total: finite(pagination.total),
			serverTimeMs: serverTimeMs(response.headers),
			mayRepeat,
			// An empty page ends the list, whatever it says: a list that never fills never ends.
			totalPages: data.length > 0 ? pages : undefined,
			hasNext: data.length > 0 && (mayRepeat ? isFull : next !== undefined),
		};
	}

	/** Values that must not appear in any message. */
	private get secrets(): string[] {
		return [String(this.credentials.clientSecret), this.firstToken, tokenIn(this.credentials)];
	}

	private unexpected(response: HttpResponse, expected: string): CallError {
		return new CallError(unexpectedBodyProblem(INEVENT, response, expected, this.secrets));
	}

	private async request(call: HttpRequest): Promise<HttpResponse> {
		const response = await this.send(call);
		if (response.status < FIRST_ERROR) return response;
		throw new CallError(toProblem(response, this.secrets));
	}
}

function tokenIn({ oauthTokenData: data }: ICredentialDataDecryptedObject): string {
	return isObject(data) && typeof data.access_token === 'string' ? data.access_token : '';
}

function idOf({ id }: IDataObject): string {
	return String(id);
}

/** Rows may be the same and still be two. */
function placeOf(_: IDataObject, index: number): string {
	return String(index);
}

function recordIn(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return isObject(body.data) ? body.data : body;
}

/** InEvent may give smaller pages than were asked for; what it says counts. */
function totalPages(pagination: IDataObject): number | undefined {
	const total = finite(pagination.total);
	const size = finite(pagination.page_size);
	return total !== undefined && size !== undefined && size > 0
		? Math.ceil(total / size)
		: undefined;
}

function finite(value: unknown): number | undefined {
	const number = Number(value ?? Number.NaN);
	return Number.isFinite(number) ? number : undefined;
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}

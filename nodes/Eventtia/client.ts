/**
 * Talks to Eventtia: one log-in for all, paced per account, JSON:API pages in parallel, what is read
 * once per execution.
 */
import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { readRateLimit } from '../shared/fields/credentialRateLimit';
import { credentialText } from '../shared/fields/credentialText';
import { CallError, InputError } from '../shared/errors';
import { PromiseCache } from '../shared/http/promiseCache';
import { sharedRateLimiter } from '../shared/http/rateLimiter';
import { numberedPages } from '../shared/http/pages';
import { path as pathOf } from '../shared/http/path';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { createSender, type Send } from '../shared/http/send';
import { SharedSession } from '../shared/http/session';
import type { HttpResponse, HttpRequest } from '../shared/http/types';
import { isObject } from '../shared/values';
import { toProblem, STATUS } from './errors';
import {
	readAttributes,
	readListDocument,
	recordKey,
	readRecordDocument,
	type EventtiaRecord,
	type ListDocument,
	type RecordDocument,
} from './jsonApi/documents';
import {
	readAttendeeTypes,
	toMappableFields,
	readSurveyQuestions,
	type AttendeeTypes,
	type MappableField,
} from './customFields/labels';
import { PageDrift } from './jsonApi/completeness';
import { API_PATH, logInRequest } from './auth';

export const EVENTTIA = 'Eventtia';
export const CREDENTIAL_TYPE = 'eventtiaApi';

const FIRST_ERROR = 400;
/** "The default page size is 24" (eventtia.md, "Pagination"); larger ones are ignored. */
export const PAGE_SIZE = 24;
const PAGES_IN_PARALLEL = 8;
/** Records that move while a list is read may fill some pages with what was read before. */
const MOST_STALE_PAGES = 50;
const ALL = Number.POSITIVE_INFINITY;
/** Public and short: what matters is that n8n logs in before it. */
const LOG_IN_PROBE = `${API_PATH}/countries`;

/** A call below `/api/v3`, as the operations write it. */
export type EventtiaRequest = Omit<HttpRequest, 'expects'>;

/** Turns a page of records into what comes out; it may read names that it needs. */
export type Shape = (
	records: EventtiaRecord[],
	page: Pick<ListDocument, 'included' | 'meta'>,
) => Promise<IDataObject[]>;

/** A list to read. */
export interface ListRequest {
	/** Below `/api/v3`. */
	path: string;
	qs?: IDataObject;
	limit: number;
	/** Records per page; 24 unless the endpoint allows more. */
	pageSize?: number;
}

/** One page of a list, and Eventtia's clock when it answered (Unix ms). */
export interface ListPage extends ListDocument {
	serverTimeMs: number | undefined;
}

export class EventtiaClient {
	private readonly send: Send;

	private readonly session: SharedSession<void>;

	private readonly secrets: string[];

	private readonly accountApiKey: string;

	private readonly events = new PromiseCache<EventtiaRecord>();

	private readonly attendeeTypesByEvent = new PromiseCache<AttendeeTypes>();

	private readonly eventFieldLists = new PromiseCache<MappableField[]>();

	private readonly questionsByEvent = new PromiseCache<ReadonlyMap<string, MappableField[]>>();

	/** The last list that stayed shorter than Eventtia counts. */
	private incomplete: { counted: number; came: number } | undefined;

	/** @throws InputError if the credential's Base URL or rate limit cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		const baseUrl = checkBaseUrl(credentials.baseUrl, 'Base URL');
		const account = logInRequest(credentials).body;
		this.accountApiKey = credentialText(credentials, 'accountApiKey', 'Account API Key');
		this.secrets = [
			String(account.password ?? account.client_secret),
			String(credentials.sessionToken ?? ''),
			this.accountApiKey,
		];
		const sender = {
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl,
			vendor: EVENTTIA,
			rateLimiter: sharedRateLimiter(
				`${baseUrl} ${String(account.email ?? account.client_id)}`,
				readRateLimit(credentials),
			),
		};
		this.send = createSender(sender);
		let isFirst = true;
		this.session = new SharedSession(async () => {
			const mayBeGood = isFirst && String(credentials.sessionToken ?? '') !== '';
			isFirst = false;
			if (mayBeGood) return;
			// n8n logs in before a request whose credential has no token, keeps the token, and writes it
			// into the object handed on (n8n `credentials-helper.js`, preAuthentication).
			const own = { ...credentials, sessionToken: '' };
			await this.logIn(createSender({ ...sender, credentials: own }), own);
			credentials.sessionToken = own.sessionToken;
		}, isCredentialError);
	}

	/** One record. */
	async record(path: string, qs: IDataObject = {}): Promise<RecordDocument> {
		return this.asRecord(await this.good({ method: 'GET', path, qs, safety: 'safe' }), false);
	}

	/** A change that is answered with a record. */
	async changed(call: EventtiaRequest): Promise<RecordDocument> {
		return this.asRecord(await this.good(call), true);
	}

	/**
	 * A change whose answer is empty, `null`, or a record; which of them is not always documented.
	 *
	 * @returns the record, where there is one
	 */
	async done(call: EventtiaRequest): Promise<RecordDocument | undefined> {
		return this.asRecordOrNothing(await this.good(call, 'any'));
	}

	/** Like {@link done}; that nothing is there after a first try broke off is its success. */
	async removed(call: EventtiaRequest): Promise<RecordDocument | undefined> {
		const response = await this.answered(call, 'any');
		if (response.status === STATUS.notFound && response.ambiguous) return undefined;
		if (response.status >= FIRST_ERROR) throw new CallError(toProblem(response, this.secrets));
		return this.asRecordOrNothing(response);
	}

	/** Seats by attendee type (eventtia.md, "Tickets Stats"): a bare list. */
	async ticketStats(eventUri: string): Promise<IDataObject[]> {
		return await this.plain(
			pathOf`/events/${eventUri}/tickets-stats`,
			areStats,
			'a list of seats, each with a "name"',
		);
	}

	/** An answer of which the document shows nothing. */
	async anything(path: string): Promise<IDataObject[string]> {
		const response = await this.good({ method: 'GET', path, safety: 'safe' }, 'any');
		if (isPage(response)) throw this.unexpected(response, 'a value');
		return isJson(response.body) ? response.body : null;
	}

	/** Like {@link removed}; what was gone before is fine as well. */
	async removedOrGone(call: EventtiaRequest): Promise<void> {
		const response = await this.answered(call, 'any');
		if (response.status === STATUS.notFound) return;
		if (response.status >= FIRST_ERROR) throw new CallError(toProblem(response, this.secrets));
		this.asRecordOrNothing(response);
	}

	/** What is not JSON:API, e.g. `{"finished": false}`. @throws CallError if it is something else */
	async plain<T>(path: string, is: (body: unknown) => body is T, expected: string): Promise<T> {
		const response = await this.good({ method: 'GET', path, safety: 'safe' });
		const { body } = response;
		if (is(body)) return body;
		throw this.unexpected(response, expected);
	}

	/**
	 * Records of a list, up to a limit, each once. If records may have moved past the reading (see
	 * {@link PageDrift}), the list is read once more; the newer reading counts.
	 *
	 * @returns what `shape` makes of them, in the order of the list; what only the second reading found comes last
	 */
	async list(call: ListRequest, shape: Shape): Promise<IDataObject[]> {
		const found = new Map<string, IDataObject>();
		const first = await this.readInto(found, call, shape);
		if (first.mayHaveMissed(found.size, call.limit)) {
			const again = await this.readInto(found, call, shape);
			const counted = Math.min(again.counted ?? 0, call.limit);
			if (found.size < counted) this.incomplete = { counted, came: found.size };
		}
		return [...found.values()].slice(0, call.limit);
	}

	/** Records of a list as they are, up to a limit. */
	async records(call: ListRequest): Promise<EventtiaRecord[]> {
		const all = new Map<string, EventtiaRecord>();
		await this.list(call, async (records) => {
			for (const record of records) all.set(recordKey(record), record);
			return records;
		});
		return [...all.values()];
	}

	/** One page of a list, from 1. */
	async page({ path, qs, pageSize = PAGE_SIZE }: ListRequest, page: number): Promise<ListPage> {
		const response = await this.good({
			method: 'GET',
			path,
			qs: { ...qs, 'page[number]': page, 'page[size]': pageSize },
			safety: 'safe',
		});
		const document = readListDocument(response.body);
		if (document !== undefined)
			return { ...document, serverTimeMs: serverTimeMs(response.headers) };
		throw this.unexpected(response, 'a list of records ("data")');
	}

	/** The full event; read once per execution. */
	async event(eventUri: string): Promise<EventtiaRecord> {
		return await this.events.get(
			eventUri,
			async () => (await this.record(pathOf`/events/${eventUri}`)).record,
		);
	}

	/** The IANA time zone of the event. @throws CallError if Eventtia names none */
	async timeZone(eventUri: string): Promise<string> {
		const { timezone } = readAttributes(await this.event(eventUri));
		if (typeof timezone === 'string' && timezone !== '') return timezone;
		throw new CallError({
			message: 'Eventtia does not say in which time zone the event is',
			hint: 'Set the time zone of the event in Eventtia.',
		});
	}

	/** The attendee types of an event with their fields; read once per execution. */
	async attendeeTypes(eventUri: string): Promise<AttendeeTypes> {
		return await this.attendeeTypesByEvent.get(eventUri, async () => {
			const path = pathOf`/events/${eventUri}/attendee_types`;
			const pages = await this.wholeList(path, {});
			return readAttendeeTypes(pages);
		});
	}

	/** The account's event custom fields; read once per execution. */
	async eventFields(): Promise<MappableField[]> {
		return await this.eventFieldLists.get('events', async () =>
			toMappableFields(await this.records({ path: '/event-custom-fields', limit: ALL })),
		);
	}

	/** The questions of each survey of an event, by the survey's id; read once per execution. */
	async surveyQuestions(eventUri: string): Promise<ReadonlyMap<string, MappableField[]>> {
		return await this.questionsByEvent.get(eventUri, async () => {
			const path = pathOf`/events/${eventUri}/surveys`;
			return readSurveyQuestions(await this.wholeList(path, { include: 'custom_fields' }));
		});
	}

	/** @throws InputError if the credential has none */
	requireAccountApiKey(): string {
		if (this.accountApiKey !== '') return this.accountApiKey;
		throw new InputError(
			'The credential has no "Account API Key"',
			'Webhooks of the whole account need it: ask Eventtia for the key and add it to the credential.',
		);
	}

	/** A value that must not appear in any message. */
	keepSecret(value: string): void {
		this.secrets.push(value);
	}

	/** Says so where Eventtia counts more records than it gives. */
	hints(): NodeExecutionHint[] {
		if (this.incomplete === undefined) return [];
		const { counted, came } = this.incomplete;
		return [
			{
				message: `Eventtia counts ${counted} records but gave ${came}, also when the list was read twice. If nobody was deleted meanwhile, run the node again.`,
				type: 'warning',
				location: 'outputPane',
			},
		];
	}

	/** For an answer that is not what the document says. */
	unexpected(response: HttpResponse, expected: string): CallError {
		return new CallError(unexpectedBodyProblem(EVENTTIA, response, expected, this.secrets));
	}

	/** Reads a list page by page into `found`; a record that comes again replaces what was there. */
	private async readInto(
		found: Map<string, IDataObject>,
		call: ListRequest,
		shape: Shape,
	): Promise<PageDrift> {
		const drift = new PageDrift(call.pageSize ?? PAGE_SIZE);
		for await (const { records, included, meta } of this.documents(call, drift)) {
			const shaped = await shape(records, { included, meta });
			records.forEach((record, index) => {
				const value = shaped[index];
				if (value !== undefined) found.set(recordKey(record), value);
			});
			if (drift.size >= call.limit) break;
		}
		return drift;
	}

	/**
	 * The pages of a list, in order, several under way at a time, each record once.
	 *
	 * @throws CallError if page after page brings nothing new: the list would never end
	 */
	private async *documents(call: ListRequest, drift: PageDrift): AsyncGenerator<ListDocument> {
		const read = async (page: number) => {
			const document = await this.page(call, page);
			const { totalPages, hasNext } = drift.pageRead(document);
			return { records: [document], next: hasNext ? String(page + 1) : undefined, totalPages };
		};
		const pageLimit = Math.ceil(call.limit / (call.pageSize ?? PAGE_SIZE));
		let stalePages = 0;
		for await (const { records } of numberedPages(read, PAGES_IN_PARALLEL, pageLimit)) {
			const [page] = records;
			// Whatever the answers promise: after an empty page nothing comes.
			if (page === undefined || page.records.length === 0) return;
			const fresh = page.records.filter((record) => drift.isNew(record));
			stalePages = fresh.length === 0 ? stalePages + 1 : 0;
			if (stalePages >= MOST_STALE_PAGES) throw this.endless();
			yield { ...page, records: fresh };
		}
	}

	private endless(): CallError {
		return new CallError({
			message: `Eventtia’s list does not move on: ${MOST_STALE_PAGES} pages brought nothing new`,
			hint: 'Nothing is lost, but the list could not be read to its end. Try again later; if it stays, tell Eventtia.',
		});
	}

	private async wholeList(path: string, qs: IDataObject): Promise<ListDocument[]> {
		const pages: ListDocument[] = [];
		const call = { path, qs, limit: ALL };
		for await (const page of this.documents(call, new PageDrift(PAGE_SIZE))) pages.push(page);
		return pages;
	}

	private asRecord(response: HttpResponse, isChange: boolean): RecordDocument {
		const document = readRecordDocument(response.body);
		if (document !== undefined) return document;
		// A change that was answered well may have been made, whatever the answer holds.
		const ambiguous = response.ambiguous || isChange;
		throw this.unexpected({ ...response, ambiguous }, 'a record ("data") with an "id"');
	}

	/** Any JSON will do, and nothing at all; text is not Eventtia's, but e.g. the page of a proxy. */
	private asRecordOrNothing(response: HttpResponse): RecordDocument | undefined {
		const { body } = response;
		if (typeof body !== 'string' || body === '') return readRecordDocument(body);
		throw this.unexpected({ ...response, ambiguous: true }, 'a record or nothing');
	}

	private async good(
		call: EventtiaRequest,
		answers: 'json' | 'any' = 'json',
	): Promise<HttpResponse> {
		const response = await this.answered(call, answers);
		if (response.status < FIRST_ERROR) return response;
		throw new CallError(toProblem(response, this.secrets));
	}

	private async answered(call: EventtiaRequest, answers: 'json' | 'any'): Promise<HttpResponse> {
		return await this.session.use(
			async () => await this.send({ ...call, path: `${API_PATH}${call.path}`, expects: answers }),
			({ status }) => status === STATUS.unauthorized,
		);
	}

	/** @param own where n8n writes the token, before the call is sent */
	private async logIn(send: Send, own: Pick<IDataObject, 'sessionToken'>): Promise<void> {
		const response = await send({
			method: 'GET',
			path: LOG_IN_PROBE,
			qs: { 'page[size]': 1 },
			safety: 'safe',
			expects: 'any',
		});
		this.secrets.push(String(own.sessionToken));
		if (response.status >= FIRST_ERROR) throw new CallError(toProblem(response, this.secrets));
	}
}

/** Seats are told apart by the name of the attendee type. */
function areStats(body: unknown): body is IDataObject[] {
	return (
		Array.isArray(body) &&
		body.every((stat) => isObject(stat) && typeof stat.name === 'string' && stat.name !== '')
	);
}

/** A value can be any text, but it does not come as a page. */
function isPage({ headers }: HttpResponse): boolean {
	return String(headers['content-type']).startsWith('text/html');
}

/** What a body can be, once n8n has read it. */
function isJson(body: unknown): body is IDataObject[string] {
	return body !== undefined && body !== '';
}

/** A wrong password stays wrong: 1,000 items must not try it 1,000 times. */
function isCredentialError(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'credential-invalid';
}

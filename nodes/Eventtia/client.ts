/**
 * Talks to Eventtia: one shared log-in, a rate limit per account, JSON:API pages in parallel, and lookups that are
 * read once per execution.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { CallError, InputError } from '../shared/errors';
import { readRateLimit } from '../shared/fields/credentialRateLimit';
import { credentialText } from '../shared/fields/credentialText';
import { createApi, isCredentialError, type Api, type ApiResponse } from '../shared/http/api';
import { checkBaseUrl } from '../shared/http/baseUrl';
import type { Page } from '../shared/http/pages';
import { path } from '../shared/http/path';
import { PromiseCache } from '../shared/http/promiseCache';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { sharedRateLimiter } from '../shared/http/rateLimiter';
import { ListReader, type NumberedList } from '../shared/http/readList';
import { createSender, type SenderSettings } from '../shared/http/send';
import { SharedSession } from '../shared/http/session';
import { isError, Status } from '../shared/http/status';
import type { HttpRequest } from '../shared/http/types';
import { isObject } from '../shared/values';
import { API_PATH, logInRequest } from './auth';
import {
	readAttendeeTypes,
	readSurveyQuestions,
	toMappableFields,
	type AttendeeTypes,
	type MappableField,
} from './customFields/labels';
import { toProblem } from './errors';
import {
	readAttributes,
	readListDocument,
	readRecordDocument,
	readTotal,
	recordKey,
	type EventtiaRecord,
	type ListDocument,
	type RecordDocument,
} from './jsonApi/documents';

export const EVENTTIA = 'Eventtia';
export const CREDENTIAL_TYPE = 'eventtiaApi';

/** "The default page size is 24" (eventtia.md, "Pagination"); larger ones are ignored. */
const PAGE_SIZE = 24;
const PAGES_IN_PARALLEL = 8;
const ALL = Number.POSITIVE_INFINITY;
/** A short public list. Any request would do: n8n logs in before it sends one. */
const LOG_IN_PROBE = `${API_PATH}/countries`;

/** A request below `/api/v3`. */
export type EventtiaRequest = Omit<HttpRequest, 'expects'>;

/** Turns the records of a page into results, one for each, in their order; it may read labels that it needs. */
export type Shape = (
	records: EventtiaRecord[],
	page: Pick<ListDocument, 'included' | 'meta'>,
) => Promise<IDataObject[]>;

/** A list to read. */
export interface ListRequest {
	/** Below `/api/v3`. */
	path: string;
	qs?: IDataObject;
	/** How many records are wanted; all if left out. */
	limit?: number;
	/** Records per page; 24 unless the endpoint allows more. */
	pageSize?: number;
}

/** One page of a list, with the records included in it. */
export type ListPage = Page<EventtiaRecord> & Pick<ListDocument, 'included' | 'meta'>;

export class EventtiaClient {
	private readonly api: Api;

	private readonly lists: ListReader;

	private readonly secrets: string[];

	private readonly accountApiKey: string;

	private readonly events = new PromiseCache<EventtiaRecord>();

	private readonly attendeeTypesByEvent = new PromiseCache<AttendeeTypes>();

	private readonly eventFieldLists = new PromiseCache<MappableField[]>();

	private readonly questionsByEvent = new PromiseCache<ReadonlyMap<string, MappableField[]>>();

	/** @throws InputError if the credential's Base URL or rate limit cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		this.lists = new ListReader(EVENTTIA, settings.hints, {
			reason: '50 pages brought nothing new',
			advice: 'Try again later; if it stays, tell Eventtia.',
		});
		const baseUrl = checkBaseUrl(credentials.baseUrl, 'Base URL');
		const account = logInRequest(credentials).body;
		this.accountApiKey = credentialText(credentials, 'accountApiKey', 'Account API Key');
		this.secrets = [
			String(account.password ?? account.client_secret),
			String(credentials.sessionToken ?? ''),
			this.accountApiKey,
		];
		const senderSettings: SenderSettings = {
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl,
			vendor: EVENTTIA,
			rateLimiter: sharedRateLimiter(
				`${baseUrl} ${String(account.email ?? account.client_id)}`,
				readRateLimit(credentials),
			),
		};
		const send = createSender(senderSettings);
		const session = this.createSession(senderSettings);
		this.api = createApi(
			{ name: EVENTTIA, toProblem },
			async (request) =>
				await session.use(
					async () => await send({ ...request, path: `${API_PATH}${request.path}` }),
					({ status }) => status === Status.unauthorized,
				),
			() => this.secrets,
		);
	}

	/** Reads one record. */
	async record(recordPath: string, qs: IDataObject = {}): Promise<RecordDocument> {
		return this.readRecord(await this.get(recordPath, 'json', qs));
	}

	/** Creates a record; the response holds it. */
	async create(request: EventtiaRequest): Promise<RecordDocument> {
		return this.readRecord(await this.api.request({ ...request, expects: 'json' }));
	}

	/** Changes a record; the response holds it. */
	async change(request: EventtiaRequest): Promise<RecordDocument> {
		return this.readRecord(await this.api.request({ ...request, expects: 'json' }));
	}

	/** A write of which the response is not needed. It may be empty, `null` or a record, but not a text. */
	async perform(request: EventtiaRequest): Promise<void> {
		this.readOptionalRecord(await this.api.request({ ...request, expects: 'any' }));
	}

	/**
	 * Removes a record, see {@link Api.requestRemoval}.
	 *
	 * @returns the record, if the response holds it
	 */
	async remove(request: EventtiaRequest): Promise<RecordDocument | undefined> {
		const response = await this.api.requestRemoval({ ...request, expects: 'any' });
		return response === undefined ? undefined : this.readOptionalRecord(response);
	}

	/** Like {@link remove}, but it is no error if the record did not exist. */
	async removeIfExists(request: EventtiaRequest): Promise<void> {
		const response = await this.api.send({ ...request, expects: 'any' });
		if (response.status === Status.notFound) return;
		if (isError(response.status)) throw this.api.error(response);
		this.readOptionalRecord(response);
	}

	/**
	 * Reads JSON that is not JSON:API, e.g. `{"finished": false}`.
	 *
	 * @param expected what the body should hold, for the message if it does not
	 * @throws CallError if the body is not what `isExpected` accepts
	 */
	async readJson<T>(
		jsonPath: string,
		isExpected: (body: unknown) => body is T,
		expected: string,
	): Promise<T> {
		const response = await this.get(jsonPath, 'json');
		const { body } = response;
		if (isExpected(body)) return body;
		throw this.api.unexpected(response, expected);
	}

	/** Reads a body that the document does not describe; `null` if it is empty. */
	async rawJson(jsonPath: string): Promise<IDataObject[string]> {
		const response = await this.get(jsonPath, 'any');
		if (isHtml(response)) throw this.api.unexpected(response, 'a value');
		return isNonEmptyValue(response.body) ? response.body : null;
	}

	/**
	 * Reads records of a list, up to its limit, each once; twice if records may have moved between its pages
	 * meanwhile, see {@link ListReader.read}.
	 *
	 * @returns the results of `shape`, in the order of the list
	 */
	async list(request: ListRequest, shape: Shape): Promise<IDataObject[]> {
		return await this.lists.read(this.numberedList(request), shape);
	}

	/** Reads all records of a list as they are, see {@link list}. */
	async records(request: ListRequest): Promise<EventtiaRecord[]> {
		return await this.lists.read(this.numberedList(request), async (records) => records);
	}

	/** Reads one page of a list, from 1. */
	async page(request: ListRequest, page: number): Promise<ListPage> {
		const { path: listPath, qs, pageSize = PAGE_SIZE } = request;
		const pageQs = { ...qs, 'page[number]': page, 'page[size]': pageSize };
		const response = await this.get(listPath, 'json', pageQs);
		const document = readListDocument(response.body);
		if (document === undefined) throw this.api.unexpected(response, 'a list of records ("data")');
		const { records, included, meta, totalPages, hasNext } = document;
		const mayRepeat = hasNext === undefined && totalPages === undefined;
		// If `links.next` and `total_pages` contradict each other, the next page is read.
		const saysMore = hasNext === true || page < (totalPages ?? 0);
		const isFull = records.length >= pageSize;
		// An empty page ends the list, whatever it says: a list that never fills never ends.
		const hasMore = records.length > 0 && (mayRepeat ? isFull : saysMore);
		return {
			records,
			included,
			meta,
			next: hasMore ? String(page + 1) : undefined,
			totalPages,
			total: readTotal(document, pageSize),
			mayRepeat,
			serverTimeMs: serverTimeMs(response.headers),
		};
	}

	/** Seats by attendee type (eventtia.md, "Tickets Stats"): a plain list. */
	async ticketStats(eventUri: string): Promise<IDataObject[]> {
		return await this.readJson(
			path`/events/${eventUri}/tickets-stats`,
			areTicketStats,
			'a list of seats, each with a "name"',
		);
	}

	/** The full event; read once per execution. */
	async event(eventUri: string): Promise<EventtiaRecord> {
		return await this.events.get(
			eventUri,
			async () => (await this.record(path`/events/${eventUri}`)).record,
		);
	}

	/** The IANA time zone of the event. @throws CallError if the event has none */
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
		return await this.attendeeTypesByEvent.get(eventUri, async () =>
			readAttendeeTypes(await this.readPages({ path: path`/events/${eventUri}/attendee_types` })),
		);
	}

	/** The account's event custom fields; read once per execution. */
	async eventFields(): Promise<MappableField[]> {
		return await this.eventFieldLists.get('events', async () =>
			toMappableFields(await this.records({ path: '/event-custom-fields' })),
		);
	}

	/** The questions of each survey of an event, by the survey's id; read once per execution. */
	async surveyQuestions(eventUri: string): Promise<ReadonlyMap<string, MappableField[]>> {
		const request = { path: path`/events/${eventUri}/surveys`, qs: { include: 'custom_fields' } };
		return await this.questionsByEvent.get(eventUri, async () =>
			readSurveyQuestions(await this.readPages(request)),
		);
	}

	/** @throws InputError if the credential has none */
	requireAccountApiKey(): string {
		if (this.accountApiKey !== '') return this.accountApiKey;
		throw new InputError(
			'The credential has no "Account API Key"',
			'Webhooks of the whole account need it: ask Eventtia for the key and add it to the credential.',
		);
	}

	/** Adds a value that must not appear in any message. */
	keepSecret(value: string): void {
		this.secrets.push(value);
	}

	private async get(
		getPath: string,
		expects: 'json' | 'any',
		qs: IDataObject = {},
	): Promise<ApiResponse> {
		return await this.api.request({ method: 'GET', path: getPath, qs, safety: 'safe', expects });
	}

	private numberedList(request: ListRequest): NumberedList<EventtiaRecord, ListPage> {
		return {
			read: async (page) => await this.page(request, page),
			keyOf: recordKey,
			limit: request.limit ?? ALL,
			concurrency: PAGES_IN_PARALLEL,
			detectMoves: true,
		};
	}

	/** All pages of a list, each record once. */
	private async readPages(request: ListRequest): Promise<ListPage[]> {
		const pages: ListPage[] = [];
		for await (const page of this.lists.pages(this.numberedList(request))) pages.push(page);
		return pages;
	}

	private readRecord(response: ApiResponse): RecordDocument {
		const document = readRecordDocument(response.body);
		if (document !== undefined) return document;
		throw this.api.unexpected(response, 'a record ("data") with an "id"');
	}

	/** Accepts any JSON and an empty body. A text is not from Eventtia but e.g. the page of a proxy. */
	private readOptionalRecord(response: ApiResponse): RecordDocument | undefined {
		const { body } = response;
		if (typeof body !== 'string' || body === '') return readRecordDocument(body);
		throw this.api.unexpected(response, 'a record or nothing');
	}

	/** The log-in that all requests share. It starts with the token that n8n stored in the credential, if any. */
	private createSession(settings: SenderSettings): SharedSession<void> {
		const { credentials } = settings;
		let hasStoredToken = String(credentials.sessionToken ?? '') !== '';
		return new SharedSession(async () => {
			if (hasStoredToken) {
				hasStoredToken = false;
				return;
			}
			// n8n logs in before a request whose credential has no token, stores the token, and writes it into
			// the credential that was passed with the request (n8n `credentials-helper.js`, preAuthentication).
			const withoutToken = { ...credentials, sessionToken: '' };
			const send = createSender({ ...settings, credentials: withoutToken });
			const response = await send({
				method: 'GET',
				path: LOG_IN_PROBE,
				qs: { 'page[size]': 1 },
				safety: 'safe',
				expects: 'any',
			});
			this.secrets.push(String(withoutToken.sessionToken));
			if (isError(response.status)) throw this.api.error(response);
			credentials.sessionToken = withoutToken.sessionToken;
		}, isCredentialError);
	}
}

/** The stats have no ids: the name of the attendee type identifies a line. */
function areTicketStats(body: unknown): body is IDataObject[] {
	return (
		Array.isArray(body) &&
		body.every((stat) => isObject(stat) && typeof stat.name === 'string' && stat.name !== '')
	);
}

/** A value can be any text, but it is not sent as HTML. */
function isHtml({ headers }: ApiResponse): boolean {
	return String(headers['content-type']).startsWith('text/html');
}

function isNonEmptyValue(body: unknown): body is IDataObject[string] {
	return body !== undefined && body !== '';
}

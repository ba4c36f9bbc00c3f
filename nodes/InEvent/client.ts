/**
 * Talks to InEvent: event-scoped paths, numbered pages in parallel, which request is safe to repeat.
 */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { credentialText } from '../shared/fields/credentialText';
import { createApi, isEmptyBody, type Api } from '../shared/http/api';
import type { Page } from '../shared/http/pages';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { ListReader } from '../shared/http/readList';
import { createSender } from '../shared/http/send';
import type { HttpRequest } from '../shared/http/types';
import { isObject } from '../shared/values';
import { toProblem } from './errors';
import { isRecord, type EntryKind } from './records';

export const INEVENT = 'InEvent';
export const CREDENTIAL_TYPE = 'inEventOAuth2Api';

const PAGES_IN_PARALLEL = 10;

export class InEventClient {
	private readonly api: Api;

	private readonly lists: ListReader;

	private readonly credentials: ICredentialDataDecryptedObject;

	/** The token that the credential held at first; n8n writes its successor into the credential. */
	private readonly firstToken: string;

	/** The registration of each `Idempotency-Key` that a person gave in this execution. */
	private readonly keys = new Map<string, string>();

	/** @throws InputError if the credential's Base URL or Token URL cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		credentialText(credentials, 'clientId', 'Client ID');
		credentialText(credentials, 'clientSecret', 'Client Secret');
		const tokenUrl = credentialText(credentials, 'tokenUrl', 'Token URL');
		if (tokenUrl !== '') checkBaseUrl(tokenUrl, 'Token URL');
		this.credentials = credentials;
		this.lists = new ListReader(INEVENT, settings.hints);
		this.firstToken = tokenIn(credentials);
		const send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl: checkBaseUrl(credentials.baseUrl, 'Base URL'),
			vendor: INEVENT,
			oauth2: true,
		});
		this.api = createApi({ name: INEVENT, toProblem }, send, () => this.secrets);
	}

	/** One record: the body itself or, as in lists, its `data`. */
	async record(path: string): Promise<IDataObject> {
		const response = await this.api.get(path);
		const record = unwrapData(response.body);
		if (isRecord(record)) return record;
		throw this.api.unexpected(response, 'a record with an "id"');
	}

	/** A change whose response may be empty (204), hold the record, or say something else. */
	async change(request: Omit<HttpRequest, 'expects'>): Promise<IDataObject> {
		const response = await this.api.request({ ...request, expects: 'any' });
		if (isEmptyBody(response.body)) return {};
		if (isObject(response.body)) return unwrapData(response.body);
		throw this.api.unexpected(response, 'a JSON object');
	}

	/** A change that makes a record: the response holds its `id`. */
	async create(request: Omit<HttpRequest, 'expects'>): Promise<IDataObject> {
		const response = await this.api.request({ ...request, expects: 'json' });
		const record = unwrapData(response.body);
		// Documented as text, e.g. "reg_77102".
		if (isRecord(record) && typeof record.id === 'string') return record;
		throw this.api.unexpected(response, 'a record with an "id"');
	}

	/** Deletes a record, see {@link Api.delete}. */
	async remove(path: string): Promise<void> {
		await this.api.delete(path, 'no more than the deleted record');
	}

	/**
	 * Records of a list, up to a limit. If InEvent counts more records than came, because the list
	 * changed while its pages were read in parallel, it is read once more, page by page.
	 *
	 * @param kind what the entries are
	 */
	async list(
		path: string,
		qs: IDataObject,
		limit: number,
		kind: EntryKind,
	): Promise<IDataObject[]> {
		return await this.lists.read(
			{
				read: async (page) => await this.page(path, { ...qs, page }, kind),
				keyOf: kind.keyOf,
				limit,
				concurrency: PAGES_IN_PARALLEL,
				rereadConcurrency: 1,
			},
			async (records) => records,
		);
	}

	/**
	 * InEvent answers a repeated `Idempotency-Key` with the first result (inevent.md), so two registrations
	 * must not share a key.
	 *
	 * @param registration identifies the registration
	 * @returns whether the key is free, or already used for this registration
	 */
	claimKey(key: string, registration: string): boolean {
		const known = this.keys.get(key) ?? registration;
		this.keys.set(key, known);
		return known === registration;
	}

	/** One page of a list; `qs` holds its number and size. */
	async page(path: string, qs: IDataObject, kind: EntryKind): Promise<Page<IDataObject>> {
		const response = await this.api.get(path, { qs });
		const { body } = response;
		const data: unknown = isObject(body) ? body.data : body;
		if (Array.isArray(data) && !data.every(isObject)) throw this.api.unexpected(response, 'a list');
		const records = this.api.records(response, data, kind, 'a list');
		const pagination = isObject(body) && isObject(body.pagination) ? body.pagination : {};
		const page = Number(qs.page);
		const nextPage = pagination.next_page ?? undefined;
		if (nextPage !== undefined && Number(nextPage) <= page) {
			throw this.api.unexpected(response, 'a list whose next page is a later one');
		}
		const totalPages = countPages(pagination);
		const mayRepeat = !('next_page' in pagination) && totalPages === undefined;
		const isFull = records.length >= Number(qs.page_size);
		const saysMore = nextPage !== undefined || (totalPages ?? 0) > page;
		// An empty page ends the list, whatever it says: a list that never fills never ends.
		const hasNext = records.length > 0 && (mayRepeat ? isFull : saysMore);
		return {
			records,
			next: hasNext ? String(page + 1) : undefined,
			totalPages: records.length > 0 ? totalPages : undefined,
			total: toNumber(pagination.total),
			mayRepeat,
			serverTimeMs: serverTimeMs(response.headers),
		};
	}

	/** Values that must not appear in any message. */
	private get secrets(): string[] {
		return [String(this.credentials.clientSecret), this.firstToken, tokenIn(this.credentials)];
	}
}

function tokenIn({ oauthTokenData: data }: ICredentialDataDecryptedObject): string {
	return isObject(data) && typeof data.access_token === 'string' ? data.access_token : '';
}

function unwrapData(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return isObject(body.data) ? body.data : body;
}

/** InEvent may send smaller pages than requested, so the page size of its response counts. */
function countPages(pagination: IDataObject): number | undefined {
	const total = toNumber(pagination.total);
	const size = toNumber(pagination.page_size);
	return total !== undefined && size !== undefined && size > 0
		? Math.ceil(total / size)
		: undefined;
}

function toNumber(value: unknown): number | undefined {
	const number = Number(value ?? Number.NaN);
	return Number.isFinite(number) ? number : undefined;
}

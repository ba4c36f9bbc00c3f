/**
 * Talks to ARTSVP: rate limit per key, cursor pages, which request is safe to repeat.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import type { CallError } from '../shared/errors';
import { readRateLimit } from '../shared/fields/credentialRateLimit';
import { credentialText } from '../shared/fields/credentialText';
import { createApi, type Api, type ApiResponse } from '../shared/http/api';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { cursorPages, type Page } from '../shared/http/pages';
import { PromiseCache } from '../shared/http/promiseCache';
import { sharedRateLimiter } from '../shared/http/rateLimiter';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { createSender } from '../shared/http/send';
import { Status } from '../shared/http/status';
import type { HttpRequest, HttpResponse } from '../shared/http/types';
import { SECOND } from '../shared/time';
import { isObject } from '../shared/values';
import { toProblem } from './errors';
import { isRecord, type ArtsvpRecord } from './records';

export const ARTSVP = 'ARTSVP';
export const CREDENTIAL_TYPE = 'artsvpApi';
/** The largest page that the document allows ("a value between 1 and 99"). */
export const MAX_PAGE_SIZE = 99;

/** The `Date` header has whole seconds, and may be written before the response is sent. */
const CLOCK_RESOLUTION_MS = 2 * SECOND;

/** "By default, results are returned in pages with a size of 50" (artsvp.md, "Pagination"). */
const DEFAULT_LIMIT = 50;

/** The lists: what they hold, the key with the id of a page's last record, whether pages are documented. */
const LISTS = {
	'/events': { record: 'event', last: 'last_event_id', isPaged: false },
	'/collections': { record: 'collection', last: 'last_collection_id', isPaged: false },
	'/bookings': { record: 'booking', last: 'last_booking_id', isPaged: true },
	'/invites': { record: 'invite', last: 'last_invite_id', isPaged: true },
} as const;

export type ListPath = keyof typeof LISTS;

export class ArtsvpClient {
	private readonly api: Api;

	/** Whole lists read in this execution: events and collections are few. */
	private readonly fullLists = new PromiseCache<ArtsvpRecord[]>();

	/** Ids of the invites found or created in this execution: one that comes again existed before. */
	private readonly knownInvites = new Set<string>();

	/** @throws InputError if the credential's Base URL or rate limit cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		const apiKey = credentialText(credentials, 'apiKey', 'API Key');
		const baseUrl = checkBaseUrl(credentials.baseUrl, 'Base URL');
		const send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl,
			vendor: ARTSVP,
			rateLimiter: sharedRateLimiter(`${baseUrl} ${apiKey}`, readRateLimit(credentials)),
		});
		this.api = createApi({ name: ARTSVP, toProblem }, send, () => [apiKey]);
	}

	/** One record. */
	async record(path: string): Promise<ArtsvpRecord> {
		return this.toRecord(await this.api.get(path));
	}

	/** A write whose response is the record that it created or changed. */
	async change(request: Omit<HttpRequest, 'expects'>): Promise<ArtsvpRecord> {
		return this.toRecord(await this.api.request({ ...request, expects: 'json' }));
	}

	/** Any request, see {@link Api.request}. */
	async request(request: HttpRequest): Promise<ApiResponse> {
		return await this.api.request(request);
	}

	/** See {@link Api.unexpected}. */
	unexpected(response: ApiResponse, expected: string): CallError {
		return this.api.unexpected(response, expected);
	}

	/** Deletes a record, see {@link Api.delete}. */
	async remove(path: string): Promise<void> {
		await this.api.delete(path, 'an empty body');
	}

	/**
	 * Creates an invite unless ARTSVP's `filter` finds one. The response looks the same in both cases,
	 * unless it is a 201. What decides is the age of the invite, by ARTSVP's clock.
	 *
	 * @param body with `filter`
	 */
	async findOrCreateInvite(
		body: IDataObject,
	): Promise<{ invite: ArtsvpRecord; result: 'created' | 'existed' }> {
		const startedAt = Date.now();
		const response = await this.api.request({
			method: 'POST',
			path: '/invites',
			body,
			safety: 'idempotent',
			expects: 'json',
		});
		const invite = response.body;
		if (!isRecord(invite)) throw this.api.unexpected(response, 'an invite');
		const age = ageMs(invite, response);
		const isYoung = age !== undefined && age <= Date.now() - startedAt + CLOCK_RESOLUTION_MS;
		const isNew =
			response.status === Status.created || (isYoung && !this.knownInvites.has(invite.id));
		this.knownInvites.add(invite.id);
		return { invite, result: isNew ? 'created' : 'existed' };
	}

	/**
	 * A list, page by page, following `has_more` and `last_…_id`.
	 *
	 * @param qs filters, `limit`, and `starting_after` to start in the middle
	 */
	pages(list: ListPath, qs: IDataObject): AsyncGenerator<ArtsvpRecord[]> {
		return cursorPages(
			ARTSVP,
			async (cursor) =>
				await this.page(list, cursor === undefined ? qs : { ...qs, starting_after: cursor }),
		);
	}

	/** One page of a list. */
	async page(list: ListPath, qs: IDataObject): Promise<Page<ArtsvpRecord>> {
		const response = await this.api.get(list, { qs });
		const { record, last, isPaged } = LISTS[list];
		const { body } = response;
		const records: unknown = isObject(body) ? body.data : undefined;
		if (!isObject(body) || !Array.isArray(records) || !records.every(isRecord)) {
			throw this.api.unexpected(response, `a list of ${record}s`);
		}
		// If the response does not say whether there is more, a full page may be followed by another.
		const isFull = isPaged && records.length >= Number(qs.limit ?? DEFAULT_LIMIT);
		const { has_more: hasMore = isFull } = body;
		if (typeof hasMore !== 'boolean') {
			throw this.api.unexpected(response, 'a list whose "has_more" is true or false');
		}
		if (!hasMore) return { records, next: undefined };
		const next = 'has_more' in body ? body[last] : records.at(-1)?.id;
		if (typeof next === 'string' && next !== '') return { records, next };
		throw this.api.unexpected(response, `a list that says where its next page starts`);
	}

	/** All events or all collections. */
	async readAll(list: '/events' | '/collections'): Promise<ArtsvpRecord[]> {
		return await this.fullLists.get(list, async () => {
			const all: ArtsvpRecord[] = [];
			for await (const records of this.pages(list, {})) all.push(...records);
			return all;
		});
	}

	private toRecord(response: ApiResponse): ArtsvpRecord {
		if (isRecord(response.body)) return response.body;
		throw this.api.unexpected(response, 'a record with an "id"');
	}
}

/** How old a record was when ARTSVP responded, in ms. */
function ageMs(record: ArtsvpRecord, response: HttpResponse): number | undefined {
	const created = Date.parse(String(record.created_at));
	const now = serverTimeMs(response.headers);
	return Number.isNaN(created) || now === undefined ? undefined : now - created;
}

/**
 * Talks to ARTSVP: paced per key, cursor pages, which call is safe to repeat.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { readRateLimit } from '../shared/fields/credentialRateLimit';
import { credentialText } from '../shared/fields/credentialText';
import { CallError } from '../shared/errors';
import { PromiseCache } from '../shared/http/promiseCache';
import { sharedRateLimiter } from '../shared/http/rateLimiter';
import { cursorPages, type Page } from '../shared/http/pages';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import { createSender, type Send } from '../shared/http/send';
import type { HttpResponse, HttpRequest } from '../shared/http/types';
import { isObject } from '../shared/values';
import { toProblem, STATUS } from './errors';
import { isRecord, type ArtsvpRecord } from './records';

export const ARTSVP = 'ARTSVP';
export const CREDENTIAL_TYPE = 'artsvpApi';
/** The largest page that the document allows ("a value between 1 and 99"). */
export const MAX_PAGE_SIZE = 99;

const FIRST_ERROR = 400;
/** The `Date` header has whole seconds, and may be written before the answer leaves. */
const CLOCK_RESOLUTION_MS = 2_000;

/** "By default, results are returned in pages with a size of 50" (artsvp.md, "Pagination"). */
const DEFAULT_LIMIT = 50;

/** The lists, the key under which each names its last record, and whether they are documented to have pages. */
const LISTS = {
	'/events': { record: 'event', last: 'last_event_id', isPaged: false },
	'/collections': { record: 'collection', last: 'last_collection_id', isPaged: false },
	'/bookings': { record: 'booking', last: 'last_booking_id', isPaged: true },
	'/invites': { record: 'invite', last: 'last_invite_id', isPaged: true },
} as const;

export type ListPath = keyof typeof LISTS;

export class ArtsvpClient {
	private readonly send: Send;

	private readonly secrets: string[];

	/** Whole lists read in this execution: events and collections are few. */
	private readonly fullLists = new PromiseCache<ArtsvpRecord[]>();

	/** Ids of the invites found or created in this execution: one that comes again was there. */
	private readonly knownInvites = new Set<string>();

	/** @throws InputError if the credential's Base URL or rate limit cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		const apiKey = credentialText(credentials, 'apiKey', 'API Key');
		const baseUrl = checkBaseUrl(credentials.baseUrl, 'Base URL');
		this.secrets = [apiKey];
		this.send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl,
			vendor: ARTSVP,
			rateLimiter: sharedRateLimiter(`${baseUrl} ${apiKey}`, readRateLimit(credentials)),
		});
	}

	/** One record. */
	async record(call: Omit<HttpRequest, 'expects'>): Promise<ArtsvpRecord> {
		const response = await this.request({ ...call, expects: 'json' });
		if (isRecord(response.body)) return response.body;
		// A write that was answered well may have been made, whatever the answer holds.
		const ambiguous = response.ambiguous || call.safety !== 'safe';
		throw this.unexpected({ ...response, ambiguous }, 'a record with an "id"');
	}

	/** Any good answer. */
	async request(call: HttpRequest): Promise<HttpResponse> {
		const response = await this.send(call);
		if (response.status < FIRST_ERROR) return response;
		throw new CallError(toProblem(response, this.secrets));
	}

	/**
	 * Creates an invite unless ARTSVP's `filter` finds one. The answer looks the same in both cases,
	 * so the invite's own age tells them apart, measured by ARTSVP's clock; 201 says it outright.
	 *
	 * @param body with `filter`
	 */
	async findOrCreateInvite(
		body: IDataObject,
	): Promise<{ invite: ArtsvpRecord; result: 'created' | 'existed' }> {
		const startedAt = Date.now();
		const response = await this.request({
			method: 'POST',
			path: '/invites',
			body,
			safety: 'idempotent',
			expects: 'json',
		});
		if (!isRecord(response.body)) {
			throw this.unexpected({ ...response, ambiguous: true }, 'an invite');
		}
		const age = ageMs(response.body, response);
		const isYoung = age !== undefined && age <= Date.now() - startedAt + CLOCK_RESOLUTION_MS;
		const isNew =
			response.status === STATUS.created || (isYoung && !this.knownInvites.has(response.body.id));
		this.knownInvites.add(response.body.id);
		return { invite: response.body, result: isNew ? 'created' : 'existed' };
	}

	/** For an answer that is not what the document says. */
	unexpected(response: HttpResponse, expected: string): CallError {
		return new CallError(unexpectedBodyProblem(ARTSVP, response, expected, this.secrets));
	}

	/**
	 * Deletes; that nothing is there after a first try broke off is its success.
	 */
	async remove(path: string): Promise<void> {
		const response = await this.send({
			method: 'DELETE',
			path,
			safety: 'idempotent',
			expects: 'any',
		});
		if (response.status < FIRST_ERROR) {
			const { body } = response;
			if (body === undefined || body === null || body === '' || isObject(body)) return;
			throw this.unexpected({ ...response, ambiguous: true }, 'an empty body');
		}
		if (response.status === STATUS.notFound && response.ambiguous) return;
		throw new CallError(toProblem(response, this.secrets));
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
		const response = await this.request({
			method: 'GET',
			path: list,
			qs,
			safety: 'safe',
			expects: 'json',
		});
		const { record, last, isPaged } = LISTS[list];
		const data: unknown = isObject(response.body) ? response.body.data : undefined;
		if (!isObject(response.body) || !Array.isArray(data) || !data.every(isRecord)) {
			throw this.unexpected(response, `a list of ${record}s`);
		}
		// Where it does not say whether there is more, a full page may be followed by another.
		const isFull = isPaged && data.length >= Number(qs.limit ?? DEFAULT_LIMIT);
		const { has_more: more = isFull } = response.body;
		if (typeof more !== 'boolean') {
			throw this.unexpected(response, 'a list whose "has_more" is true or false');
		}
		if (!more) return { records: data, next: undefined };
		const next = 'has_more' in response.body ? response.body[last] : data.at(-1)?.id;
		if (typeof next === 'string' && next !== '') return { records: data, next };
		throw this.unexpected(response, `a list that says where its next page starts`);
	}

	/** All events or all collections. */
	async readAll(list: '/events' | '/collections'): Promise<ArtsvpRecord[]> {
		return await this.fullLists.get(list, async () => {
			const all: ArtsvpRecord[] = [];
			for await (const records of this.pages(list, {})) all.push(...records);
			return all;
		});
	}
}

/** How old a record was when ARTSVP answered, in ms. */
function ageMs(record: ArtsvpRecord, response: HttpResponse): number | undefined {
	const created = Date.parse(String(record.created_at));
	const now = serverTimeMs(response.headers);
	return Number.isNaN(created) || now === undefined ? undefined : now - created;
}

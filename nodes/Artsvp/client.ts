/**
 * Talks to ARTSVP: paced per key, cursor pages, which call is safe to repeat.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl } from '../shared/http/baseUrl';
import { budgetOf } from '../shared/http/budget';
import { credentialText } from '../shared/http/credentialText';
import { CallError } from '../shared/http/errors';
import { OncePerKey } from '../shared/http/oncePerKey';
import { sharedPacer } from '../shared/http/pacer';
import { cursorPages, type CursorPage } from '../shared/http/pages';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimit';
import { createSender, type Send } from '../shared/http/sender';
import type { Answer, HttpCall } from '../shared/http/types';
import { isObject } from '../shared/isObject';
import { problemOf, STATUS } from './errors';
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
	private readonly wholeLists = new OncePerKey<ArtsvpRecord[]>();

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
			pacer: sharedPacer(`${baseUrl} ${apiKey}`, budgetOf(credentials)),
		});
	}

	/** One record. */
	async record(call: Omit<HttpCall, 'answers'>): Promise<ArtsvpRecord> {
		const answer = await this.good({ ...call, answers: 'json' });
		if (isRecord(answer.body)) return answer.body;
		// A write that was answered well may have been made, whatever the answer holds.
		const ambiguous = answer.ambiguous || call.safety !== 'read';
		throw this.unexpected({ ...answer, ambiguous }, 'a record with an "id"');
	}

	/** Any good answer. */
	async good(call: HttpCall): Promise<Answer> {
		const answer = await this.send(call);
		if (answer.status < FIRST_ERROR) return answer;
		throw new CallError(problemOf(answer, this.secrets));
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
		const answer = await this.good({
			method: 'POST',
			path: '/invites',
			body,
			safety: 'repeatable',
			answers: 'json',
		});
		if (!isRecord(answer.body)) {
			throw this.unexpected({ ...answer, ambiguous: true }, 'an invite');
		}
		const age = ageMs(answer.body, answer);
		const isYoung = age !== undefined && age <= Date.now() - startedAt + CLOCK_RESOLUTION_MS;
		const isNew =
			answer.status === STATUS.created || (isYoung && !this.knownInvites.has(answer.body.id));
		this.knownInvites.add(answer.body.id);
		return { invite: answer.body, result: isNew ? 'created' : 'existed' };
	}

	/** For an answer that is not what the document says. */
	unexpected(answer: Answer, expected: string): CallError {
		return new CallError(unexpectedBodyProblem(ARTSVP, answer, expected, this.secrets));
	}

	/**
	 * Deletes; that nothing is there after a first try broke off is its success.
	 */
	async remove(path: string): Promise<void> {
		const answer = await this.send({
			method: 'DELETE',
			path,
			safety: 'repeatable',
			answers: 'any',
		});
		if (answer.status < FIRST_ERROR) {
			const { body } = answer;
			if (body === undefined || body === null || body === '' || isObject(body)) return;
			throw this.unexpected({ ...answer, ambiguous: true }, 'an empty body');
		}
		if (answer.status === STATUS.notFound && answer.ambiguous) return;
		throw new CallError(problemOf(answer, this.secrets));
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
	async page(list: ListPath, qs: IDataObject): Promise<CursorPage<ArtsvpRecord>> {
		const answer = await this.good({
			method: 'GET',
			path: list,
			qs,
			safety: 'read',
			answers: 'json',
		});
		const { record, last, isPaged } = LISTS[list];
		const data: unknown = isObject(answer.body) ? answer.body.data : undefined;
		if (!isObject(answer.body) || !Array.isArray(data) || !data.every(isRecord)) {
			throw this.unexpected(answer, `a list of ${record}s`);
		}
		// Where it does not say whether there is more, a full page may be followed by another.
		const isFull = isPaged && data.length >= Number(qs.limit ?? DEFAULT_LIMIT);
		const { has_more: more = isFull } = answer.body;
		if (typeof more !== 'boolean') {
			throw this.unexpected(answer, 'a list whose "has_more" is true or false');
		}
		if (!more) return { records: data, next: undefined };
		const next = 'has_more' in answer.body ? answer.body[last] : data.at(-1)?.id;
		if (typeof next === 'string' && next !== '') return { records: data, next };
		throw this.unexpected(answer, `a list that says where its next page starts`);
	}

	/** All events or all collections. */
	async whole(list: '/events' | '/collections'): Promise<ArtsvpRecord[]> {
		return await this.wholeLists.get(list, async () => {
			const all: ArtsvpRecord[] = [];
			for await (const records of this.pages(list, {})) all.push(...records);
			return all;
		});
	}
}

/** How old a record was when ARTSVP answered, in ms. */
function ageMs(record: ArtsvpRecord, answer: Answer): number | undefined {
	const created = Date.parse(String(record.created_at));
	const now = serverTimeMs(answer.headers);
	return Number.isNaN(created) || now === undefined ? undefined : now - created;
}

/**
 * Talks to InEvent: event-scoped paths, numbered pages in parallel, which call is safe to repeat.
 */
import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';
import type { ClientSettings } from '../shared/action/types';
import { checkBaseUrl, trimBaseUrl } from '../shared/http/baseUrl';
import { CallError } from '../shared/http/errors';
import { collect, numberedPages, type NumberedPage } from '../shared/http/pages';
import { unexpectedBodyProblem } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimit';
import { createSender, type Send } from '../shared/http/sender';
import type { Answer, HttpCall } from '../shared/http/types';
import { isObject } from '../shared/isObject';
import { problemOf } from './errors';

export const INEVENT = 'InEvent';
export const CREDENTIAL_TYPE = 'inEventOAuth2Api';

const FIRST_ERROR = 400;
const NOT_FOUND = 404;
const PAGES_IN_PARALLEL = 10;

/** One page of a list, and InEvent's clock when it answered (Unix ms). */
export interface InEventPage extends NumberedPage<IDataObject> {
	total: number | undefined;
	serverTimeMs: number | undefined;
}

export class InEventClient {
	private readonly send: Send;

	private readonly secrets: string[];

	/** What each `Idempotency-Key` that a person gave stands for in this execution. */
	private readonly keys = new Map<string, string>();

	/** The last list that stayed shorter than InEvent counts. */
	private incomplete: { counted: number; came: number } | undefined;

	/** @throws InputError if the credential's Base URL or Token URL cannot be used */
	constructor(settings: ClientSettings) {
		const { credentials } = settings;
		const token = isObject(credentials.oauthTokenData) ? credentials.oauthTokenData : {};
		if (trimBaseUrl(credentials.tokenUrl) !== '') checkBaseUrl(credentials.tokenUrl, 'Token URL');
		this.secrets = [String(credentials.clientSecret), String(token.access_token ?? '')];
		this.send = createSender({
			...settings,
			credentialType: CREDENTIAL_TYPE,
			baseUrl: checkBaseUrl(credentials.baseUrl, 'Base URL'),
			vendor: INEVENT,
			oauth2: true,
		});
	}

	/** One JSON object. */
	async object(call: Omit<HttpCall, 'answers'>): Promise<IDataObject> {
		const answer = await this.good({ ...call, answers: 'json' });
		if (isObject(answer.body)) return answer.body;
		throw this.unexpected(answer, 'a JSON object');
	}

	/** One record: the object itself, or what stands in its `data`, as in lists. */
	async record(path: string): Promise<IDataObject> {
		const body = await this.object({ method: 'GET', path, safety: 'read' });
		return isObject(body.data) ? body.data : body;
	}

	/** A change whose answer may be empty (204) or hold the record. */
	async change(call: Omit<HttpCall, 'answers'>): Promise<IDataObject> {
		const answer = await this.good({ ...call, answers: 'any' });
		const { body } = answer;
		if (isEmpty(body)) return {};
		if (!isObject(body)) throw this.unexpected({ ...answer, ambiguous: true }, 'a JSON object');
		return isObject(body.data) ? body.data : body;
	}

	/** A change that makes a record: its answer says under which `id`. */
	async created(call: Omit<HttpCall, 'answers'>): Promise<IDataObject> {
		const answer = await this.good({ ...call, answers: 'json' });
		const { body } = answer;
		const record = isObject(body) && isObject(body.data) ? body.data : body;
		if (isObject(record) && typeof record.id === 'string' && record.id !== '') return record;
		throw this.unexpected({ ...answer, ambiguous: true }, 'a record with an "id"');
	}

	/** Deletes; that nothing is there after a first try broke off is its success. */
	async remove(path: string): Promise<void> {
		const answer = await this.send({
			method: 'DELETE',
			path,
			safety: 'repeatable',
			answers: 'any',
		});
		if (answer.status < FIRST_ERROR) {
			if (isEmpty(answer.body) || isObject(answer.body)) return;
			throw this.unexpected({ ...answer, ambiguous: true }, 'no more than the deleted record');
		}
		if (answer.status === NOT_FOUND && answer.ambiguous) return;
		throw new CallError(problemOf(answer, this.secrets));
	}

	/**
	 * Records of a list, up to a limit. One that moved to a later page while the list was read comes
	 * once; where records have no id to tell them by, all of them come. If InEvent counts more than
	 * came, because the list changed while its pages were read in parallel, it is read once more, page
	 * by page.
	 *
	 * @param key what tells records apart
	 */
	async list(
		path: string,
		qs: IDataObject,
		limit: number,
		key: (record: IDataObject, index: number) => string = idOrPlace,
	): Promise<IDataObject[]> {
		let total = 0;
		const read = async (page: number) => {
			const answered = await this.page(path, { ...qs, page });
			total = answered.total ?? total;
			return answered;
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
	async page(path: string, qs: IDataObject): Promise<InEventPage> {
		const answer = await this.good({ method: 'GET', path, qs, safety: 'read', answers: 'json' });
		const { body } = answer;
		const data: unknown = isObject(body) ? body.data : body;
		if (!Array.isArray(data) || !data.every(isObject)) {
			throw this.unexpected(answer, 'a list');
		}
		const pagination = isObject(body) && isObject(body.pagination) ? body.pagination : {};
		const next = pagination.next_page ?? undefined;
		if (next !== undefined && Number(next) <= Number(qs.page)) {
			throw this.unexpected(answer, 'a list whose next page is a later one');
		}
		return {
			records: data,
			total: finite(pagination.total),
			serverTimeMs: serverTimeMs(answer.headers),
			totalPages: totalPages(pagination),
			// An empty page ends the list, whatever it says: a list that never fills never ends.
			hasNext: next !== undefined && data.length > 0,
		};
	}

	private unexpected(answer: Answer, expected: string): CallError {
		return new CallError(unexpectedBodyProblem(INEVENT, answer, expected, this.secrets));
	}

	private async good(call: HttpCall): Promise<Answer> {
		const answer = await this.send(call);
		if (answer.status < FIRST_ERROR) return answer;
		throw new CallError(problemOf(answer, this.secrets));
	}
}

function idOrPlace({ id }: IDataObject, index: number): string {
	return id === undefined || id === null ? `#${index}` : String(id);
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

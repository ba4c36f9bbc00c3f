/**
 * Reads the responses of one vendor: which are errors, which bodies are not as documented, and whether
 * a write may have happened all the same.
 */
import { CallError, type Problem } from '../errors';
import { isObject } from '../values';
import { invalidRecordProblem, unexpectedBodyProblem } from './problems';
import type { Send } from './send';
import { isError, Status } from './status';
import type { HttpRequest, HttpResponse } from './types';

/** What {@link createApi} needs to know about a vendor. */
export interface ApiVendor {
	/** As people write it. */
	name: string;
	/**
	 * @param response an error response, 4xx or 5xx
	 * @param secrets values that must not appear in the text
	 */
	toProblem(response: HttpResponse, secrets: readonly string[]): Problem;
}

/** A response, and what its request was. */
export interface ApiResponse extends HttpResponse {
	/** If the body cannot be used, the change may have been made all the same. */
	isWrite: boolean;
}

/** The records of a list: how they are recognised and named. */
export interface RecordKind<T> {
	isRecord: (value: unknown) => value is T;
	/** With its article, e.g. "a guest". */
	name: string;
	/** What an entry that is no such record does not have, e.g. `without an "id"`. */
	lacks: string;
}

/** Sends the requests of one execution and reads their responses. */
export interface Api {
	/** @returns the response, whatever its status; 3xx is never one, see {@link Send} */
	send(request: HttpRequest): Promise<ApiResponse>;

	/**
	 * @returns a response that is no error
	 * @throws CallError with the vendor's problem for 4xx and 5xx
	 */
	request(request: HttpRequest): Promise<ApiResponse>;

	/** A GET whose response is JSON; see {@link request}. */
	get(path: string, options?: Pick<HttpRequest, 'qs' | 'headers'>): Promise<ApiResponse>;

	/**
	 * Like {@link request} for something that is to be gone afterwards: a 404 after an attempt that may
	 * have reached the vendor means that this attempt did it.
	 *
	 * @returns undefined for that 404
	 */
	requestRemoval(request: HttpRequest): Promise<ApiResponse | undefined>;

	/**
	 * Deletes the record at a path; see {@link requestRemoval}. The body of the response may be empty or
	 * an object.
	 *
	 * @param expected what the body may hold, for the message about any other body
	 */
	delete(path: string, expected: string): Promise<void>;

	/**
	 * Checks the entries of a list.
	 *
	 * @param entries what should be the list, from the response's body
	 * @param expected what the body should hold, for the message where there is no list
	 * @throws CallError if it is no list, or names the first entry that is no record
	 */
	records<T>(response: ApiResponse, entries: unknown, kind: RecordKind<T>, expected: string): T[];

	/** The error for a body that is not what the document says; ambiguous after a write. */
	unexpected(response: ApiResponse, expected: string): CallError;

	/** The error for an error response. */
	error(response: HttpResponse): CallError;
}

/**
 * @param send sends one request; a client may wrap {@link Send} with what its vendor needs (a session,
 *   a corrected clock)
 * @param secrets values that must not appear in any message, as they are at the moment of the error
 */
export function createApi(vendor: ApiVendor, send: Send, secrets: () => readonly string[]): Api {
	const error = (response: HttpResponse) => new CallError(vendor.toProblem(response, secrets()));

	function unexpected(response: ApiResponse, expected: string): CallError {
		const ambiguous = response.ambiguous || response.isWrite;
		return new CallError(
			unexpectedBodyProblem(vendor.name, { ...response, ambiguous }, expected, secrets()),
		);
	}

	async function sendRequest(request: HttpRequest): Promise<ApiResponse> {
		return { ...(await send(request)), isWrite: request.safety !== 'safe' };
	}

	async function requestChecked(request: HttpRequest): Promise<ApiResponse> {
		const response = await sendRequest(request);
		if (isError(response.status)) throw error(response);
		return response;
	}

	async function requestRemoval(request: HttpRequest): Promise<ApiResponse | undefined> {
		const response = await sendRequest(request);
		if (!isError(response.status)) return response;
		if (response.status === Status.notFound && response.ambiguous) return undefined;
		throw error(response);
	}

	return {
		send: sendRequest,
		request: requestChecked,
		requestRemoval,
		unexpected,
		error,

		async get(path, options) {
			return await requestChecked({
				method: 'GET',
				path,
				...options,
				safety: 'safe',
				expects: 'json',
			});
		},

		async delete(path, expected) {
			const response = await requestRemoval({
				method: 'DELETE',
				path,
				safety: 'idempotent',
				expects: 'any',
			});
			if (response === undefined || isEmptyBody(response.body) || isObject(response.body)) return;
			throw unexpected(response, expected);
		},

		records(response, entries, { isRecord, name, lacks }, expected) {
			if (!Array.isArray(entries)) throw unexpected(response, expected);
			const list: unknown[] = entries;
			if (list.every(isRecord)) return list;
			const position = list.findIndex((entry) => !isRecord(entry)) + 1;
			throw new CallError(
				invalidRecordProblem(vendor.name, response.status, position, name, lacks),
			);
		},
	};
}

/** Whether a response has no body, e.g. a 204. */
export function isEmptyBody(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}

/**
 * Whether an error says that the credential is wrong. Wrong keys stay wrong: 1,000 items must not try
 * them 1,000 times.
 */
export function isCredentialError(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'credential-invalid';
}

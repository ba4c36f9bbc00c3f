/**
 * The words of the HTTP layer: what a call is, how safe it is to repeat, what an answer holds.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** The n8n contexts that can send a request with a credential. */
export type HttpContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/**
 * How safe a call is to send twice.
 *
 * - `read`: changes nothing.
 * - `repeatable`: changes something, but twice leaves the same as once (or the caller reads the
 *   second answer in the light of {@link HttpResponse.ambiguous}).
 * - `once`: must not happen twice; repeated only when the first try certainly did not happen.
 * - `never`: never repeated, whatever happened.
 */
export type Safety = 'safe' | 'idempotent' | 'nonIdempotent' | 'never';

/** One request to a vendor, relative to the base URL of the credential. */
export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Path from the base URL, with a leading slash, ids already encoded (see `path.ts`). */
	path: string;
	safety: Safety;
	/** What a good answer holds: a JSON list or object, plain text, or whatever the vendor likes. */
	expects: 'json' | 'text' | 'any';
	qs?: IDataObject;
	/** An object travels as JSON; bytes as they are, with their own `content-type` in `headers`. */
	body?: IDataObject | Buffer;
	headers?: Record<string, string>;
}

/** Response headers by lower-case name. */
export type Headers = Record<string, unknown>;

/** What came back, whatever its status. */
export interface HttpResponse {
	status: number;
	headers: Headers;
	/** Parsed JSON where the body is JSON, otherwise the text. */
	body: unknown;
	/**
	 * An earlier try of this call broke off after it may have reached the vendor, so that this
	 * answer may already see its effect.
	 */
	ambiguous: boolean;
}

/** How long one call may take; all in milliseconds. */
export interface Limits {
	/** For one request. */
	timeoutMs: number;
	/** For all waiting between the tries of one call. */
	maxWaitMs: number;
}

/**
 * The types of the HTTP layer: a request, how safe it is to repeat, and its response.
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
 * How safe it is to send a request twice (the terms of RFC 9110 §9.2).
 *
 * - `safe`: changes nothing.
 * - `idempotent`: changes something, but twice has the same effect as once (or the caller reads the
 *   second response with {@link HttpResponse.ambiguous} in mind).
 * - `nonIdempotent`: must not happen twice; repeated only if the first attempt certainly did not happen.
 * - `never`: never repeated, whatever happened.
 */
export type Safety = 'safe' | 'idempotent' | 'nonIdempotent' | 'never';

/** One request to a vendor, relative to the base URL of the credential. */
export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Path from the base URL, with a leading slash and encoded ids (see `path.ts`). */
	path: string;
	safety: Safety;
	/** What a 2xx response holds: a JSON list or object, plain text, or anything. */
	expects: 'json' | 'text' | 'any';
	qs?: IDataObject;
	/** An object is sent as JSON, bytes as they are, with their own `content-type` in `headers`. */
	body?: IDataObject | Buffer;
	headers?: Record<string, string>;
}

/** Response headers by lower-case name. */
export type Headers = Record<string, unknown>;

/** The response to a request. */
export interface HttpResponse {
	status: number;
	headers: Headers;
	/** Parsed JSON if the body is JSON, otherwise the text. */
	body: unknown;
	/**
	 * An earlier attempt broke off after it may have reached the vendor, so this response may already
	 * show its effect.
	 */
	ambiguous: boolean;
}

/** How long one request may take; all in milliseconds. */
export interface Limits {
	/** For one attempt. */
	timeoutMs: number;
	/** For all waiting between the attempts of one request. */
	maxWaitMs: number;
}

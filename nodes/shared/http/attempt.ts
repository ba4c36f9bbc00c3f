/**
 * Makes one request with n8n's HTTP helper, and ends it after its deadline.
 */
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { connectionFailure } from './connection';
import { withCachedCredential } from './credentialCache';
import { errorToOutcome, toOutcome, type Outcome } from './n8nOutcome';
import type { HttpContext, HttpRequest, Limits } from './types';
import { sleepUntil } from './wait';

/** What all requests of an execution share. */
export interface AttemptSettings {
	context: HttpContext;
	credentialType: string;
	/**
	 * The credential, read once. It is passed on with every request, which saves n8n reading and
	 * decrypting it each time; what is written into it (a session, a clock offset) reaches the
	 * credential's `authenticate` (reference: n8n-core `authentication.js`).
	 */
	credentials: ICredentialDataDecryptedObject;
	/** Checked, without a trailing slash. */
	baseUrl: string;
	limits: Limits;
	/**
	 * The credential is one of n8n's OAuth2 types: n8n fetches and renews the token itself, and must
	 * see a 401 for that (n8n-core `oauth.js`).
	 */
	oauth2?: boolean;
}

/** Makes one request. @throws what n8n throws, if it is not about the request */
export type Attempt = (request: HttpRequest) => Promise<Outcome>;

/** A request may take this many of its timeouts in all, as long as data keeps coming. */
const MAX_TIMEOUTS = 4;
/** `tags[]=a&tags[]=b` (artsvp.md, "Filter by event_ids"); n8n's own form is `tags[0]=a`. */
const ARRAY_FORMAT = 'brackets';

export function createAttempt(settings: AttemptSettings): Attempt {
	const { context, credentialType, credentials, limits, oauth2 = false } = settings;
	const signal = cancelSignal(context);
	const credentialsDecrypted = decryptedCredentials(settings);
	const requestContext = oauth2
		? withCachedCredential(context, credentialType, credentials)
		: context;

	return async function attempt(request) {
		// A fresh object each time: n8n's helper and `authenticate` write into it.
		const options: IHttpRequestOptions = {
			method: request.method,
			url: `${settings.baseUrl}${request.path}`,
			headers: { ...request.headers },
			json: true,
			timeout: limits.timeoutMs,
			returnFullResponse: true,
			// n8n must see a 401 to renew an OAuth2 token; `except: [401]` is not known before n8n 2.9.
			ignoreHttpStatusErrors: !oauth2,
			disableFollowRedirect: true,
			...(request.qs === undefined ? {} : { qs: request.qs, arrayFormat: ARRAY_FORMAT }),
			...(request.body === undefined ? {} : { body: copyBody(request.body) }),
		};
		const result: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
			requestContext,
			credentialType,
			options,
			{ credentialsDecrypted },
		);
		const outcome = result.then(toOutcome, errorToOutcome);
		// After the deadline it may still fail, when nobody waits for it any more.
		outcome.catch(() => undefined);
		return await withDeadline(outcome, limits.timeoutMs * MAX_TIMEOUTS, signal);
	};
}

/** The signal that ends when a person or n8n stops the execution, where the context has one. */
export function cancelSignal(context: HttpContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function copyBody(body: IDataObject | Buffer): IDataObject | Buffer {
	return Buffer.isBuffer(body) ? body : { ...body };
}

/** Built once per execution: n8n's `getNode` copies the whole node. */
function decryptedCredentials({
	context,
	credentialType: type,
	credentials: data,
}: AttemptSettings): ICredentialsDecrypted {
	const details = context.getNode().credentials?.[type];
	return { id: details?.id ?? '', name: details?.name ?? '', type, data };
}

/** n8n gets this long to end a request of a stopped execution itself. */
const CANCEL_GRACE_MS = 500;
const TIMED_OUT = 'ETIMEDOUT';
const CANCELLED = 'ERR_CANCELED';
/** Made once, because every request needs one, and the default abort reason collects a stack trace. */
const RESPONDED = new Error('The request got its response');

/**
 * n8n's timeout only covers idle connections. It does not end a slow trickle of data or an OAuth2 token
 * request, and neither does cancelling the execution (@n8n/client-oauth2, which waits for minutes).
 */
async function withDeadline(
	outcome: Promise<Outcome>,
	ms: number,
	signal: AbortSignal | undefined,
): Promise<Outcome> {
	const responded = new AbortController();
	const ended =
		signal === undefined ? responded.signal : AbortSignal.any([responded.signal, signal]);
	const deadline = sleepUntil(ms, ended).then(async () => {
		if (!ended.aborted) return TIMED_OUT;
		// n8n ends the request itself, unless it is still at the token.
		if (!responded.signal.aborted) await sleep(CANCEL_GRACE_MS);
		return CANCELLED;
	});
	try {
		return await Promise.race([
			outcome,
			deadline.then((code): Outcome => ({ kind: 'connection', failure: connectionFailure(code) })),
		]);
	} finally {
		responded.abort(RESPONDED);
	}
}

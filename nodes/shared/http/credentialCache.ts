/**
 * Keeps an OAuth2 credential at hand for a while. n8n's helper asks the context that it is called on
 * for the credential before every request (n8n-core `oauth.js`, requestOAuth2), and takes no
 * `credentialsDecrypted` as it does for other types; reading, decrypting and resolving it each time
 * takes longer than the request's own work.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { HttpContext } from './types';

/**
 * A token that another execution renewed is read from the database only now; until then n8n finds
 * out by a 401 with every request, and sends it again.
 */
const MAX_AGE_MS = 10_000;

/**
 * @param credentials as they were just read; a token that n8n fetches or renews is written into them
 * @returns the same context, but for how often it reads this credential
 */
export function withCachedCredential(
	context: HttpContext,
	type: string,
	credentials: ICredentialDataDecryptedObject,
): HttpContext {
	let reading = Promise.resolve(credentials);
	let readAt = Date.now();

	async function getCredentials(asked: string, itemIndex?: number): Promise<object> {
		if (asked !== type) return await context.getCredentials(asked, itemIndex);
		if (Date.now() - readAt >= MAX_AGE_MS) {
			readAt = Date.now();
			reading = context.getCredentials(type);
			// What failed is not kept.
			reading.catch(() => {
				readAt = Number.NEGATIVE_INFINITY;
			});
		}
		return await reading;
	}

	const cachedContext: HttpContext = Object.create(context, {
		getCredentials: { value: getCredentials },
	});
	return cachedContext;
}

/**
 * Caches an OAuth2 credential for a few seconds. Before every request n8n's helper reads the credential
 * from the context that it is called on (n8n-core `oauth.js`, requestOAuth2), and it takes no
 * `credentialsDecrypted` as it does for other types. Reading, decrypting and resolving the credential
 * each time takes longer than the rest of the request.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { SECOND } from '../time';
import type { HttpContext } from './types';

/**
 * A token that another execution renewed is read from the database after this time. Until then n8n gets
 * a 401 for every request and sends it again.
 */
const MAX_AGE_MS = 10 * SECOND;

/**
 * @param type of the credential that is cached
 * @param credentials as just read; n8n writes a token that it fetches or renews into them
 * @returns the same context, except that it seldom reads this credential
 */
export function withCachedCredential(
	context: HttpContext,
	type: string,
	credentials: ICredentialDataDecryptedObject,
): HttpContext {
	let reading = Promise.resolve(credentials);
	let readAt = Date.now();

	async function getCredentials(requested: string, itemIndex?: number): Promise<object> {
		if (requested !== type) return await context.getCredentials(requested, itemIndex);
		if (Date.now() - readAt >= MAX_AGE_MS) {
			readAt = Date.now();
			reading = context.getCredentials(type);
			// A failure is not cached.
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

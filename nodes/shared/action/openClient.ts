/**
 * Opens a vendor's client for an n8n context: an execution, a poll, a webhook or a request of the editor.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { toLimits } from '../fields/runOptions';
import { Hints } from '../hints';
import type { HttpContext, Limits } from '../http/types';
import type { Vendor } from './types';

/** A client and the credential that it was opened with. */
export interface OpenedClient<Client> {
	client: Client;
	credentials: ICredentialDataDecryptedObject;
}

/**
 * Reads the credential and connects. The caller ends with `vendor.close` where the vendor has one,
 * and wraps errors with `asNodeErrors` (`nodeError.ts`).
 *
 * @param limits how long one request may take and wait, in milliseconds; left out: the defaults of
 *   the vendor
 * @param hints takes the hints of the client; left out where nobody reads them
 * @throws InputError if the credential is incomplete or invalid, or n8n's own error if there is none
 */
export async function openClient<Client>(
	context: HttpContext,
	vendor: Vendor<Client>,
	limits: Limits = toLimits(vendor, {}),
	hints = new Hints(),
): Promise<OpenedClient<Client>> {
	const credentials = await context.getCredentials(vendor.credentialType);
	return { client: vendor.connect({ context, credentials, limits, hints }), credentials };
}

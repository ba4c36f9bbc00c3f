/**
 * The text fields of a credential, which an expression may give as anything. Used by nodes and credentials.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { firstIssue, optionalText } from './validators';
import { InputError } from '../errors';

/**
 * @param label the field as the person sees it
 * @returns the text as it is sent, trimmed; empty where there is none: the vendor says what it misses
 * @throws InputError for what is no text
 */
export function credentialText(
	credentials: ICredentialDataDecryptedObject,
	name: string,
	label: string,
): string {
	const text = optionalText.safeParse(credentials[name]);
	if (text.success) return text.data;
	throw new InputError(
		`"${label}" of the credential ${firstIssue(text.error)}`,
		`Type "${label}" in the credential anew.`,
	);
}

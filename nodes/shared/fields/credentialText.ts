/**
 * The text fields of a credential; an expression can give them any type. Used by nodes and credentials.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { firstIssue, optionalText } from './validators';
import { InputError } from '../errors';

/**
 * @param label the name of the field as people see it
 * @returns the text, trimmed; empty if there is none: the vendor's response says what is missing
 * @throws InputError if the value is not text
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

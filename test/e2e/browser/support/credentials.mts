// Which credentials a person has before a test begins.

import { type SavedCredential, deleteCredentials, saveCredential } from '../../support/n8n.mts';

/** The names that n8n would propose. */
const NAMES: Record<string, string> = {
	eventVaultApi: 'Event Vault account',
	invitarioApi: 'Invitario Check-In account',
	artsvpApi: 'ARTSVP account',
	inEventOAuth2Api: 'InEvent account',
	eventtiaApi: 'Eventtia account',
};

/**
 * Deletes every credential and saves these anew, so that n8n gives each node the one that there is.
 * @returns them, as they are saved now
 */
export async function haveOnly(...wanted: SavedCredential[]): Promise<SavedCredential[]> {
	await deleteCredentials();
	const saved: SavedCredential[] = [];
	for (const { type, data } of wanted) saved.push(await saveCredential(type, data, NAMES[type]));
	return saved;
}

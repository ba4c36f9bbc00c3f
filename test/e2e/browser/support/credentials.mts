// Which credentials exist before a test starts.

import { VENDORS } from '../../../vendors/index.mts';
import { type SavedCredential, deleteCredentials, saveCredential } from '../../support/n8n.mts';

/** The name that n8n would suggest for a credential. */
const proposedName = (type: string) =>
	VENDORS.find(({ credential }) => credential.type === type)?.credential.name;

/**
 * Deletes every credential and saves these again under the names that n8n suggests, so that n8n preselects the only
 * one for each node.
 * @returns them as saved now
 */
export async function haveOnly(...wanted: SavedCredential[]): Promise<SavedCredential[]> {
	await deleteCredentials();
	const saved: SavedCredential[] = [];
	for (const { type, data } of wanted)
		saved.push(await saveCredential(type, data, proposedName(type)));
	return saved;
}

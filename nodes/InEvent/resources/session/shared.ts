/** What the operations on sessions share: how a session is chosen. */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { idField } from '../../../shared/fields/locators';
import { recordId } from '../../../shared/fields/validators';

export const sessionField = idField('Session', 'sessionId', 'searchSessions', 'ses_42');

/** @returns the session’s ID; @throws InputError if it is empty */
export function readSessionId(item: ItemParameters): string {
	return item.read('sessionId', recordId);
}

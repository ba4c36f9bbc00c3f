/** Helpers shared by the Event Vault engine tests. */
import { EVENT_VAULT_CREDENTIALS } from '../../../sandbox/event-vault/credentials.mts';
import type { Rig } from '../../rig/useVendor.mts';

export const {
	apiKey: API_KEY,
	eventId: EVENT,
	otherEventId: OTHER_EVENT,
}: Record<'apiKey' | 'eventId' | 'otherEventId', string> = EVENT_VAULT_CREDENTIALS;

/** Email addresses of all guests of an event, in the order of adding. */
export function guestEmails(rig: Rig<'eventVault'>, eventId = EVENT): string[] {
	return rig.state
		.event(eventId)
		.guests()
		.map(({ email }) => email);
}

/** Which ticket an item is about. */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { readTicketType, guestOrderingKey } from '../../fields';

/** Event Vault keeps one ticket per guest and type (event-vault.md, "POST /addTicket"). */
export function ticketOrderingKey(item: ItemParameters): string {
	return `${guestOrderingKey(item)} ${readTicketType(item)}`;
}

/** What the operations on tickets share: which writes keep their order. */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { guestOrderingKey, readTicketType } from '../../fields';

/**
 * Writes to the same ticket keep their order. A guest has one ticket of each type (event-vault.md, "POST
 * /addTicket").
 */
export function ticketOrderingKey(item: ItemParameters): string {
	return `${guestOrderingKey(item)} ${readTicketType(item)}`;
}

/** Which ticket an item is about. */
import type { ItemParameters } from '../../../shared/action/itemParameters';
import { readTicketType, sameGuest } from '../../fields';

/** Event Vault keeps one ticket per guest and type (event-vault.md, "POST /addTicket"). */
export function sameTicket(item: ItemParameters): string {
	return `${sameGuest(item)} ${readTicketType(item)}`;
}

/**
 * The `methods` of the nodes: what *From List* offers, read live from Invitario.
 */
import { createListSearch } from '../shared/action/editorMethods';
import { isDeleted, isNonEmptyString } from './records';
import { simplifyGuest } from './simplify';
import { vendor } from './vendor';

export const listSearch = {
	/** The guests who are not deleted. */
	searchGuests: createListSearch(vendor, async (client) => {
		const { guests } = await client.allGuests();
		return guests
			.filter((guest) => !isDeleted(guest))
			.map((guest) => {
				const { name, email, company } = simplifyGuest(guest, new Map());
				const parts = [name ?? email, company].filter(isNonEmptyString);
				return { name: parts.length > 0 ? parts.join(', ') : guest.id, value: guest.id };
			});
	}),
};

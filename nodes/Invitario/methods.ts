/**
 * What *From List* shows in the node: the guests who are not deleted.
 */
import { createListSearch } from '../shared/action/editorMethods';
import { isDeleted, isFilled } from './records';
import { simplifyGuest } from './simplify';
import { vendor } from './vendor';

export const listSearch = {
	searchGuests: createListSearch(vendor, async (client) => {
		const { guests } = await client.allGuests();
		return guests
			.filter((guest) => !isDeleted(guest))
			.map((guest) => {
				const { name, email, company } = simplifyGuest(guest, new Map());
				const known = [name ?? email, company].filter(isFilled);
				return { name: known.length > 0 ? known.join(', ') : guest.id, value: guest.id };
			});
	}),
};

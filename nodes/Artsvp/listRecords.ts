/**
 * Reads the list of a *Get Many* of bookings or invites: its limit and its cursor options.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { optional, requiredText } from '../shared/fields/validators';
import { readLimit } from '../shared/fields/lists';
import { collect } from '../shared/http/pages';
import { MAX_PAGE_SIZE, type ArtsvpClient } from './client';
import type { ArtsvpRecord } from './records';

const cursorOption = optional(requiredText);

/**
 * *Ending Before* gives one page, the one that ends before that record. *Starting After* only sets
 * where the list starts.
 *
 * @param filters the vendor's query parameters
 * @throws InputError if the limit or a cursor is not valid
 */
export async function listRecords(
	item: ItemParameters,
	client: ArtsvpClient,
	list: '/bookings' | '/invites',
	filters: IDataObject,
): Promise<ArtsvpRecord[]> {
	const limit = readLimit(item);
	const { endingBefore, startingAfter } = item.readCollection('options', {
		endingBefore: cursorOption,
		startingAfter: cursorOption,
	});
	const qs: IDataObject = { ...filters, limit: Math.min(limit, MAX_PAGE_SIZE) };
	if (startingAfter !== undefined) qs.starting_after = startingAfter;
	if (endingBefore !== undefined) {
		const page = await client.page(list, { ...qs, ending_before: endingBefore });
		return page.records.slice(0, limit);
	}
	return await collect(client.pages(list, qs), limit, (record) => record.id);
}

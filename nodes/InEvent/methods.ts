/**
 * The `methods` of the nodes: what *From List* offers, read live from InEvent.
 */
import type { IDataObject, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { createPagedListSearch } from '../shared/action/editorMethods';
import { pageNumber, searchPage } from '../shared/fields/search';
import { InputError } from '../shared/errors';
import { path } from '../shared/http/path';
import { RECORDS } from './records';
import { simplifyAttendee } from './simplify';
import { vendor } from './vendor';

const PAGE_SIZE = 100;

/** The only dataset that the document names (inevent.md, "GET /v1/events/{eventId}/analytics"). */
const DATASETS = [{ name: 'Check-Ins', value: 'checkins' }];

/**
 * Records of the event in *Event ID*, page by page.
 *
 * @param kind the last segment of the path
 * @param nameParts what the name of an entry is made of
 * @param canSearch whether InEvent searches by itself (documented for attendees only)
 */
function searchRecords(
	kind: 'attendees' | 'sessions' | 'orders',
	nameParts: (record: IDataObject) => unknown[],
	canSearch: boolean,
) {
	return createPagedListSearch(vendor, async (client, typed, cursor, context) => {
		const eventId = context.getCurrentNodeParameter('eventId');
		if (typeof eventId !== 'string' || eventId.trim() === '') {
			throw new InputError('"Event ID" is empty', 'Fill in "Event ID" first.');
		}
		const { records, next } = await client.page(
			path`/v1/events/${eventId.trim()}/${kind}`,
			{
				page: pageNumber(cursor),
				page_size: PAGE_SIZE,
				...(canSearch && typed !== '' ? { search: typed } : {}),
			},
			RECORDS,
		);
		return {
			entries: records.map((record) => toEntry(record, nameParts(record))),
			next,
		};
	});
}

function toEntry(record: IDataObject, nameParts: unknown[]): INodeListSearchItems {
	const parts = nameParts.filter((part) => typeof part === 'string' && part !== '');
	const value = String(record.id);
	return { name: parts.length > 0 ? parts.join(', ') : value, value };
}

export const listSearch = {
	searchAttendees: searchRecords(
		'attendees',
		(attendee) => {
			const { name, email } = simplifyAttendee(attendee);
			return [name, email];
		},
		true,
	),
	searchSessions: searchRecords('sessions', (session) => [session.title ?? session.name], false),
	searchOrders: searchRecords('orders', (order) => [order.number ?? order.id, order.email], false),

	async searchDatasets(filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		return searchPage(DATASETS, filter, paginationToken);
	},
};

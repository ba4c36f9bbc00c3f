/**
 * What *From List* shows in the node: records of the event chosen in the node, page by page.
 */
import type { IDataObject, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { createPagedListSearch } from '../shared/action/editorMethods';
import { pageNumber, searchPage } from '../shared/fields/search';
import { InputError } from '../shared/errors';
import { path } from '../shared/http/path';
import { RECORDS } from './client';
import { simplifyAttendee } from './simplify';
import { vendor } from './vendor';

const PAGE_SIZE = 100;

/** The one dataset whose name the document gives. */
const DATASETS = [{ name: 'Check-Ins', value: 'checkins' }];

/**
 * @param kind the last part of the path
 * @param label what a record is called in the list
 * @param search whether InEvent searches itself (documented for attendees only)
 */
function recordsOf(
	kind: 'attendees' | 'sessions' | 'orders',
	label: (record: IDataObject) => unknown[],
	search: boolean,
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
				...(search && typed !== '' ? { search: typed } : {}),
			},
			RECORDS,
		);
		return {
			entries: records.map((record) => entry(record, label(record))),
			next,
		};
	});
}

function entry(record: IDataObject, details: unknown[]): INodeListSearchItems {
	const known = details.filter((part) => typeof part === 'string' && part !== '');
	const value = String(record.id);
	return { name: known.length > 0 ? known.join(', ') : value, value };
}

export const listSearch = {
	searchAttendees: recordsOf(
		'attendees',
		(attendee) => {
			const { name, email } = simplifyAttendee(attendee);
			return [name, email];
		},
		true,
	),
	searchSessions: recordsOf('sessions', (session) => [session.title ?? session.name], false),
	searchOrders: recordsOf('orders', (order) => [order.number ?? order.id, order.email], false),

	async searchDatasets(filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		return searchPage(DATASETS, filter, paginationToken);
	},
};

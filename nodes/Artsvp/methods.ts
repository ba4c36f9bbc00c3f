/**
 * The `methods` of the nodes: what *From List* and drop-downs offer, read live from ARTSVP.
 */
import type { INodeListSearchItems, INodePropertyOptions } from 'n8n-workflow';
import {
	createListSearch,
	createLoadOptions,
	createPagedListSearch,
} from '../shared/action/editorMethods';
import { MAX_PAGE_SIZE } from './client';
import type { ArtsvpRecord } from './records';
import { vendor } from './vendor';

function toEntry(record: ArtsvpRecord, ...details: unknown[]): INodeListSearchItems {
	const parts = [record.name, ...details].filter((part) => typeof part === 'string' && part !== '');
	return { name: parts.length > 0 ? parts.join(', ') : record.id, value: record.id };
}

/**
 * Bookings or invites, page by page. ARTSVP can search them by a whole email only (artsvp.md, "List
 * all bookings", "List all invites").
 *
 * @param details what an entry shows after the name
 */
function searchRecords(
	list: '/bookings' | '/invites',
	details: (record: ArtsvpRecord) => unknown[],
) {
	return createPagedListSearch(vendor, async (client, typed, cursor) => {
		const { records, next } = await client.page(list, {
			...(typed.includes('@') ? { email: typed } : {}),
			limit: MAX_PAGE_SIZE,
			...(cursor === undefined ? {} : { starting_after: cursor }),
		});
		return { entries: records.map((record) => toEntry(record, ...details(record))), next };
	});
}

export const listSearch = {
	searchEvents: createListSearch(vendor, async (client) =>
		(await client.readAll('/events')).map((event) => toEntry(event, event.reference)),
	),

	searchCollections: createListSearch(vendor, async (client) =>
		(await client.readAll('/collections')).map((collection) =>
			toEntry(collection, collection.code),
		),
	),

	/** Events or collections, as chosen in *Invite To*. */
	searchResources: createListSearch(vendor, async (client, context) => {
		const type = context.getCurrentNodeParameter('resourceType');
		const list = type === 'collection' ? '/collections' : '/events';
		return (await client.readAll(list)).map((resource) => toEntry(resource, resource.code));
	}),

	searchBookings: searchRecords('/bookings', (booking) => [
		booking.email,
		booking.event_name,
		booking.reference,
	]),

	searchInvites: searchRecords('/invites', (invite) => [invite.email, invite.code]),
};

export const loadOptions = {
	getEvents: createLoadOptions(
		vendor,
		async (client): Promise<INodePropertyOptions[]> =>
			(await client.readAll('/events')).map((event) => ({
				name: toEntry(event).name,
				value: event.id,
			})),
	),
};

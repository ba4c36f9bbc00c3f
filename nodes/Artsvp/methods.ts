/**
 * What *From List* shows in the node.
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

/** The vendor's filter for what was typed: only whole emails can be searched for. */
function filterFor(typed: string): { email?: string } {
	return typed.includes('@') ? { email: typed } : {};
}

function entry(record: ArtsvpRecord, ...details: unknown[]): INodeListSearchItems {
	const known = [record.name, ...details].filter((part) => typeof part === 'string' && part !== '');
	return { name: known.length > 0 ? known.join(', ') : record.id, value: record.id };
}

export const listSearch = {
	searchEvents: createListSearch(vendor, async (client) =>
		(await client.readAll('/events')).map((event) => entry(event, event.reference)),
	),

	searchCollections: createListSearch(vendor, async (client) =>
		(await client.readAll('/collections')).map((collection) => entry(collection, collection.code)),
	),

	/** Events or collections, as chosen in *Invite To*. */
	searchResources: createListSearch(vendor, async (client, context) => {
		const type = context.getCurrentNodeParameter('resourceType');
		const list = type === 'collection' ? '/collections' : '/events';
		return (await client.readAll(list)).map((resource) => entry(resource, resource.code));
	}),

	searchBookings: createPagedListSearch(vendor, async (client, typed, cursor) => {
		const { records, next } = await client.page('/bookings', {
			...filterFor(typed),
			limit: MAX_PAGE_SIZE,
			...(cursor === undefined ? {} : { starting_after: cursor }),
		});
		return {
			entries: records.map((booking) =>
				entry(booking, booking.email, booking.event_name, booking.reference),
			),
			next,
		};
	}),

	searchInvites: createPagedListSearch(vendor, async (client, typed, cursor) => {
		const { records, next } = await client.page('/invites', {
			...filterFor(typed),
			limit: MAX_PAGE_SIZE,
			...(cursor === undefined ? {} : { starting_after: cursor }),
		});
		return { entries: records.map((invite) => entry(invite, invite.email, invite.code)), next };
	}),
};

export const loadOptions = {
	getEvents: createLoadOptions(
		vendor,
		async (client): Promise<INodePropertyOptions[]> =>
			(await client.readAll('/events')).map((event) => ({
				name: entry(event).name,
				value: event.id,
			})),
	),
};

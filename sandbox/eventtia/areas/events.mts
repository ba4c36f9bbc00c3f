// Events: list, slim list, one, create, update, clone and its progress, custom fields, ticket stats.

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { type Resource, list, one, pageQuery } from '../jsonapi.mts';
import type { EventtiaState } from '../state.mts';
import { utc } from '../time.mts';

const SIZES = ['thumb', 'small', 'medium', 'large'];
const FOLDERS: Record<string, string> = { small: 'thumb2x' };

/** An image that is not there, as the samples show it. */
function missing(kind: string): Record<string, string | null> {
	const paths = SIZES.map((size) => [size, `/${kind}/${FOLDERS[size] ?? size}/missing.png`]);
	return { filename: null, ...Object.fromEntries(paths) };
}

/** An event as the list shows it. */
export function shortEvent(event: EventtiaEvent): Resource {
	const { name, start, end, place, address } = event.facts;
	return {
		id: event.id,
		type: 'events',
		attributes: {
			name,
			event_uri: event.uri,
			start_date: event.local(start),
			end_date: event.local(end),
			logo: missing('logos'),
			coordinates: { lat: place?.lat ?? null, lng: place?.lng ?? null },
			address,
			google_analytics_tracking_code: '',
			google_tag_manager_tracking_code: '',
		},
	};
}

/** An event as Create and Update show it. @param precise whether times keep their milliseconds */
export function fullEvent(event: EventtiaEvent): Resource {
	const { facts } = event;
	const { name, start, end, place, address, zone, isVirtual } = facts;
	return {
		id: event.id,
		type: 'events',
		attributes: {
			start_date: utc(start),
			end_date: utc(end),
			created_at: utc(event.createdAt),
			updated_at: utc(event.updatedAt),
			active: facts.active,
			name,
			event_uri: event.uri,
			logo: missing('logos'),
			coordinates: { lat: place?.lat ?? null, lng: place?.lng ?? null },
			address,
			timezone: zone,
			time_format: 'am_pm',
			description: facts.description,
			default_language: facts.language,
			currency: facts.currency,
			white_label: false,
			white_label_images: {},
			google_analytics_tracking_code: null,
			google_tag_manager_tracking_code: null,
			sender_email: facts.senderEmail,
			banner_image: missing('banner_images'),
			static_map: null,
			website: `https://live.eventtia.example/${facts.language}/${event.uri}`,
			is_virtual: isVirtual,
			attendance_mode: isVirtual ? 'online' : 'offline',
			virtual_timezone: zone,
			cloned_from_id: facts.clonedFromId,
			city_id: place?.cityId ?? null,
			is_template: facts.isTemplate,
			can_register_mid_workshop: false,
			iso_code: 'CO',
			featured: false,
		},
	};
}

/** An event as Get shows it. */
function wholeEvent(event: EventtiaEvent): Resource {
	const { attributes, ...rest } = fullEvent(event);
	return {
		...rest,
		attributes: {
			...attributes,
			budget: event.facts.budget,
			total_attendees: event.seed.attendees,
			api_key: event.apiKey,
			fields: event.facts.customFields,
		},
	};
}

/** The endpoints of events. */
export const eventEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.endpoint({
		method: 'GET',
		path: '/events',
		query: pageQuery,
		body: {},
		answer(call) {
			const events = Array.from(call.state.events.values());
			const own = events.filter(({ accountEmail }) => accountEmail === call.account?.email);
			return list(call, own, { show: shortEvent });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '',
		query: {},
		body: {},
		answer: (call, event) => one(call, event, { show: wholeEvent }),
	}),
];

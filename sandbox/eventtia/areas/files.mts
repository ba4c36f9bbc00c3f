// Event files: the files of a category, and the upload as a multipart form.

import { z } from 'zod';

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import { type Resource, respondWithList, respondWithOne, pageQuery } from '../jsonapi.mts';
import type { EventFile } from '../records/files.mts';
import type { EventtiaState } from '../state.mts';

const PATH = '/event_file_categories/:event_file_category_id/event_files';
const CREATED = 201;

function shownFile(event: EventtiaEvent, file: EventFile): Resource {
	const { id, categoryId, name, description, filename, isImage } = file;
	const url = `https://files.example.com/${id}/${encodeURIComponent(filename)}`;
	const shown = isImage ? url : '';
	return {
		id,
		type: 'event_files',
		attributes: {
			name,
			description,
			event_file: url,
			is_image: isImage,
			urls: { thumb: shown, small: shown, medium: shown, large: shown, original: url },
			entity_id: null,
			entity_type: null,
			number_of_downloads: 0,
		},
		relationships: {
			event: { data: { id: event.id, type: 'events' } },
			event_file_category: { data: { id: categoryId, type: 'event_file_categories' } },
		},
	};
}

/** @throws Failure 404 for an unknown category */
function requireCategory(event: EventtiaEvent, id: string | undefined): string {
	const known = event.files.categoryIds.find((candidate) => candidate === id);
	if (known === undefined) throw notFound();
	return known;
}

/** The endpoints of event files. */
export const fileEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: PATH,
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(
				call,
				event.files.of(requireCategory(event, call.params['event_file_category_id'])),
				{
					serialize: (file) => shownFile(event, file),
				},
			),
	}),
	api.ofEvent({
		method: 'POST',
		path: PATH,
		query: {},
		bodies: { 'multipart/form-data': JSON.parse },
		body: {
			'event_file[name]': z.string().optional(),
			'event_file[description]': z.string().optional(),
			'event_file[event_file]': z
				.object({
					filename: z.string(),
					contentType: z.string(),
					size: z.number(),
					base64: z.string(),
				})
				.optional(),
		},
		respond(call, event) {
			const categoryId = requireCategory(event, call.params['event_file_category_id']);
			const {
				'event_file[name]': name,
				'event_file[description]': description = '',
				'event_file[event_file]': file,
			} = call.body;
			if (!name) throw invalid("Name can't be blank");
			if (!file) throw invalid("Event file can't be blank");
			const row = event.files.add(categoryId, name, description, file);
			return respondWithOne(
				call,
				row,
				{ serialize: (shown) => shownFile(event, shown) },
				{ status: CREATED },
			);
		},
	}),
];

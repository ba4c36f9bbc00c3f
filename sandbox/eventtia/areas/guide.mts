// Points of interest, Q&A sessions, event params.

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import {
	type ResourceRequest,
	includeQuery,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import { EDITABLE_PARAM, type EventParam } from '../records/guide.mts';
import type { EventtiaState } from '../state.mts';
import { utc } from '../dates.mts';

/** A param. The document has no example, so it is a resource or, depending on the knob, the bare value. */
function paramAnswer(
	call: Omit<ResourceRequest, 'query'>,
	event: EventtiaEvent,
	param: EventParam,
) {
	if (call.state.eventParamForm === 'bare') return json(200, param.value);
	return respondWithOne({ ...call, query: {} }, param, {
		serialize: ({ id, name, value, updated_at: at }) => ({
			id,
			type: 'event_params',
			attributes: { param_name: name, param_value: value, updated_at: event.local(at) },
		}),
	});
}

/** The endpoints of the visitor guide and of an event's params. */
export const guideEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/pois',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.guide.pois.values()), {
				serialize: ({ id, updated_at: at, ...attributes }) => ({
					id,
					type: 'pois',
					attributes: { ...attributes, updated_at: event.local(at) },
				}),
			}),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/event_qa_sessions',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond(call, event) {
			// The document names no relations and has no example, so any name is accepted and nothing is included.
			const names = (call.query.include ?? '').split(',').filter((name) => name !== '');
			return respondWithList(call, Array.from(event.guide.qaSessions.values()), {
				serialize: ({ id, updated_at: at, start_date: start, end_date: end, ...attributes }) => ({
					id,
					type: 'event_qa_sessions',
					attributes: {
						...attributes,
						start_date: utc(start),
						end_date: utc(end),
						updated_at: event.local(at),
					},
				}),
				includes: Object.fromEntries(names.map((name) => [name, () => []])),
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/event_params/:param_name',
		query: {},
		body: {},
		respond(call, event) {
			const param = event.guide.params.get(call.params['param_name'] ?? '');
			if (!param) throw notFound();
			return paramAnswer(call, event, param);
		},
	}),
	api.ofEvent({
		method: 'PATCH',
		path: '/event_params/:param_name',
		query: {},
		body: { param_value: z.unknown() },
		respond(call, event) {
			const name = call.params['param_name'] ?? '';
			if (name !== EDITABLE_PARAM) throw invalid(`${name} is not available for edition`);
			if (call.body.param_value === undefined) throw invalid('param_value is missing');
			return paramAnswer(call, event, event.guide.setParam(name, call.body.param_value));
		},
	}),
];

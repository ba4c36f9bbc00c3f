/**
 * A *Get Many* of Eventtia: what its list has of its own is data; reading, limit, include and Simplify
 * are the same for all.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import type { Operation } from '../../shared/action/types';
import {
	filtersField,
	limitField,
	readLimit,
	returnAllField,
	simplifyField,
} from '../../shared/fields/lists';
import { omitEmpty } from '../../shared/values';
import type { EventtiaClient } from '../client';
import { includeOption, readEventUri, readInclude, type IncludeChoice } from '../fields';
import { readShape } from './shape';

export interface ListOperation {
	/** "Get many stand zones". */
	action: string;
	description: string;
	/** What the list belongs to: the event, an attendee, … */
	fields: readonly INodeProperties[];
	/** Of another name than *Get Many*. */
	name?: string;
	value?: string;
	filters?: INodeProperties[];
	options?: readonly INodeProperties[];
	/** Related records that the list can send along. */
	include?: readonly IncludeChoice[];
	/** More than 24 a page, where the endpoint allows it. */
	pageSize?: number;
	path(item: ItemParameters): string;
	/** The filters as the vendor's query; empty ones are left out. */
	query?(item: ItemParameters, client: EventtiaClient): IDataObject | Promise<IDataObject>;
}

/** @returns the operation, with n8n's fixed fields of a list */
export function listOperation(list: ListOperation): Operation<EventtiaClient> {
	const { filters, include, query } = list;
	const isOfEvent = list.fields.some(({ name }) => name === 'eventUri');
	return {
		value: list.value ?? 'getAll',
		name: list.name ?? 'Get Many',
		action: list.action,
		description: list.description,
		effect: 'read',
		fields: [
			...list.fields,
			returnAllField,
			limitField,
			simplifyField,
			...(filters === undefined ? [] : [filtersField(filters)]),
		],
		options: [...(list.options ?? []), ...(include === undefined ? [] : [includeOption(include)])],
		async run(item, client) {
			const shape = readShape(item, client, isOfEvent ? readEventUri(item) : undefined);
			const call = {
				path: list.path(item),
				qs: omitEmpty({ include: readInclude(item), ...(await query?.(item, client)) }),
				limit: readLimit(item),
				...(list.pageSize === undefined ? {} : { pageSize: list.pageSize }),
			};
			return await client.list(call, shape);
		},
	};
}

/**
 * Operations that read a list. Each states its path and filters as data; paging, *Limit*, *Include* and *Simplify*
 * work the same in all.
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
	/** e.g. "Get many stand zones" */
	action: string;
	description: string;
	/** What the list belongs to, e.g. the event or an attendee. */
	fields: readonly INodeProperties[];
	/** If the operation is not *Get Many*. */
	name?: string;
	value?: string;
	filters?: INodeProperties[];
	options?: readonly INodeProperties[];
	/** What *Include* offers. */
	include?: readonly IncludeChoice[];
	/** Records per page, if the endpoint allows more than 24. */
	pageSize?: number;
	/** Below `/api/v3`. */
	path(item: ItemParameters): string;
	/** The filters as query parameters; empty ones are left out. */
	query?(item: ItemParameters, client: EventtiaClient): IDataObject | Promise<IDataObject>;
}

/** @returns the operation, with the fields that n8n prescribes for lists */
export function listOperation(list: ListOperation): Operation<EventtiaClient> {
	const { filters, include, query } = list;
	const isWithinEvent = list.fields.some(({ name }) => name === 'eventUri');
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
			const shape = readShape(item, client, isWithinEvent ? readEventUri(item) : undefined);
			const request = {
				path: list.path(item),
				qs: omitEmpty({ include: readInclude(item), ...(await query?.(item, client)) }),
				limit: readLimit(item),
				...(list.pageSize === undefined ? {} : { pageSize: list.pageSize }),
			};
			return await client.list(request, shape);
		},
	};
}

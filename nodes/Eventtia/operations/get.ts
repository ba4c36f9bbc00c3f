/**
 * A read of one Eventtia record: where it stands is data; include and Simplify are the same for all.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import type { Operation } from '../../shared/action/types';
import { simplifyField } from '../../shared/fields/lists';
import { omitEmpty } from '../../shared/values';
import type { EventtiaClient } from '../client';
import { includeOption, readEventUri, readInclude, type IncludeChoice } from '../fields';
import { readShape, shapeOne } from './shape';

export interface GetOperation {
	/** "Get stand zone". */
	action: string;
	description: string;
	fields: readonly INodeProperties[];
	/** Of another name than *Get*. */
	name?: string;
	value?: string;
	include?: readonly IncludeChoice[];
	path(item: ItemParameters): string;
	query?(item: ItemParameters): IDataObject;
}

/** @returns the operation, with *Simplify* */
export function getOperation(get: GetOperation): Operation<EventtiaClient> {
	const isOfEvent = get.fields.some(({ name }) => name === 'eventUri');
	return {
		value: get.value ?? 'get',
		name: get.name ?? 'Get',
		action: get.action,
		description: get.description,
		effect: 'read',
		fields: [...get.fields, simplifyField],
		options: get.include === undefined ? [] : [includeOption(get.include)],
		async run(item, client) {
			const shape = readShape(item, client, isOfEvent ? readEventUri(item) : undefined);
			const qs = omitEmpty({ include: readInclude(item), ...get.query?.(item) });
			return await shapeOne(shape, await client.record(get.path(item), qs));
		},
	};
}

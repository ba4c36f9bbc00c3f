/**
 * Operations that read one record. Each states its path as data; *Include* and *Simplify* work the same in all.
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
	/** e.g. "Get stand zone" */
	action: string;
	description: string;
	fields: readonly INodeProperties[];
	/** If the operation is not *Get*. */
	name?: string;
	value?: string;
	/** What *Include* offers. */
	include?: readonly IncludeChoice[];
	/** Below `/api/v3`. */
	path(item: ItemParameters): string;
	query?(item: ItemParameters): IDataObject;
}

/** @returns the operation, with *Simplify* */
export function getOperation(get: GetOperation): Operation<EventtiaClient> {
	const isWithinEvent = get.fields.some(({ name }) => name === 'eventUri');
	return {
		value: get.value ?? 'get',
		name: get.name ?? 'Get',
		action: get.action,
		description: get.description,
		effect: 'read',
		fields: [...get.fields, simplifyField],
		options: get.include === undefined ? [] : [includeOption(get.include)],
		async run(item, client) {
			const shape = readShape(item, client, isWithinEvent ? readEventUri(item) : undefined);
			const qs = omitEmpty({ include: readInclude(item), ...get.query?.(item) });
			return await shapeOne(shape, await client.record(get.path(item), qs));
		},
	};
}

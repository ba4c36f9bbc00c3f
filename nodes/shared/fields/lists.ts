/**
 * The fields that every *Get Many* and most other reads have, in n8n's standard wording.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collectionField } from './builders';
import type { ItemParameters } from './itemParameters';
import type { Parameters } from './parameters';
import { boolean, integer } from './validators';

const MIN_LIMIT = 1;
const MAX_LIMIT = 10_000_000;

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: MIN_LIMIT },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The *Filters* of a *Get Many*. */
export function filtersField(filters: readonly INodeProperties[]): INodeProperties {
	return collectionField('filters', filters);
}

/** @returns the maximum number of records; Infinity for all */
export function readLimit(item: ItemParameters): number {
	return item.read('returnAll', boolean)
		? Number.POSITIVE_INFINITY
		: item.read('limit', integer(MIN_LIMIT, MAX_LIMIT));
}

/** Applies *Simplify* to one record. */
export function readSimplify<Raw extends IDataObject>(
	parameters: Parameters,
	simplify: (record: Raw) => IDataObject,
): (record: Raw) => IDataObject {
	// A copy where it stays raw: several items may be given the same record of a cached list.
	return parameters.read('simplify', boolean)
		? (record) => simplify(record)
		: (record) => ({ ...record });
}

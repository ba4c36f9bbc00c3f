/**
 * Free key-value data (a vendor's "meta data"), as pairs or as JSON.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject } from '../isObject';
import { check, type Check } from './checks';

/**
 * Two entries of a collection for the same data.
 *
 * @param label e.g. "Meta Data"
 * @param name e.g. "metaData"; the JSON entry is `<name>Json`
 */
export function keyValueFields(
	label: string,
	name: string,
	description: string,
): INodeProperties[] {
	return [
		{
			displayName: label,
			name,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add pair',
			default: {},
			description,
			options: [
				{
					displayName: 'Pair',
					name: 'pairs',
					values: [
						{
							displayName: 'Key',
							name: 'key',
							type: 'string',
							default: '',
							description: 'The name under which the value is kept',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'What is kept under that name',
						},
					],
				},
			],
		},
		{
			displayName: `${label} (JSON)`,
			name: `${name}Json`,
			type: 'json',
			default: '{}',
			description: `${description}, as JSON. It is added to the pairs.`,
		},
	];
}

/** `{ pairs: [{ key, value }] }` as n8n gives it. */
export const keyValues: Check<IDataObject> = check<IDataObject>((value) => {
	const rows: unknown = isObject(value) ? value.pairs : undefined;
	const result: IDataObject = {};
	for (const row of Array.isArray(rows) ? rows : []) {
		if (!isObject(row)) return { complaint: 'must be a list of keys with their values' };
		const key = String(row.key ?? '').trim();
		if (key === '') return { complaint: 'has a pair without a key' };
		Object.defineProperty(result, key, { value: row.value, enumerable: true, writable: true });
	}
	return { value: result };
});

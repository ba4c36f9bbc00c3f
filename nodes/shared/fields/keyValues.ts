/**
 * Free key-value data (a vendor's "meta data"), as pairs or as JSON.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject, setOwn } from '../values';
import { firstIssue, optional, requiredText, validator, type Validator } from './validators';

/**
 * Two entries of a collection for the same data: pairs, and JSON.
 *
 * @param label e.g. "Meta Data"
 * @param name e.g. "metaData"; the JSON entry is called `<name>Json`
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

const keyText = optional(requiredText);

/** Reads n8n's `{ pairs: [{ key, value }] }` as `{ [key]: value }`. */
export const keyValues: Validator<IDataObject> = validator<IDataObject>((value) => {
	const rows: unknown = isObject(value) ? value.pairs : undefined;
	const result: IDataObject = {};
	for (const row of Array.isArray(rows) ? rows : []) {
		if (!isObject(row)) return { issue: 'must be a list of keys with their values' };
		const key = keyText.safeParse(row.key);
		if (!key.success) {
			return { issue: `has a pair whose key ${firstIssue(key.error)}` };
		}
		if (key.data === undefined) return { issue: 'has a pair without a key' };
		if (typeof row.value === 'number' && !Number.isFinite(row.value)) {
			return { issue: 'has a value that is not a finite number' };
		}
		setOwn(result, key.data, row.value);
	}
	return { value: result };
});

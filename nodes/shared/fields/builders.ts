/**
 * Builders of the fields that recur in every vendor's operations.
 */
import type { INodeProperties } from 'n8n-workflow';

/** A field for a line of text. */
export function textField(
	displayName: string,
	name: string,
	description: string,
	placeholder?: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		...(placeholder === undefined ? {} : { placeholder }),
	};
}

/** A date picker. */
export function dateField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description };
}

/** A switch. n8n's lint wants a literal default, so there are two of them. */
export function booleanField(
	displayName: string,
	name: string,
	isOn: boolean,
	description: string,
): INodeProperties {
	const off: INodeProperties = { displayName, name, type: 'boolean', default: false, description };
	return isOn ? { ...off, default: true } : off;
}

/** n8n's wording for each collection, by parameter name. */
const COLLECTIONS = {
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add field' },
	filters: { displayName: 'Filters', placeholder: 'Add filter' },
	options: { displayName: 'Options', placeholder: 'Add option' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add field' },
} as const;

/** A parameter that holds a collection. */
export type CollectionName = keyof typeof COLLECTIONS;

/**
 * Optional fields that a person adds one by one.
 *
 * @param entries in any order; they are shown in alphabetical order
 */
export function collectionField(
	name: CollectionName,
	entries: readonly INodeProperties[],
): INodeProperties {
	const { displayName, placeholder } = COLLECTIONS[name];
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

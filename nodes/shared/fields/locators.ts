/**
 * Resource locators: fields in which people choose a record from a list or name it.
 */
import type { INodeProperties } from 'n8n-workflow';

/**
 * A record that people choose from a list or name by its ID.
 *
 * @param searchListMethod the name of the node's list search method
 * @param example an ID in the vendor's format
 */
export function idField(
	displayName: string,
	name: string,
	searchListMethod: string,
	example: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `The ${displayName.toLowerCase()}: choose it from the list, or give its ID`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}

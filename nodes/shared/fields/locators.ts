/**
 * Resource locators: how a person names a record that can be listed.
 */
import type { INodeProperties } from 'n8n-workflow';

/**
 * A record that is picked from a list, or named by its id.
 *
 * @param searchListMethod the name of the node's list search method
 * @param example an id as the vendor writes it
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

/**
 * What operations on event files share: the category and the path. No endpoint lists the categories (eventtia.md,
 * "Event Files"), so the category is an ID.
 */
import type { INodeProperties } from 'n8n-workflow';
import { textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { numericId, readEventUri } from '../../fields';
import { path } from '../../../shared/http/path';

export const categoryField: INodeProperties = {
	...textField(
		'File Category ID',
		'eventFileCategoryId',
		'The number of the category, from the address in Eventtia, or from "fileCategoryId" of an activity or a speaker',
		'e.g. 12345',
	),
	required: true,
};

/** @returns the path of the list of files in the category */
export function filesPath(item: ItemParameters): string {
	const category = item.read(categoryField.name, numericId);
	return path`/events/${readEventUri(item)}/event_file_categories/${category}/event_files`;
}

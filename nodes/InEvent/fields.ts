/**
 * Fields that operations of several resources share, and how they are read.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../shared/fields/parameters';
import { integer, recordId } from '../shared/fields/validators';

/** The API has no list of events, so the ID is typed. */
export const eventIdField: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. evt_123',
	description: 'The event, by the ID that InEvent shows for it',
};

/** @returns the event’s ID; @throws InputError if it is empty */
export function readEventId(parameters: Parameters): string {
	return parameters.read('eventId', recordId);
}

/** The description of an operation that the vendor's document names but does not specify. */
export function undocumented(description: string): string {
	return `${description}. InEvent’s documentation does not describe it in detail: try it on a test event first.`;
}

const MAX_PAGE_SIZE = 1000;

/** The maximum page size is not documented; InEvent's samples use 50 and 1000. */
export function pageSizeOption(defaultSize: number): INodeProperties {
	return {
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_PAGE_SIZE },
		default: defaultSize,
		description: 'How many records to ask for at a time',
	};
}

/** @returns *Page Size* of *Options*, or the default; @throws InputError if it is not valid */
export function readPageSize(parameters: Parameters, defaultSize: number): number {
	const { pageSize = defaultSize } = parameters.readCollection('options', {
		pageSize: integer(1, MAX_PAGE_SIZE),
	});
	return pageSize;
}

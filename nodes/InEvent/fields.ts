/**
 * Fields that several InEvent operations share, and how they are read.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { recordId, integer } from '../shared/fields/validators';
import { idField } from '../shared/fields/locators';

/** Nothing in the API lists events, so the id is typed. */
export const eventIdField: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. evt_123',
	description: 'The event, by the ID that InEvent shows for it',
};

/** @returns the event’s id; @throws InputError if it is empty */
export function readEventId(item: ItemParameters): string {
	return item.read('eventId', recordId);
}

/** The description of an operation that the vendor's document names without giving its details. */
export function namedOnly(description: string): string {
	return `${description}. InEvent’s documentation does not describe it in detail: try it on a test event first.`;
}

export const attendeeField = idField('Attendee', 'attendeeId', 'searchAttendees', 'att_9b21');
export const sessionField = idField('Session', 'sessionId', 'searchSessions', 'ses_42');
export const orderField = idField('Order', 'orderId', 'searchOrders', 'ord_7712');

const MAX_PAGE_SIZE = 1000;

/** The most that one page holds is not documented; InEvent's samples have 50 and 1000. */
export function pageSizeOption(initially: number): INodeProperties {
	return {
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_PAGE_SIZE },
		default: initially,
		description: 'How many records to ask for at a time',
	};
}

/** @returns the page size, no larger than what is wanted */
export function readPageSize(item: ItemParameters, initially: number, limit: number): number {
	const { pageSize = initially } = item.readCollection('options', {
		pageSize: integer(1, MAX_PAGE_SIZE),
	});
	return Math.min(pageSize, limit);
}

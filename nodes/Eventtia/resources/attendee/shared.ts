/**
 * What operations on attendees share: the related records that can be included, and the filters of the lists of
 * attendees of an event and of an activity (eventtia.md, "List of Attendees", "List of Attendees in an Activity").
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { dateField, textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { optional, requiredText, boolean } from '../../../shared/fields/validators';
import type { EventtiaClient } from '../../client';
import { readEventDates } from '../../dates';
import { EVENT_ZONE_NOTE, type IncludeChoice } from '../../fields';

/** What *Include* offers for attendees. */
export const ATTENDEE_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Attendee Type', value: 'attendee_type' },
	{ name: 'Fields', value: 'attendee_type_custom_fields' },
];

/** The entries of *Filters*. */
export const attendeeFilters: INodeProperties[] = [
	textField('Company', 'company', 'Only attendees of this company'),
	dateField(
		'Created After',
		'createdDateTime',
		`Only attendees created after this moment. ${EVENT_ZONE_NOTE}`,
	),
	textField('Email', 'email', 'Only the attendees with this email', 'e.g. jane@example.com'),
	textField('First Name', 'firstName', 'Only attendees with this first name'),
	{
		displayName: 'Include Archived',
		name: 'includeArchived',
		type: 'boolean',
		default: false,
		description: 'Whether attendees who were deleted or rejected come as well',
	},
	{
		displayName: 'Include Rejected',
		name: 'includeRejected',
		type: 'boolean',
		default: false,
		description: 'Whether attendees who were rejected come as well',
	},
	textField('Last Name', 'lastName', 'Only attendees with this last name'),
	{
		displayName: 'Only Confirmed',
		name: 'onlyConfirmed',
		type: 'boolean',
		default: false,
		description: 'Whether only confirmed attendees come',
	},
	dateField(
		'Updated After',
		'updatedDateTime',
		`Only attendees changed after this moment. ${EVENT_ZONE_NOTE}`,
	),
];

const text = optional(requiredText);

/**
 * Reads the filters; dates are in the event's time zone.
 *
 * @returns the query parameters; those that are not set are undefined
 * @throws InputError if a date is invalid
 */
export async function readAttendeeFilters(
	item: ItemParameters,
	client: EventtiaClient,
): Promise<IDataObject> {
	const filters = item.readCollection('filters', {
		company: text,
		email: text,
		firstName: text,
		lastName: text,
		includeArchived: boolean,
		includeRejected: boolean,
		onlyConfirmed: boolean,
	});
	const { createdDateTime, updatedDateTime } = await readEventDates(item, client, 'filters', {
		createdDateTime: 'filter',
		updatedDateTime: 'filter',
	});
	return {
		company: filters.company,
		email: filters.email,
		first_name: filters.firstName,
		last_name: filters.lastName,
		// The effect of "false" is not documented. It is the default, so it is left out.
		include_archived: filters.includeArchived === true ? true : undefined,
		include_rejected: filters.includeRejected === true ? true : undefined,
		only_confirmed: filters.onlyConfirmed === true ? true : undefined,
		created_date_time: createdDateTime,
		updated_date_time: updatedDateTime,
	};
}

/** Attendee: Update (named in inevent.md: PATCH by its REST conventions). Scope write:attendees. */
import { collectionField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import {
	emailAddress,
	jsonObject,
	optional,
	requiredText,
} from '../../../shared/fields/validators';
import { keyValueFields, keyValues } from '../../../shared/fields/keyValues';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { isRecord } from '../../records';
import { simplifyAttendee } from '../../simplify';
import { attendeeField, readAttendeeId } from './shared';

const text = optional(requiredText);

export const update: Operation<InEventClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update attendee',
	description: undocumented('Change the data of an attendee'),
	effect: 'write',
	fields: [
		eventIdField,
		attendeeField,
		simplifyField,
		collectionField('updateFields', [
			...keyValueFields('Custom Fields', 'customFields', 'Fields of your own, e.g. company'),
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. jane@example.com',
				description: 'The email of the attendee',
			},
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
				description: 'The first name of the attendee',
			},
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
				description: 'The last name of the attendee',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. cancelled',
				description: 'InEvent’s word for where the attendee stands',
			},
			{
				displayName: 'Ticket Type ID',
				name: 'ticketTypeId',
				type: 'string',
				default: '',
				placeholder: 'e.g. tkt_vip_01',
				description: 'The ID of the ticket type',
			},
		]),
	],
	orderingKey: readAttendeeId,
	async run(item, client) {
		const id = readAttendeeId(item);
		const shape = readSimplify(item, simplifyAttendee);
		const details = item.readCollection('updateFields', {
			customFields: keyValues,
			customFieldsJson: jsonObject,
			email: optional(emailAddress),
			firstName: text,
			lastName: text,
			status: text,
			ticketTypeId: text,
		});
		const customFields = { ...details.customFields, ...details.customFieldsJson };
		const body = omitEmpty({
			email: details.email,
			first_name: details.firstName,
			last_name: details.lastName,
			status: details.status,
			ticket_type_id: details.ticketTypeId,
			custom_fields: Object.keys(customFields).length > 0 ? customFields : undefined,
		});
		assertHasChanges(body);
		const changed = await client.change({
			method: 'PATCH',
			path: path`/v1/events/${readEventId(item)}/attendees/${id}`,
			body,
			safety: 'idempotent',
		});
		// A response without the record (204) leaves nothing to return but its ID.
		return isRecord(changed) ? { ...shape(changed), updated: true } : { id, updated: true };
	},
};

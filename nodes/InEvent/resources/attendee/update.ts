/** Attendee: Update (named in inevent.md: PATCH by its REST conventions). Scope write:attendees. */
import type { Operation } from '../../../shared/action/types';
import {
	emailAddress,
	jsonObject,
	optional,
	recordId,
	requiredText,
} from '../../../shared/fields/validators';
import { keyValueFields, keyValues } from '../../../shared/fields/keyValues';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import { isRecord, type InEventClient } from '../../client';
import { attendeeField, eventIdField, namedOnly, readEventId } from '../../fields';
import { simplifyAttendee } from '../../simplify';

const text = optional(requiredText);

export const update: Operation<InEventClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update attendee',
	description: namedOnly('Change the data of an attendee'),
	effect: 'write',
	fields: [
		eventIdField,
		attendeeField,
		simplifyField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
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
			],
		},
	],
	orderingKey: (item) => item.read('attendeeId', recordId),
	async run(item, client) {
		const id = item.read('attendeeId', recordId);
		const shape = readSimplify(item, simplifyAttendee);
		const given = item.readCollection('updateFields', {
			customFields: keyValues,
			customFieldsJson: jsonObject,
			email: optional(emailAddress),
			firstName: text,
			lastName: text,
			status: text,
			ticketTypeId: text,
		});
		const custom = { ...given.customFields, ...given.customFieldsJson };
		const body = omitEmpty({
			email: given.email,
			first_name: given.firstName,
			last_name: given.lastName,
			status: given.status,
			ticket_type_id: given.ticketTypeId,
			custom_fields: Object.keys(custom).length > 0 ? custom : undefined,
		});
		assertHasChanges(body);
		const changed = await client.change({
			method: 'PATCH',
			path: path`/v1/events/${readEventId(item)}/attendees/${id}`,
			body,
			safety: 'idempotent',
		});
		// Without the record (204) nothing is known of it but its id.
		return isRecord(changed) ? { ...shape(changed), updated: true } : { id, updated: true };
	},
};

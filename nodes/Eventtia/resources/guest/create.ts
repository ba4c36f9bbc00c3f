/** Guest: Create (eventtia.md, "Create Guest"; there is no endpoint to change or delete a guest). */
import { collectionField, textField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { emailAddress, optional, requiredText } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import {
	attendeeTypeField,
	eventUriField,
	numericId,
	optionalField,
	readEventUri,
} from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';

const text = optional(requiredText);

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create guest',
	description:
		'Add a person to the invitation list of an event. Eventtia cannot change or delete guests afterwards.',
	effect: 'write',
	fields: [
		eventUriField,
		{
			...textField('Email', 'email', 'The email of the guest', 'e.g. jane@example.com'),
			required: true,
		},
		simplifyField,
		collectionField('additionalFields', [
			{
				...optionalField(attendeeTypeField),
				description: 'The only attendee type that the guest can choose when registering',
			},
			textField('Company', 'company', 'The company of the guest'),
			textField('First Name', 'firstName', 'The first name of the guest'),
			textField('Last Name', 'lastName', 'The last name of the guest'),
		]),
	],
	orderingKey: (item) => `${readEventUri(item)} ${item.read('email', emailAddress).toLowerCase()}`,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const shape = readShape(item, client, eventUri);
		const fields = item.readCollection('additionalFields', {
			attendeeTypeId: optional(numericId),
			company: text,
			firstName: text,
			lastName: text,
		});
		const document = await client.create({
			method: 'POST',
			path: path`/events/${eventUri}/guests`,
			body: omitEmpty({
				first_name: fields.firstName,
				last_name: fields.lastName,
				email: item.read('email', emailAddress),
				company: fields.company,
				attendee_type_id: fields.attendeeTypeId,
			}),
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};

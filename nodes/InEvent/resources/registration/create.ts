/** Registration: Create (inevent.md, "POST /v1/events/{eventId}/registration"). Scope write:registration. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import type { Operation } from '../../../shared/action/types';
import {
	emailAddress,
	headerText,
	jsonObject,
	optional,
	requiredText,
	boolean,
} from '../../../shared/fields/validators';
import { booleanField, collectionField, textField } from '../../../shared/fields/builders';
import { keyValueFields, keyValues } from '../../../shared/fields/keyValues';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { InputError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId } from '../../fields';
import { idempotencyKey } from '../../idempotencyKey';
import { simplifyRegistration } from '../../simplify';

const detailFields: INodeProperties[] = [
	...keyValueFields(
		'Custom Fields',
		'customFields',
		'Fields of your own, e.g. company, role or dietary',
	),
	textField('First Name', 'firstName', 'The first name of the attendee'),
	textField('Last Name', 'lastName', 'The last name of the attendee'),
	booleanField(
		'Marketing Opt-In',
		'marketingOptIn',
		false,
		'Whether the attendee wants to hear from you',
	),
	booleanField(
		'Privacy Policy',
		'privacyPolicy',
		false,
		'Whether the attendee accepted the privacy policy; some events require it',
	),
	textField('Source', 'source', 'Where the registration comes from, e.g. website'),
	textField(
		'Ticket Type ID',
		'ticketTypeId',
		'The ID of the ticket type; InEvent’s API does not list them',
		'e.g. tkt_vip_01',
	),
	textField('UTM Campaign', 'utmCampaign', 'The campaign that brought the attendee'),
	textField('UTM Medium', 'utmMedium', 'The medium that brought the attendee, e.g. email'),
	textField('UTM Source', 'utmSource', 'The source that brought the attendee, e.g. newsletter'),
];

const text = optional(requiredText);

/** The request body as in inevent.md; empty groups are left out. */
function readBody(item: ItemParameters): IDataObject {
	const given = item.readCollection('additionalFields', {
		customFields: keyValues,
		customFieldsJson: jsonObject,
		firstName: text,
		lastName: text,
		marketingOptIn: boolean,
		privacyPolicy: boolean,
		source: text,
		ticketTypeId: text,
		utmCampaign: text,
		utmMedium: text,
		utmSource: text,
	});
	return omitEmpty({
		email: item.read('email', emailAddress),
		first_name: given.firstName,
		last_name: given.lastName,
		ticket_type_id: given.ticketTypeId,
		source: given.source,
		utm: toGroup({
			campaign: given.utmCampaign,
			medium: given.utmMedium,
			source: given.utmSource,
		}),
		custom_fields: toGroup({ ...given.customFields, ...given.customFieldsJson }),
		consents: toGroup({
			privacy_policy: given.privacyPolicy,
			marketing_opt_in: given.marketingOptIn,
		}),
	});
}

function toGroup(entries: IDataObject): IDataObject | undefined {
	const filledIn = omitEmpty(entries);
	return Object.keys(filledIn).length > 0 ? filledIn : undefined;
}

/**
 * The `Idempotency-Key` of the registration: the person's own, or one made from its content.
 *
 * @throws InputError if different registrations have the same key: all but the first would be lost
 */
function readKey(
	item: ItemParameters,
	client: InEventClient,
	eventId: string,
	body: IDataObject,
): string {
	const { idempotencyKey: ownKey } = item.readCollection('options', {
		idempotencyKey: optional(headerText),
	});
	const contentKey = idempotencyKey(eventId, body);
	if (ownKey === undefined || client.claimKey(ownKey, contentKey)) return ownKey ?? contentKey;
	throw new InputError(
		'"Idempotency Key" is the same as that of another registration',
		'InEvent would not register this attendee, but answer with the other one. Leave the key empty, or make it different for every item.',
	);
}

export const create: Operation<InEventClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create registration',
	description:
		'Register an attendee for an event. The same input is never registered twice, also when the workflow runs again.',
	effect: 'write',
	fields: [
		eventIdField,
		{
			...textField('Email', 'email', 'The email of the attendee', 'e.g. jane@example.com'),
			required: true,
		},
		simplifyField,
		collectionField('additionalFields', detailFields),
	],
	options: [
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. 7c0f1d9d-3b2b-4d2c-9b5f-1e2b1ed0bd0b',
			description:
				'Leave it empty: the key is then made from the event and all fields of the item. InEvent answers a repeated key with the first result, so a key of your own must be different for every item.',
		},
	],
	orderingKey: (item) => `${readEventId(item)} ${item.read('email', emailAddress).toLowerCase()}`,
	async run(item, client) {
		const eventId = readEventId(item);
		const body = readBody(item);
		const shape = readSimplify(item, simplifyRegistration);
		const key = readKey(item, client, eventId, body);
		const registration = await client.create({
			method: 'POST',
			path: path`/v1/events/${eventId}/registration`,
			body,
			headers: { 'Idempotency-Key': key },
			safety: 'idempotent',
		});
		return { ...shape(registration), email: body.email, idempotencyKey: key };
	},
};

/** Event Parameter: Get (eventtia.md, "Event Param"; no example of an answer). */
import type { Operation } from '../../../shared/action/types';
import { requiredText } from '../../../shared/fields/checks';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri, textField } from '../../fields';
import { assertPerson } from './forPeople';

export const get: Operation<EventtiaClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get event parameter',
	description:
		'Retrieve a technical parameter of an event. It can be a secret, such as the key of a payment provider, and stays in the execution’s data.',
	fields: [
		eventUriField,
		{
			displayName:
				'The value can be a secret, and n8n saves it with the execution. Not available to AI agents.',
			name: 'secretNotice',
			type: 'notice',
			default: '',
		},
		{
			...textField(
				'Parameter Name',
				'paramName',
				'The name of the parameter; Eventtia’s document lists none but this',
				'e.g. aux_json_data',
			),
			required: true,
		},
	],
	async run(item, client) {
		assertPerson(item);
		const paramName = item.read('paramName', requiredText);
		const value = await client.anything(
			path`/events/${readEventUri(item)}/event_params/${paramName}`,
		);
		return { paramName, value };
	},
};

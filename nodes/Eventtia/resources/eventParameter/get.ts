/** Event Parameter: Get (eventtia.md, "Event Param"; it has no example of a response). */
import type { IDataObject } from 'n8n-workflow';
import { textField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { readAttributes, readRecordDocument } from '../../jsonApi/documents';
import { assertNotAgent } from './shared';

/** A record holds the value in `param_value`, as *Update* sends it. Any other response is the value itself. */
function readValue(response: IDataObject[string]): IDataObject[string] {
	const record = readRecordDocument(response)?.record;
	const attributes = record === undefined ? {} : readAttributes(record);
	return 'param_value' in attributes ? attributes.param_value : response;
}

export const get: Operation<EventtiaClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get event parameter',
	description:
		'Retrieve a technical parameter of an event. It can be a secret, such as the key of a payment provider, and stays in the execution’s data.',
	effect: 'read',
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
		assertNotAgent(item);
		const paramName = item.read('paramName', recordId);
		const response = await client.rawJson(
			path`/events/${readEventUri(item)}/event_params/${paramName}`,
		);
		return { paramName, value: readValue(response) };
	},
};

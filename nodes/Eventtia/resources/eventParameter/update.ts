/** Event Parameter: Update (eventtia.md, "Updating an Event Param"). */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { jsonValue } from '../../../shared/fields/validators';
import { assertNotAgent } from './shared';

/** The only parameter that can be changed: "Currently, the only params available for edition". */
const AUX_JSON_DATA = 'aux_json_data';

export const update: Operation<EventtiaClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update event parameter',
	description: 'Set the free data (aux_json_data) of an event, whatever it was before',
	effect: 'write',
	fields: [
		eventUriField,
		{
			displayName: 'Parameter Name',
			name: 'paramName',
			type: 'options',
			options: [{ name: 'Auxiliary JSON Data', value: 'aux_json_data' }],
			default: 'aux_json_data',
			description: 'The parameter to set; Eventtia allows only this one',
		},
		{
			displayName: 'Value (JSON)',
			name: 'paramValue',
			type: 'json',
			default: '',
			required: true,
			description: 'The new value, as JSON. It replaces the old one.',
		},
	],
	orderingKey: readEventUri,
	async run(item, client) {
		assertNotAgent(item);
		const paramValue = item.read('paramValue', jsonValue);
		await client.perform({
			method: 'PATCH',
			path: path`/events/${readEventUri(item)}/event_params/${AUX_JSON_DATA}`,
			body: { param_value: paramValue },
			safety: 'idempotent',
		});
		return { paramName: AUX_JSON_DATA, value: paramValue, updated: true };
	},
};

/**
 * Attendee Activity: Replace All (eventtia.md, "Updating Activities for an Attendee"). Destructive: the
 * attendee is removed from every activity that is not in the list.
 */
import type { Operation } from '../../../shared/action/types';
import { boolean } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { InputError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { attendeeField, eventUriField, numericIds, readEventUri, readId } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';

export const replaceAll: Operation<EventtiaClient> = {
	value: 'replaceAll',
	name: 'Replace All',
	action: 'Replace all activities of attendee',
	description:
		'Register an attendee for exactly the given activities (workshops). The attendee is removed from every activity that is not in the list.',
	effect: 'write',
	fields: [
		eventUriField,
		attendeeField,
		{
			displayName: 'The attendee is removed from every activity that you do not choose here.',
			name: 'replaceAllNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Activity Names or IDs',
			name: 'workshopIds',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getActivities',
				loadOptionsDependsOn: ['eventUri.value'],
			},
			default: [],
			description:
				'All activities in which the attendee takes part from now on. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		simplifyField,
	],
	options: [
		{
			displayName: 'Allow Empty',
			name: 'allowEmpty',
			type: 'boolean',
			default: false,
			description:
				'Whether an empty list may be sent. It removes the attendee from all activities, so an empty expression is otherwise refused.',
		},
	],
	orderingKey: (item) => readId(item, attendeeField),
	async run(item, client) {
		const eventUri = readEventUri(item);
		const id = readId(item, attendeeField);
		const shape = readShape(item, client, eventUri);
		const workshopIds = item.read('workshopIds', numericIds);
		const { allowEmpty = false } = item.readCollection('options', { allowEmpty: boolean });
		if (workshopIds.length === 0 && !allowEmpty) {
			throw new InputError(
				'"Activity Names or IDs" is empty',
				'That would remove the attendee from all activities. If that is what you want, switch on "Allow Empty" under "Options".',
			);
		}
		const document = await client.change({
			method: 'PUT',
			path: path`/events/${eventUri}/attendees/${id}/update_activities`,
			body: { workshop_ids: workshopIds.join(',') },
			safety: 'idempotent',
		});
		return { ...(await shapeOne(shape, document)), activityIds: workshopIds.map(String) };
	},
};

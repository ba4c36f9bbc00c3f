/** Event: Get (artsvp.md, "Retrieve an event"). */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { idField } from '../../../shared/fields/locators';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { simplifyEvent } from '../../simplify';

export const get: Operation<ArtsvpClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get event',
	description: 'Retrieve one event: its name, place, times and tags',
	effect: 'read',
	fields: [
		idField('Event', 'eventId', 'searchEvents', 'eve-c60d5868-c4cf-4b55-83f2-6578a5173767'),
		simplifyField,
	],
	async run(item, client) {
		const id = item.read('eventId', recordId);
		const shape = readSimplify(item, simplifyEvent);
		return shape(await client.record(path`/events/${id}`));
	},
};

/** Event: Get Clone Progress (eventtia.md, "Event Clone Progress"). */
import type { Operation } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { isCloneFinished } from './shared';

export const getCloneProgress: Operation<EventtiaClient> = {
	value: 'getCloneProgress',
	name: 'Get Clone Progress',
	action: 'Get clone progress of event',
	description: 'Find out whether the clone of an event is finished',
	effect: 'read',
	fields: [eventUriField],
	async run(item, client) {
		const eventUri = readEventUri(item);
		return { eventUri, finished: await isCloneFinished(client, eventUri) };
	},
};

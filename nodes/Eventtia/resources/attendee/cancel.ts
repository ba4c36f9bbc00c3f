/**
 * Attendee: Cancel Registration (eventtia.md, "Cancel registration"). The response is not documented, so any
 * response but an error counts as success, and the attendee is read afterwards.
 */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import { Status } from '../../../shared/http/status';
import type { EventtiaClient } from '../../client';
import { attendeeField, eventUriField, readEventUri, readId } from '../../fields';
import { CallError } from '../../../shared/errors';
import { readShape, shapeOne } from '../../operations/shape';

export const cancel: Operation<EventtiaClient> = {
	value: 'cancel',
	name: 'Cancel Registration',
	action: 'Cancel registration of attendee',
	description: 'Take back the registration of an attendee',
	effect: 'remove',
	fields: [eventUriField, attendeeField, simplifyField],
	orderingKey: (item) => readId(item, attendeeField),
	async run(item, client) {
		const eventUri = readEventUri(item);
		const id = readId(item, attendeeField);
		const shape = readShape(item, client, eventUri);
		const attendee = path`/events/${eventUri}/attendees/${id}`;
		await client.perform({ method: 'PUT', path: `${attendee}/cancel`, safety: 'idempotent' });
		const after = await client.record(attendee).catch((error: unknown) => {
			// It is not documented whether a cancelled attendee can still be read.
			if (error instanceof CallError && error.problem.status === Status.notFound) return undefined;
			throw error;
		});
		return after === undefined
			? { id, cancelled: true }
			: { ...(await shapeOne(shape, after)), cancelled: true };
	},
};

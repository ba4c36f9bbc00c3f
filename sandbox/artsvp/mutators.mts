// Control routes that change ARTSVP's records as guests and organisers would: add, book, decline, change a status.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { BOOKING_STATUSES } from './records.mts';
import type { ArtsvpState } from './state.mts';

const resource = z.object({ name: z.string(), tags: z.array(z.string()).optional() }).strict();
const booking = z
	.object({
		eventId: z.string(),
		status: z.enum(BOOKING_STATUSES),
		name: z.string(),
		email: z.string(),
		size: z.number().int().positive(),
		tags: z.array(z.string()),
		metaData: z.record(z.unknown()),
		externalId: z.string(),
	})
	.partial()
	.strict();
const bookingPatch = booking.omit({ eventId: true, size: true, tags: true });
const params = z.object({ id: z.string() });

/** Adds the routes, relative to `/artsvp`. */
export function addMutatorRoutes(control: FastifyInstance, state: ArtsvpState): void {
	const idOf = (request: { params: unknown }) => params.parse(request.params).id;
	control.post('/events', ({ body }) => {
		const { name, tags } = resource.parse(body);
		return state.addEvent(name, tags);
	});
	control.post('/collections', ({ body }) => {
		const { name, tags } = resource.parse(body);
		return state.addCollection(name, tags);
	});
	control.post('/bookings', ({ body }) => state.addBooking(booking.parse(body ?? {})));
	control.patch('/bookings/:id', (request) =>
		state.updateBooking(idOf(request), bookingPatch.parse(request.body)),
	);
	control.post('/invites/:id/use', (request) =>
		state.useInvite(idOf(request), booking.parse(request.body ?? {})),
	);
	control.post('/invites/:id/decline', (request) => {
		state.declineInvite(idOf(request));
		return { declined: idOf(request) };
	});
}

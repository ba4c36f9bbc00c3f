// Control routes that change Invitario's guests as people would: add, change, check in and out, delete.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { type InvitarioGuest, NO_FIELDS } from './guest.mts';
import type { InvitarioState } from './state.mts';

const CUSTOM_FIELD = /^customField\d+$/;
const fields = z.record(
	z.string().refine((name) => name in NO_FIELDS || CUSTOM_FIELD.test(name), 'unknown field'),
	z.union([z.string(), z.array(z.string()), z.null()]),
);
const patch = {
	accessCode: z.string().optional(),
	registrationState: z.enum(['unknown', 'registered', 'deregistered']).optional(),
	fields: fields.optional(),
};
const newGuest = z
	.object({
		...patch,
		id: z.string().optional(),
		parentId: z.string().optional(),
		highlightColor: z.string().optional(),
	})
	.strict();
const guestPatch = z
	.object({ ...patch, highlightColor: z.string().nullable().optional() })
	.strict();
const params = z.object({ id: z.string() });

/** Adds the routes, relative to `/invitario`. Each responds with the guest after the change. */
export function addMutatorRoutes(control: FastifyInstance, state: InvitarioState): void {
	const onGuest = (verb: string, act: (id: string) => InvitarioGuest) =>
		control.post(`/guests/:id/${verb}`, (request) => act(params.parse(request.params).id));

	control.post('/guests', (request) => state.addGuest(newGuest.parse(request.body ?? {})));
	control.patch('/guests/:id', (request) =>
		state.updateGuest(params.parse(request.params).id, guestPatch.parse(request.body)),
	);
	control.delete('/guests/:id', (request) => state.deleteGuest(params.parse(request.params).id));
	onGuest('check-in', (id) => state.checkIn(id));
	onGuest('check-out', (id) => state.checkOut(id));
	onGuest('undo-check-in', (id) => state.undoCheckIn(id));
	onGuest('delete', (id) => state.deleteGuest(id));
}

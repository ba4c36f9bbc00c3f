/** Runs that together produce every field of each operation of the InEvent node, for its output schemas. */
import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import { by } from '../rig/items.mts';
import type { Samples } from './defineVendor.mts';

const IN_EVENT = { eventId: INEVENT_CREDENTIALS.production.eventId };
/** The first seeded attendee, who is not checked in. */
const ATTENDEE = { ...IN_EVENT, attendeeId: by('id', 'att_9e3779b1') };
const CHECKED_IN = { ...IN_EVENT, attendeeId: by('id', 'att_daa66d13') };
const ALL = { ...IN_EVENT, returnAll: true };
const SESSION = { ...IN_EVENT, sessionId: by('id', 'ses_1') };
const ORDER = { ...IN_EVENT, orderId: by('id', 'ord_1') };

export const inEventSamples = (): Samples => ({
	'attendee: getAll': () => [
		{ parameters: ALL },
		{ parameters: { ...ALL, options: { fields: ['id'] } } },
	],
	'attendee: get': () => [{ parameters: ATTENDEE }],
	'attendee: update': () => [{ parameters: { ...ATTENDEE, updateFields: { firstName: 'New' } } }],
	'attendee: delete': () => [{ parameters: ATTENDEE }],
	'attendee: checkIn': () => [{ parameters: ATTENDEE }],
	'attendee: getCheckIns': () => [{ parameters: CHECKED_IN }],
	'registration: create': () => [{ parameters: { ...IN_EVENT, email: 'new@example.com' } }],
	'analytics: getAll': () => [{ parameters: ALL }],
	'session: getAll': () => [{ parameters: ALL }],
	'session: get': () => [{ parameters: SESSION }],
	'session: getSpeakers': () => [{ parameters: { ...SESSION, returnAll: true } }],
	'order: getAll': () => [{ parameters: ALL }],
	'order: get': () => [{ parameters: ORDER }],
	'order: refund': () => [{ parameters: ORDER }],
});

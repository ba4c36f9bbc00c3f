/** The streams of the Invitario Trigger: how the sandbox changes their records, and which events that causes. */
import type { WatchedStream } from './defineVendor.mts';
import { byId } from './streamParts.mts';

type Stream = WatchedStream<'invitario'>;

const guests: Stream = {
	name: 'guest',
	events: { created: 'guestCreated', updated: 'guestUpdated', deleted: 'guestDeleted' },
	specials: [
		{ event: 'guestCheckedIn', act: ({ state }, id) => void state.checkIn(id) },
		{
			event: 'guestCheckedOut',
			before: ({ state }, id) => void state.checkIn(id),
			act: ({ state }, id) => void state.checkOut(id),
		},
		{
			event: 'guestCheckInUndone',
			before: ({ state }, id) => void state.checkIn(id),
			act: ({ state }, id) => void state.undoCheckIn(id),
		},
	],
	scope: () => ({}),
	lists: () => ['/api/v1/guest/list/all', '/api/v1/guest/list/recent'],
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: true,
	add: ({ state }, n) =>
		state.addGuest({ fields: { email: `added-${n}@example.com`, lastName: `Guest ${n}` } }).id,
	change: ({ state }, id, n) => void state.updateGuest(id, { fields: { company: `Company ${n}` } }),
	changedField: 'company',
	remove: ({ state }, id) => void state.deleteGuest(id),
	clear({ state }) {
		for (const { id, deleteDateTime } of state.guests()) {
			if (deleteDateTime === null) state.deleteGuest(id);
		}
	},
	idIn: byId,
};

export const invitarioStreams = [guests] as const satisfies readonly Stream[];

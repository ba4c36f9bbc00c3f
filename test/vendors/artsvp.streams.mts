/** The streams of the ARTSVP Trigger: how the sandbox changes their records, and which events that causes. */
import type { VendorServerOf, WatchedStream } from './defineVendor.mts';
import { byId, lifecycle, toIso } from './streamParts.mts';

type Server = VendorServerOf<'artsvp'>;
type Stream = WatchedStream<'artsvp'>;

const PAGE_SIZE = 99;
const common = {
	scope: () => ({}),
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: false,
	idIn: byId,
};

const bookingBecomes = (event: string, status: 'is_cancelled' | 'is_rejected' | 'is_waitlist') => ({
	event,
	act: ({ state }: Server, id: string) => void state.updateBooking(id, { status }),
});

const bookings: Stream = {
	...common,
	name: 'booking',
	events: lifecycle('booking'),
	specials: [
		{
			event: 'bookingConfirmed',
			before: ({ state }, id) => void state.updateBooking(id, { status: 'is_pending' }),
			act: ({ state }, id) => void state.updateBooking(id, { status: 'is_confirmed' }),
		},
		bookingBecomes('bookingCancelled', 'is_cancelled'),
		bookingBecomes('bookingRejected', 'is_rejected'),
		bookingBecomes('bookingWaitlisted', 'is_waitlist'),
	],
	lists: () => ['/api/v3/bookings'],
	pageSize: PAGE_SIZE,
	add: ({ state }, n) => state.addBooking({ email: `added-${n}@example.com` }).id,
	change: ({ state }, id, n) => void state.updateBooking(id, { email: `changed-${n}@example.com` }),
	changedField: 'email',
	remove({ state }, id) {
		const booking = state.storedBookings.find(id);
		if (booking) state.storedBookings.remove(booking);
	},
	clear({ state }) {
		for (const booking of state.storedBookings.all()) state.storedBookings.remove(booking);
	},
};

const invites: Stream = {
	...common,
	name: 'invite',
	events: lifecycle('invite'),
	specials: [{ event: 'inviteUsed', act: ({ state }, id) => void state.useInvite(id) }],
	lists: () => ['/api/v3/invites'],
	pageSize: PAGE_SIZE,
	add({ state }, n) {
		const [event] = state.events.all();
		if (event === undefined) throw new Error('There are no events');
		return state.addInvite(event, { email: `added-${n}@example.com` }).id;
	},
	change({ state }, id, n) {
		const invite = state.storedInvites.find(id);
		if (invite) state.updateInvite(invite, { externalId: `external-${n}` });
	},
	changedField: 'externalId',
	remove({ state }, id) {
		const invite = state.storedInvites.find(id);
		if (invite) state.storedInvites.remove(invite);
	},
	clear({ state }) {
		for (const invite of state.storedInvites.all()) state.storedInvites.remove(invite);
	},
};

const events: Stream = {
	...common,
	name: 'event',
	events: lifecycle('event'),
	specials: [],
	lists: () => ['/api/v3/events'],
	add: ({ state }, n) => state.addEvent(`Event ${n}`).id,
	change({ state, clock }, id, n) {
		const event = state.events.find(id);
		if (event) {
			Object.assign(event, { name: `Event named ${n}`, updated_at: toIso(clock.now()) });
		}
	},
	changedField: 'name',
	remove({ state }, id) {
		const event = state.events.find(id);
		if (event) state.events.remove(event);
	},
	clear({ state }) {
		for (const event of state.events.all()) state.events.remove(event);
	},
};

const collections: Stream = {
	...common,
	name: 'collection',
	events: lifecycle('collection'),
	specials: [],
	lists: () => ['/api/v3/collections'],
	add: ({ state }, n) => state.addCollection(`Collection ${n}`).id,
	change({ state, clock }, id, n) {
		const collection = state.collections.find(id);
		if (collection) {
			Object.assign(collection, { name: `Collection named ${n}`, updated_at: toIso(clock.now()) });
		}
	},
	changedField: 'name',
	remove({ state }, id) {
		const collection = state.collections.find(id);
		if (collection) state.collections.remove(collection);
	},
	clear({ state }) {
		for (const collection of state.collections.all()) state.collections.remove(collection);
	},
};

export const artsvpStreams = [
	bookings,
	invites,
	events,
	collections,
] as const satisfies readonly Stream[];

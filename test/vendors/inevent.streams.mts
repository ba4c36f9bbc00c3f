/** The streams of the InEvent Trigger: how the sandbox changes their records, and which events that causes. */
import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import type { InEventAttendee, InEventEvent } from '../../sandbox/start.mts';
import type { VendorServerOf, WatchedStream } from './defineVendor.mts';
import { byId, lifecycle, toIso } from './streamParts.mts';

type Server = VendorServerOf<'inEvent'>;
type Stream = WatchedStream<'inEvent'>;

const EVENT = INEVENT_CREDENTIALS.production.eventId;
const PAGE_SIZE = 100;

/** Runs an action on an attendee of the event. */
function withAttendee(act: (event: InEventEvent, attendee: InEventAttendee, n: number) => void) {
	return ({ state }: Server, id: string, n = 0) => {
		const event = state.event();
		const attendee = event.attendee(id);
		if (attendee === undefined) throw new Error(`No attendee ${id}`);
		act(event, attendee, n);
	};
}

const attendees: Stream = {
	name: 'attendee',
	events: lifecycle('attendee'),
	specials: [
		{
			event: 'attendeeCheckedIn',
			act: withAttendee((event, attendee) => void event.checkIn(attendee)),
		},
		{
			event: 'attendeeCancelled',
			act: withAttendee((event, attendee) => void event.update(attendee, { status: 'cancelled' })),
		},
	],
	scope: () => ({ eventId: EVENT }),
	lists: () => [`/v1/events/${EVENT}/attendees`],
	pageSize: PAGE_SIZE,
	timed: true,
	dated: true,
	confirms: true,
	hasChanges: true,
	add: ({ state }, n) => state.event().register({ email: `added-${n}@example.com` }).attendee.id,
	change: withAttendee(
		(event, attendee, n) => void event.update(attendee, { last_name: `Name ${n}` }),
	),
	changedField: 'lastName',
	remove: withAttendee((event, attendee) => event.remove(attendee)),
	clear({ state }) {
		for (const attendee of [...state.event().attendees()]) state.event().remove(attendee);
	},
	idIn: byId,
};

const analytics: Stream = {
	name: 'analyticsRow',
	events: { created: 'analyticsRowAdded' },
	specials: [],
	scope: () => ({ eventId: EVENT, dataset: 'checkins' }),
	lists: () => [`/v1/events/${EVENT}/analytics`],
	pageSize: PAGE_SIZE,
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: false,
	add({ state, clock }, n) {
		state
			.event()
			.datasets.get('checkins')
			?.push({
				attendee_id: `att_${n}`,
				timestamp: toIso(clock.now()).replace(/\.\d+Z$/, 'Z'),
				gate: 'north',
			});
		return `att_${n}`;
	},
	clear({ state }) {
		state.event().datasets.set('checkins', []);
	},
	idIn: ({ attendeeId, attendee_id: raw }) => String(attendeeId ?? raw),
};

export const inEventStreams = [attendees, analytics] as const satisfies readonly Stream[];

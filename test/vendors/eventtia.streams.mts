/** The streams of the Eventtia Trigger: how the sandbox changes their records, and which events that causes. */
import type { IDataObject } from 'n8n-workflow';

import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import type { EventtiaEvent } from '../../sandbox/start.mts';
import { nth } from '../rig/records.mts';
import type { VendorServerOf, WatchedStream } from './defineVendor.mts';
import { byId, lifecycle } from './streamParts.mts';

type Server = VendorServerOf<'eventtia'>;
type Stream = WatchedStream<'eventtia'>;

const PAGE_SIZE = 24;
const SLIM_PAGE_SIZE = 100;
const EVENT_PATH = `/api/v3/events/${EVENTTIA_CREDENTIALS.eventUri}`;
const eventOf = (server: Server): EventtiaEvent => server.state.event();

const conferenceFor = (server: Server) => nth(eventOf(server).networking.conferences.values());

/** A stream of records of the event. */
function ofEvent(
	own: Pick<Stream, 'name' | 'events' | 'idIn'> &
		Partial<Stream> & {
			path(server: Server): string;
			ids?: (server: Server) => IDataObject;
		},
): Stream {
	const { path, ids, ...rest } = own;
	return {
		specials: [],
		scope: (server) => ({
			eventUri: EVENTTIA_CREDENTIALS.eventUri,
			...ids?.(server),
		}),
		lists: (server) => [`${EVENT_PATH}/${path(server)}`],
		pageSize: PAGE_SIZE,
		timed: true,
		dated: true,
		confirms: true,
		hasChanges: false,
		...rest,
	};
}

/** How records that the sandbox keeps in a map are found, removed and cleared. */
function inMap<Row>(rows: (server: Server) => Map<string, Row>) {
	return {
		find(server: Server, id: string): Row {
			const row = rows(server).get(id);
			if (row === undefined) throw new Error(`No record ${id}`);
			return row;
		},
		remove: (server: Server, id: string) => void rows(server).delete(id),
		clear: (server: Server) => rows(server).clear(),
	};
}

const attendees = ofEvent({
	name: 'attendee',
	events: lifecycle('attendee'),
	specials: [
		{
			event: 'attendeeCheckedIn',
			act: (server, id) => void eventOf(server).attendees.checkIn({ id }),
		},
		{
			event: 'attendeeCheckInUndone',
			before: (server, id) => void eventOf(server).attendees.checkIn({ id }),
			act: (server, id) => void eventOf(server).attendees.undoCheckIn({ id }),
		},
		{
			event: 'attendeePaid',
			before: (server, id) =>
				void eventOf(server).attendees.update({ id }, (row) => (row.paid = false)),
			act: (server, id) =>
				void eventOf(server).attendees.update({ id }, (row) => (row.paid = true)),
		},
		{
			event: 'attendeeCancelled',
			act: (server, id) => void eventOf(server).attendees.setStatus({ id }, 'cancelled'),
		},
		{
			event: 'attendeeRejected',
			act: (server, id) => void eventOf(server).attendees.setStatus({ id }, 'rejected'),
		},
	],
	path: () => 'attendees',
	hasChanges: true,
	add: (server, n) => eventOf(server).attendees.register({ email: `added-${n}@example.com` }).id,
	change: (server, id, n) =>
		void eventOf(server).attendees.setField({ id }, 'company', `Company ${n}`),
	changedField: 'fields',
	remove: (server, id) => void eventOf(server).attendees.archive({ id }),
	clear(server) {
		for (const row of [...eventOf(server).attendees.all()]) {
			if (!row.archived) eventOf(server).attendees.archive(row);
		}
	},
	idIn: byId,
});

const activitiesOf = inMap((server) => eventOf(server).activities.activities);

const activities = ofEvent({
	name: 'activity',
	events: lifecycle('activity'),
	path: () => 'workshops',
	hasChanges: true,
	add: (server, n) => {
		const { facts, activities: store } = eventOf(server);
		return store.add({ name: `Activity ${n}`, start_date: facts.start, end_date: facts.end }).id;
	},
	change: (server, id, n) =>
		void eventOf(server).activities.update(activitiesOf.find(server, id), {
			location: `Room ${n}`,
		}),
	changedField: 'location',
	remove: activitiesOf.remove,
	clear: activitiesOf.clear,
	idIn: byId,
});

const guests = ofEvent({
	name: 'guest',
	events: lifecycle('guest'),
	specials: [
		{
			event: 'guestRegistered',
			act(server, id) {
				const email = eventOf(server).guests.find(id)?.email;
				eventOf(server).attendees.register({ email: email ?? '' });
			},
		},
	],
	path: () => 'guests',
	add: (server, n) =>
		eventOf(server).guests.add({ email: `added-${n}@example.com`, company: 'Acme' }).id,
	change: (server, id, n) => void eventOf(server).guests.update(id, { company: `Company ${n}` }),
	changedField: 'company',
	remove: (server, id) => eventOf(server).guests.remove(id),
	clear(server) {
		for (const { id } of [...eventOf(server).guests.all()]) eventOf(server).guests.remove(id);
	},
	idIn: byId,
});

const conferencesOf = inMap((server) => eventOf(server).networking.conferences);

const conferences = ofEvent({
	name: 'businessConference',
	events: lifecycle('businessConference'),
	path: () => 'business_conferences',
	hasChanges: true,
	add: (server, n) => eventOf(server).networking.add(`Conference ${n}`).id,
	change: (server, id, n) =>
		void Object.assign(conferencesOf.find(server, id), {
			name: `Conference named ${n}`,
			updated_at: eventOf(server).now(),
		}),
	changedField: 'name',
	remove: conferencesOf.remove,
	clear: conferencesOf.clear,
	idIn: byId,
});

const participantsOf = inMap((server) => conferenceFor(server).participants);

const participants = ofEvent({
	name: 'participant',
	events: lifecycle('participant'),
	path: (server) =>
		`business_conferences/${conferenceFor(server).id}/business_conference_participants`,
	ids: (server) => ({ businessConferenceId: conferenceFor(server).id }),
	hasChanges: true,
	add(server) {
		const conference = conferenceFor(server);
		const { networking, attendees } = eventOf(server);
		return networking.addParticipant(conference, nth(conference.types.values()), attendees.at(0))
			.id;
	},
	change: (server, id, n) =>
		void eventOf(server).networking.updateParticipant(participantsOf.find(server, id), {
			job_title: `Title ${n}`,
		}),
	changedField: 'jobTitle',
	remove: participantsOf.remove,
	clear: participantsOf.clear,
	idIn: byId,
});

const meetingsOf = inMap((server) => conferenceFor(server).meetings);

const meetings = ofEvent({
	name: 'meeting',
	events: lifecycle('meeting'),
	specials: [
		{
			event: 'meetingAccepted',
			act: (server, id) =>
				void eventOf(server).networking.updateMeeting(meetingsOf.find(server, id), 2),
		},
		{
			event: 'meetingRejected',
			act: (server, id) =>
				void eventOf(server).networking.updateMeeting(meetingsOf.find(server, id), 3),
		},
	],
	path: (server) => `business_conferences/${conferenceFor(server).id}/business_conference_meetings`,
	ids: (server) => ({ businessConferenceId: conferenceFor(server).id }),
	add(server, n) {
		const conference = conferenceFor(server);
		const [host, other] = [...conference.participants.values()];
		if (host === undefined || other === undefined) throw new Error('There are no participants');
		return eventOf(server).networking.addMeeting(conference, host, other, { slot: n }).id;
	},
	change(server, id, n) {
		Object.assign(meetingsOf.find(server, id), {
			location: `Table ${n}`,
			updated_at: eventOf(server).now(),
		});
	},
	changedField: 'location',
	remove: meetingsOf.remove,
	clear: meetingsOf.clear,
	idIn: byId,
});

const paymentsOf = inMap((server) => eventOf(server).payments.payments);
const attendeeIdOf = (server: Server) => eventOf(server).attendees.at(0).id;

const payments = ofEvent({
	name: 'payment',
	events: lifecycle('payment'),
	specials: (['accepted', 'refunded'] as const).map((status) => ({
		event: status === 'accepted' ? 'paymentAccepted' : 'paymentRefunded',
		before: (server, id) =>
			void eventOf(server).payments.update(paymentsOf.find(server, id), { status: 'processing' }),
		act: (server, id) =>
			void eventOf(server).payments.update(paymentsOf.find(server, id), { status }),
	})),
	path: () => 'attendee-payments',
	add: (server) => eventOf(server).payments.add(attendeeIdOf(server)).id,
	change: (server, id, n) =>
		void eventOf(server).payments.update(paymentsOf.find(server, id), {
			total_amount: `${n}.5`,
		}),
	changedField: 'totalAmount',
	remove: paymentsOf.remove,
	clear: paymentsOf.clear,
	idIn: byId,
});

const purchasesOf = inMap((server) => eventOf(server).merchandising.purchases);

const purchases = ofEvent({
	name: 'purchase',
	events: lifecycle('purchase'),
	specials: [
		{
			event: 'purchasePaid',
			act: (server, id) =>
				void Object.assign(purchasesOf.find(server, id), {
					paid: true,
					updated_at: eventOf(server).now(),
				}),
		},
	],
	path: () => 'attendee_purchase_items',
	add(server) {
		const { merchandising } = eventOf(server);
		return merchandising.buy(attendeeIdOf(server), nth(merchandising.items.keys())).id;
	},
	change: (server, id, n) =>
		void Object.assign(purchasesOf.find(server, id), {
			quantity: n + 1,
			updated_at: eventOf(server).now(),
		}),
	changedField: 'quantity',
	remove: purchasesOf.remove,
	clear: purchasesOf.clear,
	idIn: byId,
});

const reservationsOf = inMap((server) => eventOf(server).exhibitors.reservations);

const standReservations = ofEvent({
	name: 'standReservation',
	events: lifecycle('standReservation'),
	path: () => 'stand_reservations',
	add(server, n) {
		const { exhibitors, nextId } = eventOf(server);
		const id = nextId.call(eventOf(server));
		exhibitors.reservations.set(id, {
			...nth(exhibitors.reservations.values()),
			id,
			display_name: `Exhibitor ${n}`,
			isPublic: true,
			updated_at: eventOf(server).now(),
		});
		return id;
	},
	change: (server, id, n) =>
		void Object.assign(reservationsOf.find(server, id), {
			website: `www-${n}.example.com`,
			updated_at: eventOf(server).now(),
		}),
	changedField: 'website',
	remove: reservationsOf.remove,
	idIn: byId,
});

const leadsOf = inMap((server) => eventOf(server).exhibitors.leads);
const reservationIdOf = (server: Server) => nth(eventOf(server).exhibitors.reservations.keys());

const leads = ofEvent({
	name: 'lead',
	events: lifecycle('lead'),
	path: (server) => `stand_reservations/${reservationIdOf(server)}/leads`,
	ids: (server) => ({ standReservationId: reservationIdOf(server) }),
	// The document shows only the day on which a lead changed.
	dated: false,
	add: (server, n) =>
		eventOf(server).exhibitors.addLead(reservationIdOf(server), {
			email: `added-${n}@example.com`,
		}).id,
	change: (server, id, n) =>
		void eventOf(server).exhibitors.updateLead(leadsOf.find(server, id), { notes: `Note ${n}` }),
	changedField: 'notes',
	remove: leadsOf.remove,
	clear: leadsOf.clear,
	idIn: byId,
});

const surveysOf = inMap((server) => eventOf(server).surveys.surveys);

const surveys = ofEvent({
	name: 'survey',
	events: lifecycle('survey'),
	path: () => 'surveys',
	add: (server, n) => eventOf(server).surveys.add(`Survey ${n}`).id,
	change: (server, id, n) =>
		void Object.assign(surveysOf.find(server, id), {
			description: `Description ${n}`,
			updated_at: eventOf(server).now(),
		}),
	changedField: 'description',
	remove: surveysOf.remove,
	clear: surveysOf.clear,
	idIn: byId,
});

const answersOf = inMap((server) => eventOf(server).surveys.answers);
const surveyFor = (server: Server) => nth(eventOf(server).surveys.surveys.values());

const surveyAnswers = ofEvent({
	name: 'surveyAnswer',
	events: lifecycle('surveyAnswer'),
	path: (server) => `surveys/${surveyFor(server).id}/survey_answers`,
	ids: (server) => ({ surveyId: surveyFor(server).id }),
	timed: false,
	dated: false,
	add(server, n) {
		const survey = surveyFor(server);
		const [, text] = survey.questions;
		return eventOf(server).surveys.answer(
			survey,
			{ [text?.id ?? '']: `Answer ${n}` },
			{ entity_id: Number(attendeeIdOf(server)) },
		).id;
	},
	change(server, id, n) {
		const answer = answersOf.find(server, id);
		answer.values = Object.fromEntries(
			Object.keys(answer.values).map((question) => [question, `Other answer ${n}`]),
		);
	},
	changedField: 'values',
	remove: answersOf.remove,
	clear: answersOf.clear,
	idIn: byId,
});

const VIP = 'VIP';

const { pageSize: _onePage, ...tickets } = ofEvent({
	name: 'ticketStat',
	events: { updated: 'ticketsSold' },
	specials: [
		{
			event: 'ticketsSoldOut',
			act(server, name) {
				const { attendees, attendeeTypes } = eventOf(server);
				const type = attendeeTypes.named(name);
				type.capacity = attendees.usedSeats(type.id);
			},
		},
	],
	path: () => 'tickets-stats',
	timed: false,
	dated: false,
	confirms: false,
	fixed: VIP,
	change: (server, _name, n) =>
		void eventOf(server).attendees.register({ email: `added-${n}@example.com` }, VIP),
	changedField: 'usedSeats',
	idIn: ({ name }) => String(name),
});

const eventsOf = inMap((server) => server.state.events);

function eventById(server: Server, id: string): EventtiaEvent {
	const events = [...server.state.events.values()];
	return nth(events.filter((event) => event.id === id));
}

const events: Stream = {
	...ofEvent({
		name: 'event',
		events: lifecycle('event'),
		path: () => '',
		add({ state }, n) {
			const { facts, accountEmail } = state.event();
			return state.addEvent({ ...facts, name: `Event ${n}`, uri: `added-event-${n}` }, accountEmail)
				.id;
		},
		change(server, id, n) {
			const event = eventById(server, id);
			server.state.updateEvent(event, { ...event.facts, name: `Event named ${n}` });
		},
		changedField: 'name',
		remove: (server, id) => eventsOf.remove(server, eventById(server, id).uri),
		idIn: byId,
	}),
	scope: () => ({}),
	lists: () => ['/api/v3/events/slim'],
	pageSize: SLIM_PAGE_SIZE,
};

export const eventtiaStreams = [
	events,
	attendees,
	activities,
	guests,
	conferences,
	participants,
	meetings,
	payments,
	purchases,
	standReservations,
	leads,
	surveys,
	surveyAnswers,
	tickets,
] as const satisfies readonly Stream[];

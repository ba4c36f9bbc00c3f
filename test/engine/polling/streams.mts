/**
 * Every stream of every vendor as the shared suite sees it: which node watches it with which parameters, how the
 * sandbox changes it, and which events that must tell.
 */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import {
	ARTSVP_CREDENTIALS,
	EVENT_VAULT_CREDENTIALS,
	EVENTTIA_CREDENTIALS,
	INEVENT_CREDENTIALS,
	INVITARIO_CREDENTIALS,
} from '../../../sandbox/credentials.mts';
import type { VendorState } from '../../../sandbox/shared/endpoint.mts';
import type { EventtiaEvent, Sandbox, VendorServer } from '../../../sandbox/start.mts';

/** One vendor. */
export interface WatchedVendor {
	name: string;
	node: string;
	credentialType: string;
	server(sandbox: Sandbox): VendorServer<VendorState>;
	/** The credential that the sandbox accepts, for a base URL. */
	credential(baseUrl: string): ICredentialDataDecryptedObject;
	/** Fields of it that make it wrong. */
	wrong: ICredentialDataDecryptedObject;
	/** Whether there are sessions or tokens that can end. */
	hasSessions: boolean;
}

/** An event beside created, updated and deleted. */
export interface SpecialEvent {
	event: string;
	/** Makes the record what it was before. */
	before?(sandbox: Sandbox, id: string): void;
	/** Lets it happen. @returns the id of the record that the event is about */
	act(sandbox: Sandbox, id: string): void;
}

/** One stream. Ids are those that {@link WatchedStream.idIn} finds in an item. */
export interface WatchedStream {
	vendor: WatchedVendor;
	/** As in `_key`. */
	name: string;
	events: { created?: string; updated?: string; deleted?: string };
	specials: SpecialEvent[];
	/** Parameters that say where to look. */
	scope(sandbox: Sandbox): IDataObject;
	/** Paths of the lists that are read. */
	lists(sandbox: Sandbox): string[];
	/** Undefined: the whole list comes in one answer. */
	pageSize?: number;
	/** Records say when they changed; items come in that order. */
	timed: boolean;
	/** Records say when they were made or, failing that, when they changed. */
	dated: boolean;
	/** Gone only if missing from two complete readings. */
	confirms: boolean;
	/** There is a list of changes: the complete list is read less often. */
	hasChanges: boolean;
	/** Adds record number `n` (any number, once). @returns its id */
	add?(sandbox: Sandbox, n: number): string;
	/** Records that are there from the start and can be changed, where none can be added. */
	fixed?: string;
	/** Changes a watched field; `n` is different each time. */
	change?(sandbox: Sandbox, id: string, n: number): void;
	/** The name of that field in `_changes`. */
	changedField?: string;
	remove?(sandbox: Sandbox, id: string): void;
	/** Takes every record away. */
	clear?(sandbox: Sandbox): void;
	idIn(item: IDataObject): string;
}

const byId = ({ id }: IDataObject) => String(id);

// Event Vault

const eventVault: WatchedVendor = {
	name: 'Event Vault',
	node: 'eventVaultTrigger',
	credentialType: 'eventVaultApi',
	server: (sandbox) => sandbox.eventVault,
	credential: (baseUrl) => ({
		apiKey: EVENT_VAULT_CREDENTIALS.apiKey,
		clientId: EVENT_VAULT_CREDENTIALS.clientId,
		eventId: EVENT_VAULT_CREDENTIALS.eventId,
		baseUrl,
	}),
	wrong: { apiKey: 'wrong' },
	hasSessions: false,
};

const vault = (sandbox: Sandbox) => sandbox.eventVault.state.event();

const vaultGuests: WatchedStream = {
	vendor: eventVault,
	name: 'guest',
	events: { created: 'guestCreated', updated: 'guestUpdated', deleted: 'guestDeleted' },
	specials: [
		{
			event: 'guestRegistered',
			act: (sandbox, id) => void vault(sandbox).setRegistered(id, true),
		},
	],
	scope: () => ({}),
	lists: () => ['/getGuests'],
	timed: false,
	dated: false,
	confirms: false,
	hasChanges: false,
	add(sandbox, n) {
		const userEmail = `added-${n}@example.com`;
		vault(sandbox).addGuest({ userEmail, name: `Guest ${n}`, company: 'Acme' });
		return userEmail;
	},
	change(sandbox, id, n) {
		vault(sandbox).removeGuest(id);
		vault(sandbox).addGuest({ userEmail: id, name: 'Guest', company: `Company ${n}` });
	},
	changedField: 'company',
	remove: (sandbox, id) => void vault(sandbox).removeGuest(id),
	clear(sandbox) {
		for (const { email } of vault(sandbox).guests()) vault(sandbox).removeGuest(email);
	},
	idIn: byId,
};

const ticketId = ({ email, ticketType }: IDataObject) => `${String(email)} ${String(ticketType)}`;

const vaultTickets: WatchedStream = {
	vendor: eventVault,
	name: 'ticket',
	events: { created: 'ticketAdded', deleted: 'ticketRemoved' },
	specials: [],
	scope: () => ({}),
	lists: () => ['/getAllTickets'],
	timed: false,
	dated: false,
	confirms: false,
	hasChanges: false,
	add(sandbox, n) {
		vault(sandbox).putTicket(`added-${n}@example.com`, 'VIP');
		return `added-${n}@example.com VIP`;
	},
	remove(sandbox, id) {
		const [email = '', ticketType = ''] = id.split(' ');
		vault(sandbox).removeTicket(email, ticketType);
	},
	clear(sandbox) {
		for (const { EMAIL } of vault(sandbox).tickets()) vault(sandbox).removeTicketsOf(EMAIL);
	},
	idIn: ticketId,
};

// Invitario

const invitario: WatchedVendor = {
	name: 'Invitario',
	node: 'invitarioTrigger',
	credentialType: 'invitarioApi',
	server: (sandbox) => sandbox.invitario,
	credential: (baseUrl) => ({
		baseUrl,
		eventId: INVITARIO_CREDENTIALS.eventId,
		apiKey: INVITARIO_CREDENTIALS.apiKey,
		stationName: INVITARIO_CREDENTIALS.stationName,
	}),
	wrong: { apiKey: 'wrong' },
	hasSessions: true,
};

const invitarioGuests: WatchedStream = {
	vendor: invitario,
	name: 'guest',
	events: { created: 'guestCreated', updated: 'guestUpdated', deleted: 'guestDeleted' },
	specials: [
		{ event: 'guestCheckedIn', act: ({ invitario: { state } }, id) => void state.checkIn(id) },
		{
			event: 'guestCheckedOut',
			before: ({ invitario: { state } }, id) => void state.checkIn(id),
			act: ({ invitario: { state } }, id) => void state.checkOut(id),
		},
		{
			event: 'guestCheckInUndone',
			before: ({ invitario: { state } }, id) => void state.checkIn(id),
			act: ({ invitario: { state } }, id) => void state.undoCheckIn(id),
		},
	],
	scope: () => ({}),
	lists: () => ['/api/v1/guest/list/all', '/api/v1/guest/list/recent'],
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: true,
	add: ({ invitario: { state } }, n) =>
		state.addGuest({ fields: { email: `added-${n}@example.com`, lastName: `Guest ${n}` } }).id,
	change: ({ invitario: { state } }, id, n) =>
		void state.updateGuest(id, { fields: { company: `Company ${n}` } }),
	changedField: 'company',
	remove: ({ invitario: { state } }, id) => void state.deleteGuest(id),
	clear({ invitario: { state } }) {
		for (const { id, deleteDateTime } of state.guests()) {
			if (deleteDateTime === null) state.deleteGuest(id);
		}
	},
	idIn: byId,
};

// ARTSVP

const artsvp: WatchedVendor = {
	name: 'ARTSVP',
	node: 'artsvpTrigger',
	credentialType: 'artsvpApi',
	server: (sandbox) => sandbox.artsvp,
	credential: (baseUrl) => ({
		apiKey: ARTSVP_CREDENTIALS.apiKey,
		baseUrl: `${baseUrl}/api/v3`,
		rateLimitRequests: 1_000_000,
		rateLimitSeconds: 1,
	}),
	wrong: { apiKey: 'wrong' },
	hasSessions: false,
};

const ARTSVP_PAGE = 99;
const ofArtsvp = {
	vendor: artsvp,
	scope: () => ({}),
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: false,
	idIn: byId,
};

function usual(record: string) {
	return {
		created: `${record}Created`,
		updated: `${record}Updated`,
		deleted: `${record}Deleted`,
	};
}

const bookingBecomes = (event: string, status: 'is_cancelled' | 'is_rejected' | 'is_waitlist') => ({
	event,
	act: ({ artsvp: { state } }: Sandbox, id: string) => void state.updateBooking(id, { status }),
});

const bookings: WatchedStream = {
	...ofArtsvp,
	name: 'booking',
	events: usual('booking'),
	specials: [
		{
			event: 'bookingConfirmed',
			before: ({ artsvp: { state } }, id) => void state.updateBooking(id, { status: 'is_pending' }),
			act: ({ artsvp: { state } }, id) => void state.updateBooking(id, { status: 'is_confirmed' }),
		},
		bookingBecomes('bookingCancelled', 'is_cancelled'),
		bookingBecomes('bookingRejected', 'is_rejected'),
		bookingBecomes('bookingWaitlisted', 'is_waitlist'),
	],
	lists: () => ['/api/v3/bookings'],
	pageSize: ARTSVP_PAGE,
	add: ({ artsvp: { state } }, n) => state.addBooking({ email: `added-${n}@example.com` }).id,
	change: ({ artsvp: { state } }, id, n) =>
		void state.updateBooking(id, { email: `changed-${n}@example.com` }),
	changedField: 'email',
	remove({ artsvp: { state } }, id) {
		const booking = state.storedBookings.find(id);
		if (booking) state.storedBookings.remove(booking);
	},
	clear({ artsvp: { state } }) {
		for (const booking of state.storedBookings.all()) state.storedBookings.remove(booking);
	},
};

const invites: WatchedStream = {
	...ofArtsvp,
	name: 'invite',
	events: usual('invite'),
	specials: [{ event: 'inviteUsed', act: ({ artsvp: { state } }, id) => void state.useInvite(id) }],
	lists: () => ['/api/v3/invites'],
	pageSize: ARTSVP_PAGE,
	add({ artsvp: { state } }, n) {
		const [event] = state.events.all();
		if (event === undefined) throw new Error('There are no events');
		return state.addInvite(event, { email: `added-${n}@example.com` }).id;
	},
	change({ artsvp: { state } }, id, n) {
		const invite = state.storedInvites.find(id);
		if (invite) state.updateInvite(invite, { externalId: `external-${n}` });
	},
	changedField: 'externalId',
	remove({ artsvp: { state } }, id) {
		const invite = state.storedInvites.find(id);
		if (invite) state.storedInvites.remove(invite);
	},
	clear({ artsvp: { state } }) {
		for (const invite of state.storedInvites.all()) state.storedInvites.remove(invite);
	},
};

const artsvpEvents: WatchedStream = {
	...ofArtsvp,
	name: 'event',
	events: usual('event'),
	specials: [],
	lists: () => ['/api/v3/events'],
	add: ({ artsvp: { state } }, n) => state.addEvent(`Event ${n}`).id,
	change({ artsvp: { state, clock } }, id, n) {
		const event = state.events.find(id);
		if (event) {
			Object.assign(event, { name: `Event named ${n}`, updated_at: isoOf(clock.now()) });
		}
	},
	changedField: 'name',
	remove({ artsvp: { state } }, id) {
		const event = state.events.find(id);
		if (event) state.events.remove(event);
	},
	clear({ artsvp: { state } }) {
		for (const event of state.events.all()) state.events.remove(event);
	},
};

const collections: WatchedStream = {
	...ofArtsvp,
	name: 'collection',
	events: usual('collection'),
	specials: [],
	lists: () => ['/api/v3/collections'],
	add: ({ artsvp: { state } }, n) => state.addCollection(`Collection ${n}`).id,
	change({ artsvp: { state, clock } }, id, n) {
		const collection = state.collections.find(id);
		if (collection) {
			Object.assign(collection, { name: `Collection named ${n}`, updated_at: isoOf(clock.now()) });
		}
	},
	changedField: 'name',
	remove({ artsvp: { state } }, id) {
		const collection = state.collections.find(id);
		if (collection) state.collections.remove(collection);
	},
	clear({ artsvp: { state } }) {
		for (const collection of state.collections.all()) state.collections.remove(collection);
	},
};

function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

// InEvent

const inEvent: WatchedVendor = {
	name: 'InEvent',
	node: 'inEventTrigger',
	credentialType: 'inEventOAuth2Api',
	server: (sandbox) => sandbox.inEvent,
	credential: (baseUrl) => ({
		clientId: INEVENT_CREDENTIALS.production.clientId,
		clientSecret: INEVENT_CREDENTIALS.production.clientSecret,
		baseUrl,
		scopes: ['read:attendees', 'read:analytics'],
	}),
	// A token that n8n has stays good without the secret.
	wrong: { clientSecret: 'wrong', oauthTokenData: {} },
	hasSessions: true,
};

const INEVENT_EVENT = INEVENT_CREDENTIALS.production.eventId;
const INEVENT_PAGE = 100;

/** Does something with an attendee of the event. */
function withAttendee(
	act: (
		event: ReturnType<Sandbox['inEvent']['state']['event']>,
		attendee: NonNullable<ReturnType<ReturnType<Sandbox['inEvent']['state']['event']>['attendee']>>,
		n: number,
	) => void,
) {
	return ({ inEvent: { state } }: Sandbox, id: string, n = 0) => {
		const event = state.event();
		const attendee = event.attendee(id);
		if (attendee === undefined) throw new Error(`No attendee ${id}`);
		act(event, attendee, n);
	};
}

const inEventAttendees: WatchedStream = {
	vendor: inEvent,
	name: 'attendee',
	events: usual('attendee'),
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
	scope: () => ({ eventId: INEVENT_EVENT }),
	lists: () => [`/v1/events/${INEVENT_EVENT}/attendees`],
	pageSize: INEVENT_PAGE,
	timed: true,
	dated: true,
	confirms: true,
	hasChanges: true,
	add: ({ inEvent: { state } }, n) =>
		state.event().register({ email: `added-${n}@example.com` }).attendee.id,
	change: withAttendee(
		(event, attendee, n) => void event.update(attendee, { last_name: `Name ${n}` }),
	),
	changedField: 'lastName',
	remove: withAttendee((event, attendee) => event.remove(attendee)),
	clear({ inEvent: { state } }) {
		for (const attendee of [...state.event().attendees()]) state.event().remove(attendee);
	},
	idIn: byId,
};

const analytics: WatchedStream = {
	vendor: inEvent,
	name: 'analyticsRow',
	events: { created: 'analyticsRowAdded' },
	specials: [],
	scope: () => ({ eventId: INEVENT_EVENT, dataset: 'checkins' }),
	lists: () => [`/v1/events/${INEVENT_EVENT}/analytics`],
	pageSize: INEVENT_PAGE,
	timed: true,
	dated: true,
	confirms: false,
	hasChanges: false,
	add({ inEvent: { state, clock } }, n) {
		state
			.event()
			.datasets.get('checkins')
			?.push({
				attendee_id: `att_${n}`,
				timestamp: isoOf(clock.now()).replace(/\.\d+Z$/, 'Z'),
				gate: 'north',
			});
		return `att_${n}`;
	},
	clear({ inEvent: { state } }) {
		state.event().datasets.set('checkins', []);
	},
	idIn: ({ attendeeId, attendee_id: raw }) => String(attendeeId ?? raw),
};

// Eventtia

const eventtia: WatchedVendor = {
	name: 'Eventtia',
	node: 'eventtiaTrigger',
	credentialType: 'eventtiaApi',
	server: (sandbox) => sandbox.eventtia,
	credential: (baseUrl) => ({
		authenticateAs: 'user',
		email: EVENTTIA_CREDENTIALS.email,
		password: EVENTTIA_CREDENTIALS.password,
		baseUrl,
		rateLimitRequests: 1_000_000,
		rateLimitSeconds: 1,
	}),
	wrong: { password: 'wrong', sessionToken: '' },
	hasSessions: true,
};

const EVENTTIA_PAGE = 24;
const SLIM_PAGE = 100;
const EVENTTIA_LIST = `/api/v3/events/${EVENTTIA_CREDENTIALS.eventUri}`;
const eventOf = (sandbox: Sandbox): EventtiaEvent => sandbox.eventtia.state.event();

function first<T>(values: Iterable<T>): T {
	for (const value of values) return value;
	throw new Error('There is none');
}

const conferenceOf = (sandbox: Sandbox) => first(eventOf(sandbox).networking.conferences.values());

/** A stream of an event; what differs is said by each. */
function ofEvent(
	own: Pick<WatchedStream, 'name' | 'events' | 'idIn'> &
		Partial<WatchedStream> & {
			path(sandbox: Sandbox): string;
			ids?: (sandbox: Sandbox) => IDataObject;
		},
): WatchedStream {
	const { path, ids, ...rest } = own;
	return {
		vendor: eventtia,
		specials: [],
		scope: (sandbox) => ({
			eventUri: EVENTTIA_CREDENTIALS.eventUri,
			...ids?.(sandbox),
		}),
		lists: (sandbox) => [`${EVENTTIA_LIST}/${path(sandbox)}`],
		pageSize: EVENTTIA_PAGE,
		timed: true,
		dated: true,
		confirms: true,
		hasChanges: false,
		...rest,
	};
}

/** How records that the sandbox keeps in a map are found, removed and cleared. */
function inMap<Row>(rows: (sandbox: Sandbox) => Map<string, Row>) {
	return {
		find(sandbox: Sandbox, id: string): Row {
			const row = rows(sandbox).get(id);
			if (row === undefined) throw new Error(`No record ${id}`);
			return row;
		},
		remove: (sandbox: Sandbox, id: string) => void rows(sandbox).delete(id),
		clear: (sandbox: Sandbox) => rows(sandbox).clear(),
	};
}

const eventtiaAttendees = ofEvent({
	name: 'attendee',
	events: usual('attendee'),
	specials: [
		{
			event: 'attendeeCheckedIn',
			act: (sandbox, id) => void eventOf(sandbox).attendees.checkIn({ id }),
		},
		{
			event: 'attendeeCheckInUndone',
			before: (sandbox, id) => void eventOf(sandbox).attendees.checkIn({ id }),
			act: (sandbox, id) => void eventOf(sandbox).attendees.undoCheckIn({ id }),
		},
		{
			event: 'attendeePaid',
			before: (sandbox, id) =>
				void eventOf(sandbox).attendees.update({ id }, (row) => (row.paid = false)),
			act: (sandbox, id) =>
				void eventOf(sandbox).attendees.update({ id }, (row) => (row.paid = true)),
		},
		{
			event: 'attendeeCancelled',
			act: (sandbox, id) => void eventOf(sandbox).attendees.setStatus({ id }, 'cancelled'),
		},
		{
			event: 'attendeeRejected',
			act: (sandbox, id) => void eventOf(sandbox).attendees.setStatus({ id }, 'rejected'),
		},
	],
	path: () => 'attendees',
	hasChanges: true,
	add: (sandbox, n) => eventOf(sandbox).attendees.register({ email: `added-${n}@example.com` }).id,
	change: (sandbox, id, n) =>
		void eventOf(sandbox).attendees.setField({ id }, 'company', `Company ${n}`),
	changedField: 'fields',
	remove: (sandbox, id) => void eventOf(sandbox).attendees.archive({ id }),
	clear(sandbox) {
		for (const row of [...eventOf(sandbox).attendees.all()]) {
			if (!row.archived) eventOf(sandbox).attendees.archive(row);
		}
	},
	idIn: byId,
});

const activitiesOf = inMap((sandbox) => eventOf(sandbox).activities.activities);

const activities = ofEvent({
	name: 'activity',
	events: usual('activity'),
	path: () => 'workshops',
	hasChanges: true,
	add: (sandbox, n) => {
		const { facts, activities: store } = eventOf(sandbox);
		return store.add({ name: `Activity ${n}`, start_date: facts.start, end_date: facts.end }).id;
	},
	change: (sandbox, id, n) =>
		void eventOf(sandbox).activities.update(activitiesOf.find(sandbox, id), {
			location: `Room ${n}`,
		}),
	changedField: 'location',
	remove: activitiesOf.remove,
	clear: activitiesOf.clear,
	idIn: byId,
});

const eventtiaGuests = ofEvent({
	name: 'guest',
	events: usual('guest'),
	specials: [
		{
			event: 'guestRegistered',
			act(sandbox, id) {
				const email = eventOf(sandbox).guests.find(id)?.email;
				eventOf(sandbox).attendees.register({ email: email ?? '' });
			},
		},
	],
	path: () => 'guests',
	add: (sandbox, n) =>
		eventOf(sandbox).guests.add({ email: `added-${n}@example.com`, company: 'Acme' }).id,
	change: (sandbox, id, n) => void eventOf(sandbox).guests.update(id, { company: `Company ${n}` }),
	changedField: 'company',
	remove: (sandbox, id) => eventOf(sandbox).guests.remove(id),
	clear(sandbox) {
		for (const { id } of [...eventOf(sandbox).guests.all()]) eventOf(sandbox).guests.remove(id);
	},
	idIn: byId,
});

const conferencesOf = inMap((sandbox) => eventOf(sandbox).networking.conferences);

const conferences = ofEvent({
	name: 'businessConference',
	events: usual('businessConference'),
	path: () => 'business_conferences',
	hasChanges: true,
	add: (sandbox, n) => eventOf(sandbox).networking.add(`Conference ${n}`).id,
	change: (sandbox, id, n) =>
		void Object.assign(conferencesOf.find(sandbox, id), {
			name: `Conference named ${n}`,
			updated_at: eventOf(sandbox).now(),
		}),
	changedField: 'name',
	remove: conferencesOf.remove,
	clear: conferencesOf.clear,
	idIn: byId,
});

const participantsOf = inMap((sandbox) => conferenceOf(sandbox).participants);

const participants = ofEvent({
	name: 'participant',
	events: usual('participant'),
	path: (sandbox) =>
		`business_conferences/${conferenceOf(sandbox).id}/business_conference_participants`,
	ids: (sandbox) => ({ businessConferenceId: conferenceOf(sandbox).id }),
	hasChanges: true,
	add(sandbox) {
		const conference = conferenceOf(sandbox);
		const { networking, attendees } = eventOf(sandbox);
		return networking.addParticipant(conference, first(conference.types.values()), attendees.at(0))
			.id;
	},
	change: (sandbox, id, n) =>
		void eventOf(sandbox).networking.updateParticipant(participantsOf.find(sandbox, id), {
			job_title: `Title ${n}`,
		}),
	changedField: 'jobTitle',
	remove: participantsOf.remove,
	clear: participantsOf.clear,
	idIn: byId,
});

const meetingsOf = inMap((sandbox) => conferenceOf(sandbox).meetings);

const meetings = ofEvent({
	name: 'meeting',
	events: usual('meeting'),
	specials: [
		{
			event: 'meetingAccepted',
			act: (sandbox, id) =>
				void eventOf(sandbox).networking.updateMeeting(meetingsOf.find(sandbox, id), 2),
		},
		{
			event: 'meetingRejected',
			act: (sandbox, id) =>
				void eventOf(sandbox).networking.updateMeeting(meetingsOf.find(sandbox, id), 3),
		},
	],
	path: (sandbox) =>
		`business_conferences/${conferenceOf(sandbox).id}/business_conference_meetings`,
	ids: (sandbox) => ({ businessConferenceId: conferenceOf(sandbox).id }),
	add(sandbox, n) {
		const conference = conferenceOf(sandbox);
		const [host, other] = [...conference.participants.values()];
		if (host === undefined || other === undefined) throw new Error('There are no participants');
		return eventOf(sandbox).networking.addMeeting(conference, host, other, { slot: n }).id;
	},
	change(sandbox, id, n) {
		Object.assign(meetingsOf.find(sandbox, id), {
			location: `Table ${n}`,
			updated_at: eventOf(sandbox).now(),
		});
	},
	changedField: 'location',
	remove: meetingsOf.remove,
	clear: meetingsOf.clear,
	idIn: byId,
});

const paymentsOf = inMap((sandbox) => eventOf(sandbox).payments.payments);
const attendeeIdOf = (sandbox: Sandbox) => eventOf(sandbox).attendees.at(0).id;

const payments = ofEvent({
	name: 'payment',
	events: usual('payment'),
	specials: (['accepted', 'refunded'] as const).map((status) => ({
		event: status === 'accepted' ? 'paymentAccepted' : 'paymentRefunded',
		before: (sandbox, id) =>
			void eventOf(sandbox).payments.update(paymentsOf.find(sandbox, id), { status: 'processing' }),
		act: (sandbox, id) =>
			void eventOf(sandbox).payments.update(paymentsOf.find(sandbox, id), { status }),
	})),
	path: () => 'attendee-payments',
	add: (sandbox) => eventOf(sandbox).payments.add(attendeeIdOf(sandbox)).id,
	change: (sandbox, id, n) =>
		void eventOf(sandbox).payments.update(paymentsOf.find(sandbox, id), {
			total_amount: `${n}.5`,
		}),
	changedField: 'totalAmount',
	remove: paymentsOf.remove,
	clear: paymentsOf.clear,
	idIn: byId,
});

const purchasesOf = inMap((sandbox) => eventOf(sandbox).merchandising.purchases);

const purchases = ofEvent({
	name: 'purchase',
	events: usual('purchase'),
	specials: [
		{
			event: 'purchasePaid',
			act: (sandbox, id) =>
				void Object.assign(purchasesOf.find(sandbox, id), {
					paid: true,
					updated_at: eventOf(sandbox).now(),
				}),
		},
	],
	path: () => 'attendee_purchase_items',
	add(sandbox) {
		const { merchandising } = eventOf(sandbox);
		return merchandising.buy(attendeeIdOf(sandbox), first(merchandising.items.keys())).id;
	},
	change: (sandbox, id, n) =>
		void Object.assign(purchasesOf.find(sandbox, id), {
			quantity: n + 1,
			updated_at: eventOf(sandbox).now(),
		}),
	changedField: 'quantity',
	remove: purchasesOf.remove,
	clear: purchasesOf.clear,
	idIn: byId,
});

const reservationsOf = inMap((sandbox) => eventOf(sandbox).exhibitors.reservations);

const reservations = ofEvent({
	name: 'standReservation',
	events: usual('standReservation'),
	path: () => 'stand_reservations',
	add(sandbox, n) {
		const { exhibitors, nextId } = eventOf(sandbox);
		const id = nextId.call(eventOf(sandbox));
		exhibitors.reservations.set(id, {
			...first(exhibitors.reservations.values()),
			id,
			display_name: `Exhibitor ${n}`,
			isPublic: true,
			updated_at: eventOf(sandbox).now(),
		});
		return id;
	},
	change: (sandbox, id, n) =>
		void Object.assign(reservationsOf.find(sandbox, id), {
			website: `www-${n}.example.com`,
			updated_at: eventOf(sandbox).now(),
		}),
	changedField: 'website',
	remove: reservationsOf.remove,
	idIn: byId,
});

const leadsOf = inMap((sandbox) => eventOf(sandbox).exhibitors.leads);
const reservationIdOf = (sandbox: Sandbox) =>
	first(eventOf(sandbox).exhibitors.reservations.keys());

const leads = ofEvent({
	name: 'lead',
	events: usual('lead'),
	path: (sandbox) => `stand_reservations/${reservationIdOf(sandbox)}/leads`,
	ids: (sandbox) => ({ standReservationId: reservationIdOf(sandbox) }),
	// The document shows when a lead changed by the day.
	dated: false,
	add: (sandbox, n) =>
		eventOf(sandbox).exhibitors.addLead(reservationIdOf(sandbox), {
			email: `added-${n}@example.com`,
		}).id,
	change: (sandbox, id, n) =>
		void eventOf(sandbox).exhibitors.updateLead(leadsOf.find(sandbox, id), { notes: `Note ${n}` }),
	changedField: 'notes',
	remove: leadsOf.remove,
	clear: leadsOf.clear,
	idIn: byId,
});

const surveysOf = inMap((sandbox) => eventOf(sandbox).surveys.surveys);

const surveys = ofEvent({
	name: 'survey',
	events: usual('survey'),
	path: () => 'surveys',
	add: (sandbox, n) => eventOf(sandbox).surveys.add(`Survey ${n}`).id,
	change: (sandbox, id, n) =>
		void Object.assign(surveysOf.find(sandbox, id), {
			description: `Description ${n}`,
			updated_at: eventOf(sandbox).now(),
		}),
	changedField: 'description',
	remove: surveysOf.remove,
	clear: surveysOf.clear,
	idIn: byId,
});

const answersOf = inMap((sandbox) => eventOf(sandbox).surveys.answers);
const surveyOf = (sandbox: Sandbox) => first(eventOf(sandbox).surveys.surveys.values());

const answers = ofEvent({
	name: 'surveyAnswer',
	events: usual('surveyAnswer'),
	path: (sandbox) => `surveys/${surveyOf(sandbox).id}/survey_answers`,
	ids: (sandbox) => ({ surveyId: surveyOf(sandbox).id }),
	timed: false,
	dated: false,
	add(sandbox, n) {
		const survey = surveyOf(sandbox);
		const [, text] = survey.questions;
		return eventOf(sandbox).surveys.answer(
			survey,
			{ [text?.id ?? '']: `Answer ${n}` },
			{ entity_id: Number(attendeeIdOf(sandbox)) },
		).id;
	},
	change(sandbox, id, n) {
		const answer = answersOf.find(sandbox, id);
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
			act(sandbox, name) {
				const { attendees, attendeeTypes } = eventOf(sandbox);
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
	change: (sandbox, _name, n) =>
		void eventOf(sandbox).attendees.register({ email: `added-${n}@example.com` }, VIP),
	changedField: 'usedSeats',
	idIn: ({ name }) => String(name),
});

const eventsOf = inMap((sandbox) => sandbox.eventtia.state.events);

function eventById(sandbox: Sandbox, id: string): EventtiaEvent {
	const events = [...sandbox.eventtia.state.events.values()];
	return first(events.filter((event) => event.id === id));
}

const eventtiaEvents: WatchedStream = {
	...ofEvent({
		name: 'event',
		events: usual('event'),
		path: () => '',
		add({ eventtia: { state } }, n) {
			const { facts, accountEmail } = state.event();
			return state.addEvent({ ...facts, name: `Event ${n}`, uri: `added-event-${n}` }, accountEmail)
				.id;
		},
		change(sandbox, id, n) {
			const event = eventById(sandbox, id);
			sandbox.eventtia.state.updateEvent(event, { ...event.facts, name: `Event named ${n}` });
		},
		changedField: 'name',
		remove: (sandbox, id) => eventsOf.remove(sandbox, eventById(sandbox, id).uri),
		idIn: byId,
	}),
	scope: () => ({}),
	lists: () => ['/api/v3/events/slim'],
	pageSize: SLIM_PAGE,
};
export const STREAMS = {
	eventVault: [vaultGuests, vaultTickets],
	invitario: [invitarioGuests],
	artsvp: [bookings, invites, artsvpEvents, collections],
	inEvent: [inEventAttendees, analytics],
	eventtia: [
		eventtiaEvents,
		eventtiaAttendees,
		activities,
		eventtiaGuests,
		conferences,
		participants,
		meetings,
		payments,
		purchases,
		reservations,
		leads,
		surveys,
		answers,
		tickets,
	],
} as const;

/** Runs that together produce every field of each operation of the Eventtia node, for its output schemas. */
import type { IDataObject } from 'n8n-workflow';

import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import type { EventtiaEvent, EventtiaState } from '../../sandbox/start.mts';
import { by } from '../rig/items.mts';
import { nth } from '../rig/records.mts';
import type { Sample, Samples, VendorServerOf } from './defineVendor.mts';

const id = (value: string | number) => by('id', String(value));
const NEW = 'new@example.com';
const URL = 'https://n8n.example.com/webhook/1';
const TIMES = { startDate: '2026-10-14T09:00:00', endDate: '2026-10-14T10:00:00' };
const OF_EVENT = { eventUri: by('uri', EVENTTIA_CREDENTIALS.eventUri) };
const MANY = { ...OF_EVENT, returnAll: true };
const FILE = {
	json: {},
	binary: {
		data: {
			data: Buffer.from('a file').toString('base64'),
			mimeType: 'text/plain',
			fileName: 'a.txt',
		},
	},
};

const attendeeFor = (event: EventtiaEvent, index = 0) => ({
	attendeeId: id(event.attendees.at(index).id),
});
const activityFor = (event: EventtiaEvent, index = 0) => ({
	workshopId: id(nth(event.activities.activities.keys(), index)),
});
const surveyFor = (event: EventtiaEvent) => ({ surveyId: id(nth(event.surveys.surveys.keys())) });
const conferenceFor = (event: EventtiaEvent) => ({
	businessConferenceId: id(nth(event.networking.conferences.keys())),
});
const typeOf = (event: EventtiaEvent) => ({
	...conferenceFor(event),
	participantTypeId: id(nth(nth(event.networking.conferences.values()).types.keys())),
});
const hourOf = (event: EventtiaEvent) => {
	const type = nth(nth(event.networking.conferences.values()).types.values());
	return { ...typeOf(event), unavailableHourId: id(nth(type.unavailableHours.keys())) };
};
const ticketOf = (event: EventtiaEvent, name: string) => ({
	attendeeTypeId: id(event.attendeeTypes.named(name).id),
});
const filesOf = (event: EventtiaEvent) => ({
	eventFileCategoryId: nth(event.files.categoryIds),
});
/** A survey, an activity and so on, with its event, from the first event. */
const one = (parameters: IDataObject): Sample[] => [{ parameters: { ...OF_EVENT, ...parameters } }];
const many = (parameters: IDataObject = {}): Sample[] => [
	{ parameters: { ...MANY, ...parameters } },
];

function hookOf(state: EventtiaState, event: EventtiaEvent | null): IDataObject {
	const trigger = 'attendee_created';
	state.webHooks.add({
		targetUrl: URL,
		trigger,
		accountEmail: state.event().accountEmail,
		event,
	});
	return { targetUrl: URL, trigger };
}

/** Called after a reset; each list of runs is built just before it is run. */
export function eventtiaSamples({ state }: VendorServerOf<'eventtia'>): Samples {
	const event = state.event();
	return {
		'attendee: getAll': () => many(),
		'attendee: get': () => one(attendeeFor(event)),
		'attendee: getByEmail': () => one({ email: 'ada.almeida.1@example.com' }),
		'attendee: cancel': () => one(attendeeFor(event)),
		'attendee: create': () => [
			...one({ ...ticketOf(event, 'General Public'), email: NEW, ...names('New', 'Person') }),
			...one({
				...ticketOf(event, 'Leader Group'),
				email: 'leader@example.com',
				...names('New', 'Leader'),
			}),
		],
		'activity: getAll': () => many(),
		'activity: get': () => [
			...one(activityFor(event)),
			...one(activityFor(event, 1)),
			...one(activityFor(event, 2)),
		],
		'activity: create': () => [
			...one({ name: 'New', ...TIMES }),
			...one({
				name: 'Newer',
				...TIMES,
				additionalFields: {
					streamingType: 'youtube',
					streamingEmbedCode: '{"display_name": "Stage", "embed_code": "<b/>"}',
				},
			}),
		],
		'activity: update': () => [
			...one({ ...activityFor(event), updateFields: { name: 'Renamed' } }),
			...one({ ...activityFor(event, 1), updateFields: { name: 'Renamed' } }),
			...one({ ...activityFor(event, 2), updateFields: { name: 'Renamed' } }),
		],
		'activity: getAttendees': () => many(activityFor(event)),
		'activity: setCategories': () =>
			[0, 1, 2].flatMap((index) =>
				one({
					...activityFor(event, index),
					categories: [nth(event.activities.categories.keys())],
				}),
			),
		'activityCategory: getAll': () => many(),
		'attendeeActivity: getAll': () => many(attendeeFor(event)),
		'attendeeActivity: add': () => one({ ...attendeeFor(event), ...activityFor(event, 5) }),
		'attendeeActivity: remove': () => one({ ...attendeeFor(event), ...activityFor(event, 1) }),
		'attendeeActivity: replaceAll': () =>
			one({
				...attendeeFor(event),
				workshopIds: Array.from(event.activities.activities.keys()).slice(0, 2),
			}),
		'attendeeType: getAll': () => many(),
		'businessConference: getAll': () => many(),
		'city: get': () => [{ parameters: { cityId: id(7993) } }],
		'city: getAll': () => [
			{ parameters: { countryId: id(51), regionId: id(722), returnAll: true } },
		],
		'country: getAll': () => [{ parameters: { returnAll: true } }],
		'region: getAll': () => [{ parameters: { countryId: id(51), returnAll: true } }],
		'event: getAll': () => [{ parameters: { returnAll: true } }],
		'event: getAllSlim': () => [{ parameters: { returnAll: true } }],
		'event: get': () => one({}),
		'event: create': () => [{ parameters: { name: 'New', ...TIMES } }],
		'event: update': () => one({ updateFields: { name: 'Renamed' } }),
		'event: clone': () => {
			state.cloneAfterRequests = 0;
			return [...one({}), ...one({ waitUntilFinished: false })];
		},
		'event: getCloneProgress': () => one({}),
		'event: getTicketStats': () => one({}),
		'eventCustomField: getAll': () => [{ parameters: { returnAll: true } }],
		'eventFile: getAll': () => many(filesOf(event)),
		'eventFile: upload': () => [{ parameters: { ...OF_EVENT, ...filesOf(event) }, items: [FILE] }],
		'eventParameter: get': () => one({ paramName: 'aux_json_data' }),
		'eventParameter: update': () => [
			...one({ paramValue: '[{"a": 1}]' }),
			...one({ paramValue: '"text"' }),
			...one({ paramValue: '{"a": 1}' }),
		],
		'guest: getAll': () => many(),
		'guest: get': () => one({ guestId: id(nth(event.guests.all()).id) }),
		'guest: create': () => one({ email: NEW }),
		'lead: getAll': () =>
			many({ standReservationId: id(nth(event.exhibitors.reservations.keys())) }),
		'meeting: getAll': () => many(conferenceFor(event)),
		'message: getAll': () => many(),
		'message: getStats': () => one({ messageId: id(nth(event.communications.messages.keys())) }),
		'participant: getAll': () => many(conferenceFor(event)),
		'participant: getAgenda': () =>
			[0, 1].flatMap((index) =>
				one({
					...conferenceFor(event),
					participantId: id(
						nth(nth(event.networking.conferences.values()).participants.keys(), index),
					),
				}),
			),
		'participantType: getAll': () => many(conferenceFor(event)),
		'payment: getAll': () => many(),
		'pointOfInterest: getAll': () => many(),
		'purchase: getAll': () => many(),
		'purchase: getAllOfAttendee': () => many(attendeeFor(event)),
		'purchaseItem: getAll': () => many(),
		'purchaseItem: get': () => one({ purchaseItemId: id(nth(event.merchandising.items.keys())) }),
		'qaSession: getAll': () => many(),
		'speaker: getAll': () => many(),
		'standCategory: getAll': () => many(),
		'standReservation: getAll': () => many(),
		'standZone: getAll': () => many(),
		'survey: getAll': () => many(),
		'surveyAnswer: getAll': () => many(surveyFor(event)),
		'surveyAnswer: create': () =>
			one({
				...surveyFor(event),
				additionalFields: { answersJson: '{"What could be better?": "x"}' },
			}),
		'unavailableHour: getAll': () => many(typeOf(event)),
		'unavailableHour: create': () => one({ ...typeOf(event), ...TIMES }),
		'unavailableHour: update': () => one({ ...hourOf(event), ...TIMES }),
		'unavailableHour: delete': () => one(hourOf(event)),
		'webhook: getAll': () => {
			hookOf(state, event);
			hookOf(state, null);
			return [{ parameters: { returnAll: true } }];
		},
		'webhook: create': () => one({ targetUrl: URL }),
		'webhook: createForAccount': () => [{ parameters: { targetUrl: URL } }],
		'webhook: delete': () => one(hookOf(state, event)),
		'webhook: deleteForAccount': () => [{ parameters: hookOf(state, null) }],
	};
}

/** What every registration form requires. */
function names(firstName: string, lastName: string): IDataObject {
	return { additionalFields: { firstName, lastName } };
}

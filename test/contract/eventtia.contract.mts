/**
 * Eventtia's contract (API v3), taken only from the vendor's document, in its order: 69 endpoints with every
 * parameter, and the fields of the node that set each. What the document lists once as `page` is two parameters on
 * the wire.
 */
import type { IDataObject } from 'n8n-workflow';

import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import type {
	ContractTable,
	DocumentedEndpoint,
	DocumentedParameter,
	Place,
	ReachingOperation,
} from './support/table.mts';

const { eventUri: URI } = EVENTTIA_CREDENTIALS;
/** "https://live.eventtia.com/fr/testing-test-event" is a `website` in the document. */
const WEBSITE = `https://live.eventtia.com/en/${URI}`;

/** Records that exist before a run; the test finds them in the sandbox's seed or adds them. */
export interface Seeded {
	activityId: string;
	otherActivityId: string;
	categoryIds: readonly [string, string];
	/** Registered for `activity`. */
	attendeeId: string;
	attendeeEmail: string;
	attendeeTypeId: string;
	/** The attendee type's own fields, all of type text. */
	dietFieldId: string;
	commentsFieldId: string;
	conferenceId: string;
	participantTypeId: string;
	participantId: string;
	unavailableHourId: string;
	guestId: string;
	groupUuid: string;
	purchaseItemId: string;
	standReservationId: string;
	standCategoryId: string;
	zoneId: string;
	messageId: string;
	surveyId: string;
	ratingQuestionId: string;
	textQuestionId: string;
	fileCategoryId: string;
}

/** Targets of web hooks: of one to create, and of those to delete. */
export const TARGETS = {
	new: 'https://n8n.example.com/webhook/b6f1?secret=a+b&c',
	ofEvent: 'http://127.0.0.1:9/of-event',
	ofAccount: 'http://127.0.0.1:9/of-account',
} as const;

/** The account's own fields (of the sandbox); the last one has several values. */
const EVENT_FIELDS = { costCentre: '692349', department: '692350', tags: '692351' } as const;
const PLACE = { country: 51, region: 722, city: 7993 } as const;

type In = DocumentedParameter['in'];
type Places = readonly [Place, ...Place[]];

/** A time with an offset: the same instant is sent as local time of the event, in Bogotá. */
const START = '2026-02-01T02:00:00+02:00';
const END = '2026-02-01T04:30:00+02:00';
/** "A datetime in the following format "14/08/2020 - 23:00:00"" */
const SCHEDULE = { start: '31/01/2026 - 19:00:00', end: '31/01/2026 - 21:30:00' } as const;
/** "Eg. 10/12/2020 - 01:00" */
const SLOT = { start: '31/01/2026 - 19:00', end: '31/01/2026 - 21:30' } as const;
/** "eg 2020-07-16 23:00" */
const MINUTE = { start: '2026-01-31 19:00', end: '2026-01-31 21:30' } as const;
/** "2021-10-31T14:25:46" */
const SECOND = { start: '2026-01-31T19:00:00', end: '2026-01-31T21:30:00' } as const;
/** "2019-12-31T14:25:46.000-05:00"; without an event, in the workflow's zone, which is also -05:00 here. */
const WITH_OFFSET = {
	start: '2026-01-31T19:00:00.000-05:00',
	end: '2026-01-31T21:30:00.000-05:00',
} as const;

function parameter(
	where: In,
	type: DocumentedParameter['type'],
	name: string,
	setBy: DocumentedParameter['setBy'],
	rest: Pick<DocumentedParameter, 'insteadOf'> & { required?: boolean } = {},
): DocumentedParameter {
	return { name, in: where, type, required: false, setBy, ...rest };
}

/** A part of the path, under the node's name for it. */
function idOf(name: string, field: string, value: string): DocumentedParameter {
	return parameter('path', 'string', name, [{ parameter: field, value }], { required: true });
}

/** In a query everything is text. */
function query(
	name: string,
	field: string,
	value: boolean | string | readonly string[],
	arrivesAs = String(value),
): DocumentedParameter {
	return parameter('query', 'string', name, [{ parameter: field, value, arrivesAs }]);
}

function body(type: DocumentedParameter['type'], name: string, ...setBy: Places) {
	return parameter('body', type, name, setBy);
}

function text(name: string, field: string, value: string, arrivesAs = value) {
	return body('string', name, { parameter: field, value, arrivesAs });
}

function yesOrNo(name: string, field: string, value: boolean) {
	return body('boolean', name, { parameter: field, value });
}

/** An ID that is a number on the wire. */
function idNumber(name: string, field: string, id: number | string) {
	return body('number', name, { parameter: field, value: String(id), arrivesAs: Number(id) });
}

/** Fields set in a resource mapper, by the mapper's names for them. */
function mapped(mapper: string, value: IDataObject, arrivesAs: unknown) {
	return {
		parameter: `${mapper}.value`,
		value,
		arrivesAs,
		with: { [`${mapper}.mappingMode`]: 'defineBelow', [`${mapper}.schema`]: [] },
	};
}

/** "Authorization: Bearer <your token>", with the sandbox's token. */
const BEARER = parameter('header', 'string', 'authorization', /^Bearer [\w-]{43}$/);
/** "The default page size is 24, and the default page number is 1." */
const PAGE = [
	parameter('query', 'string', 'page[number]', /^1$/),
	parameter('query', 'string', 'page[size]', /^24$/),
];
/** "maximum 100 per page" */
const SLIM_PAGE = [
	parameter('query', 'string', 'page[number]', /^1$/),
	parameter('query', 'string', 'page[size]', /^100$/),
];
const EVENT_URI = parameter('path', 'string', 'event_uri', eventBy('eventUri'), { required: true });

/** Every way to choose an event. */
function eventBy(field: string): Places {
	return [
		{ parameter: field, value: URI, modes: ['list', 'uri'] },
		{ parameter: field, value: WEBSITE, modes: ['url'], arrivesAs: URI },
	];
}

function include(...names: string[]) {
	return query('include', 'options.include', names, names.join(','));
}

function endpoint(
	method: DocumentedEndpoint['method'],
	path: string,
	operation: ReachingOperation,
	parameters: readonly DocumentedParameter[] = [],
): DocumentedEndpoint {
	return {
		method,
		path: `/api/v3${path}`,
		parameters: [BEARER, ...parameters],
		reachedBy: [operation],
	};
}

function ofEvent(
	method: DocumentedEndpoint['method'],
	path: string,
	operation: ReachingOperation,
	parameters: readonly DocumentedParameter[] = [],
): DocumentedEndpoint {
	return endpoint(method, `/events/:event_uri${path}`, operation, [EVENT_URI, ...parameters]);
}

function by(
	resource: string,
	operation: string,
	rest: Omit<ReachingOperation, 'resource' | 'operation'> = {},
): ReachingOperation {
	return { resource, operation, ...rest };
}

/** "You can get an authorization token for a User with this endpoint." The node logs in before its first request. */
const LOG_IN: DocumentedEndpoint = {
	method: 'POST',
	path: '/api/v3/auth',
	effect: 'read',
	parameters: [
		body('string', 'email', { credential: 'email' }),
		body('string', 'password', { credential: 'password' }),
	],
	reachedBy: [by('country', 'getAll', { needs: ['email', 'password'] })],
};

/** The fields that both "Create Event" and "Update Event" list, except the name and the dates. */
function eventDetails(collection: string): DocumentedParameter[] {
	const { costCentre, department, tags } = EVENT_FIELDS;
	const values = { [department]: 'Sales', [tags]: ['internal', 'hybrid'] };
	return [
		yesOrNo('is_virtual', `${collection}.isVirtual`, false),
		text('default_language', `${collection}.defaultLanguage`, 'fr'),
		text('event_uri', `${collection}.newEventUri`, 'spring-fair-2026'),
		text('virtual_timezone', `${collection}.virtualTimezone`, 'Europe/Paris'),
		text('description', `${collection}.description`, 'Ein Fest für "alle" & jeden'),
		text('sender_name', `${collection}.senderName`, 'Zoë Müller'),
		text('sender_email', `${collection}.senderEmail`, 'fair+team@example.com'),
		yesOrNo('active', `${collection}.active`, false),
		body(
			'object',
			'custom_fields_data',
			mapped(
				'customFields',
				{ [`field_${department}`]: 'Sales', [`field_${tags}`]: ['internal', 'hybrid'] },
				values,
			),
			{
				parameter: `${collection}.customFieldsJson`,
				value: JSON.stringify({ 'Cost centre': 'CC-7', [department]: 'People' }),
				arrivesAs: { [costCentre]: 'CC-7', [department]: 'People' },
			},
		),
	];
}

function events(): DocumentedEndpoint[] {
	return [
		endpoint('GET', '/events', by('event', 'getAll'), [
			...PAGE,
			query('updated_since', 'filters.updatedSince', START, WITH_OFFSET.start),
			query('templates', 'filters.templates', true),
			query('template', 'filters.template', '1234'),
			query('name', 'filters.name', 'Test & "Event" + more'),
			parameter('query', 'object', 'search_custom_fields', [
				{
					parameter: 'filters.searchCustomFields',
					value: JSON.stringify({
						[EVENT_FIELDS.department]: 'Sales & more',
						[EVENT_FIELDS.tags]: ['internal', 'flagship'],
					}),
					arrivesAs: {
						[EVENT_FIELDS.department]: 'Sales & more',
						[EVENT_FIELDS.tags]: ['internal', 'flagship'],
					},
				},
			]),
			query('city_id', 'filters.cityId', String(PLACE.city)),
			query('country_id', 'filters.countryId', String(PLACE.country)),
		]),
		endpoint('GET', '/events/slim', by('event', 'getAllSlim'), [
			...SLIM_PAGE,
			query('country_id', 'filters.countryId', String(PLACE.country)),
			query('city_id', 'filters.cityId', String(PLACE.city)),
			query('start_date_lower_bound', 'filters.startDateLowerBound', START, WITH_OFFSET.start),
			query('start_date_upper_bound', 'filters.startDateUpperBound', END, WITH_OFFSET.end),
		]),
		endpoint(
			'POST',
			'/events',
			by('event', 'create', { needs: ['name', 'start_date', 'end_date'] }),
			[
				text('name', 'name', 'Spring Fair'),
				// Without an offset: local time in "virtual_timezone" or, without that, in the workflow's zone.
				text('start_date', 'startDate', '2026-08-14T23:00:00', '14/08/2026 - 23:00:00'),
				text('end_date', 'endDate', '2026-08-15T01:30:00', '15/08/2026 - 01:30:00'),
				...eventDetails('additionalFields'),
			],
		),
		ofEvent('GET', '', by('event', 'get')),
		ofEvent('PUT', '', by('event', 'update', { needs: ['name'] }), [
			text('name', 'updateFields.name', 'Spring Fair'),
			text('start_date', 'updateFields.startDate', START, SCHEDULE.start),
			text('end_date', 'updateFields.endDate', END, SCHEDULE.end),
			...eventDetails('updateFields'),
		]),
		ofEvent(
			'POST',
			'/clone',
			by('event', 'clone', { given: { waitUntilFinished: false }, safety: 'never' }),
			[
				query('clone_zones', 'additionalFields.cloneZones', true),
				query('clone_speakers', 'additionalFields.cloneSpeakers', false),
				query('clone_workshops', 'additionalFields.cloneWorkshops', true),
				query('clone_pois', 'additionalFields.clonePois', false),
				query('clone_attendee_types', 'additionalFields.cloneAttendeeTypes', true),
				query('clone_business_conference', 'additionalFields.cloneBusinessConference', false),
				query('clone_event_page', 'additionalFields.cloneEventPage', true),
			],
		),
		ofEvent('GET', '/clone-progress', by('event', 'getCloneProgress')),
		// "page" is listed as a part of the path.
		endpoint('GET', '/event-custom-fields', by('eventCustomField', 'getAll'), PAGE),
		ofEvent('GET', '/tickets-stats', by('event', 'getTicketStats')),
	];
}

const FILE = 'Halls and doors';

function eventFiles({ fileCategoryId }: Seeded): DocumentedEndpoint[] {
	const path = '/event_file_categories/:event_file_category_id/event_files';
	const category = idOf('event_file_category_id', 'eventFileCategoryId', fileCategoryId);
	const file = {
		data: Buffer.from(FILE).toString('base64'),
		mimeType: 'text/plain',
		fileName: 'plan.txt',
	};
	const upload = by('eventFile', 'upload', { items: [{ json: {}, binary: { plan: file } }] });
	return [
		ofEvent('GET', path, by('eventFile', 'getAll'), [category, ...PAGE]),
		{
			...ofEvent('POST', path, upload, [
				category,
				{ ...text('event_file[name]', 'additionalFields.name', 'Plan'), required: true },
				text('event_file[description]', 'additionalFields.description', 'Türen & Hallen'),
				parameter(
					'body',
					'object',
					'event_file[event_file]',
					[
						{
							parameter: 'binaryPropertyName',
							value: 'plan',
							arrivesAs: {
								filename: file.fileName,
								contentType: file.mimeType,
								size: FILE.length,
								base64: file.data,
							},
						},
					],
					{ required: true },
				),
			]),
			encoding: 'multipart',
		},
	];
}

function conferences(seeded: Seeded): DocumentedEndpoint[] {
	const list = '/business_conferences';
	const one = `${list}/:business_conference_id`;
	const types = `${one}/business_conference_participant_types`;
	const hours = `${types}/:business_conference_participant_type_id/unavailable_hours`;
	const participants = `${one}/business_conference_participants`;
	const conference = idOf('business_conference_id', 'businessConferenceId', seeded.conferenceId);
	const type = idOf(
		'business_conference_participant_type_id',
		'participantTypeId',
		seeded.participantTypeId,
	);
	const hour = idOf('id', 'unavailableHourId', seeded.unavailableHourId);
	const since = query('updated_since', 'filters.updatedSince', START, WITH_OFFSET.start);
	/** Query parameters, of a POST and a PUT. */
	const slot = [
		{ ...query('start_date', 'startDate', START, SLOT.start), required: true },
		{ ...query('end_date', 'endDate', END, SLOT.end), required: true },
	];
	return [
		ofEvent('GET', list, by('businessConference', 'getAll'), [...PAGE, since]),
		ofEvent('GET', types, by('participantType', 'getAll'), [conference, ...PAGE]),
		ofEvent('GET', hours, by('unavailableHour', 'getAll'), [conference, type, ...PAGE]),
		ofEvent('POST', hours, by('unavailableHour', 'create'), [conference, type, ...slot]),
		ofEvent('PUT', `${hours}/:id`, by('unavailableHour', 'update'), [
			conference,
			type,
			hour,
			...slot,
		]),
		ofEvent('DELETE', `${hours}/:id`, by('unavailableHour', 'delete'), [conference, type, hour]),
		ofEvent('GET', participants, by('participant', 'getAll'), [
			conference,
			...PAGE,
			query('participant_type_id', 'filters.participantTypeId', seeded.participantTypeId),
			since,
		]),
		ofEvent('GET', `${participants}/:participant_id/agenda`, by('participant', 'getAgenda'), [
			conference,
			idOf('participant_id', 'participantId', seeded.participantId),
			...PAGE,
		]),
		ofEvent('GET', `${one}/business_conference_meetings`, by('meeting', 'getAll'), [
			conference,
			...PAGE,
		]),
	];
}

/** "List of Attendees", to which "List of Attendees in an Activity" refers for its "additional query params". */
const ATTENDEE_LIST = [
	...PAGE,
	include('attendee_type', 'attendee_type_custom_fields'),
	query('include_rejected', 'filters.includeRejected', true),
	query('include_archived', 'filters.includeArchived', true),
	query('only_confirmed', 'filters.onlyConfirmed', true),
	query('first_name', 'filters.firstName', 'Zoë'),
	query('last_name', 'filters.lastName', "O'Neil & Söhne"),
	query('email', 'filters.email', 'ada+vip@example.com'),
	query('company', 'filters.company', '100% Tea + Co'),
	query('created_date_time', 'filters.createdDateTime', START, SECOND.start),
	query('updated_date_time', 'filters.updatedDateTime', END, SECOND.end),
];

/** A field that every attendee can have: in the collection, and as a field of the mapper. */
function attendeeText(name: string, field: string, value: string, arrivesAs = value) {
	return body(
		'string',
		`attendee.${name}`,
		{ parameter: `additionalFields.${field}`, value, arrivesAs },
		{
			parameter: `fields.value.${name}`,
			value,
			arrivesAs,
			with: { 'fields.mappingMode': 'defineBelow', 'fields.schema': [] },
		},
	);
}

/**
 * The table is flat, the example ("how your request should look") nested: `attendee` holds the person. Only the table
 * has `group_registration_uuid`, so its place is open; we send it with the person.
 */
function registration(seeded: Seeded): DocumentedParameter[] {
	const { dietFieldId, commentsFieldId, activityId, otherActivityId } = seeded;
	const answers = { [dietFieldId]: 'Vegan', [commentsFieldId]: 'Käse? "Nein" & danke' };
	return [
		idNumber('attendee.attendee_type_id', 'attendeeTypeId', seeded.attendeeTypeId),
		attendeeText('first_name', 'firstName', 'Zoë'),
		attendeeText('last_name', 'lastName', "O'Neil"),
		text('attendee.email', 'email', 'zoe+fair@example.com'),
		attendeeText('company', 'company', 'Müller & Söhne'),
		attendeeText('telephone', 'telephone', '+570000000000'),
		attendeeText('job_title', 'jobTitle', 'CTO'),
		attendeeText('alternative_email', 'alternativeEmail', 'zoe@home.example.com'),
		// "eg 27/08/2020"
		attendeeText('birthdate', 'birthdate', '1990-08-07T00:00:00', '07/08/1990'),
		attendeeText('timezone', 'timezone', 'Europe/Vienna'),
		idNumber('country_id', 'additionalFields.countryId', PLACE.country),
		idNumber('region_id', 'additionalFields.regionId', PLACE.region),
		idNumber('city_id', 'additionalFields.cityId', PLACE.city),
		body(
			'object',
			'attendee.custom_fields',
			mapped(
				'fields',
				Object.fromEntries(Object.entries(answers).map(([id, value]) => [`field_${id}`, value])),
				answers,
			),
			{
				parameter: 'additionalFields.customFieldsJson',
				value: JSON.stringify({ Diet: 'None', [commentsFieldId]: 'from JSON' }),
				arrivesAs: { [dietFieldId]: 'None', [commentsFieldId]: 'from JSON' },
			},
		),
		// "workshop_id: workshop_id"
		body('object', 'workshops', {
			parameter: 'additionalFields.workshops',
			value: [activityId, otherActivityId],
			arrivesAs: {
				[activityId]: Number(activityId),
				[otherActivityId]: Number(otherActivityId),
			},
		}),
		// "purchase_item_id: quantity"
		body('object', 'purchase_items', {
			parameter: 'additionalFields.purchaseItems',
			value: { rows: [{ purchaseItemId: seeded.purchaseItemId, quantity: 2 }] },
			arrivesAs: { [seeded.purchaseItemId]: 2 },
		}),
		text(
			'attendee.group_registration_uuid',
			'additionalFields.groupRegistrationUuid',
			seeded.groupUuid,
		),
	];
}

function attendees(seeded: Seeded): DocumentedEndpoint[] {
	const attendeeId = idOf('attendee_id', 'attendeeId', seeded.attendeeId);
	const one = '/attendees/:attendee_id';
	const registering = by('attendee', 'create', {
		// The names are required fields of the sandbox's form.
		needs: [
			'attendee.attendee_type_id',
			'attendee.email',
			'attendee.first_name',
			'attendee.last_name',
		],
	});
	const pair = [
		{ ...idNumber('workshop_id', 'workshopId', seeded.activityId), required: true },
		{ ...idNumber('attendee_id', 'attendeeId', seeded.attendeeId), required: true },
	];
	const withAttendee = include('attendee', 'attendee_type');
	return [
		ofEvent('GET', '/attendee_types', by('attendeeType', 'getAll'), [
			...PAGE,
			include('attendee_type_custom_fields'),
		]),
		ofEvent('GET', '/attendees', by('attendee', 'getAll'), ATTENDEE_LIST),
		ofEvent('POST', '/attendees/register', registering, registration(seeded)),
		ofEvent('GET', one, by('attendee', 'get'), [
			attendeeId,
			include('attendee_type', 'attendee_type_custom_fields'),
		]),
		{
			...ofEvent('PUT', `${one}/cancel`, by('attendee', 'cancel'), [attendeeId]),
			effect: 'remove',
		},
		ofEvent('GET', '/attendees/by_email', by('attendee', 'getByEmail', { needs: ['email'] }), [
			include('attendee_type', 'attendee_type_custom_fields'),
			query('email', 'email', seeded.attendeeEmail),
		]),
		ofEvent('GET', `${one}/workshops`, by('attendeeActivity', 'getAll'), [
			attendeeId,
			...PAGE,
			include('workshop_categories', 'speakers'),
		]),
		ofEvent('POST', '/attendee_workshops', by('attendeeActivity', 'add'), pair),
		ofEvent('DELETE', '/attendee_workshops', by('attendeeActivity', 'remove'), pair),
		ofEvent('PUT', `${one}/update_activities`, by('attendeeActivity', 'replaceAll'), [
			attendeeId,
			// "List of activity IDs separated by commas"
			{
				...body('string', 'workshop_ids', {
					parameter: 'workshopIds',
					value: [seeded.activityId, seeded.otherActivityId],
					arrivesAs: `${seeded.activityId},${seeded.otherActivityId}`,
				}),
				required: true,
			},
		]),
		ofEvent('GET', '/guests', by('guest', 'getAll'), [...PAGE, withAttendee]),
		ofEvent('POST', '/guests', by('guest', 'create', { needs: ['email'] }), [
			text('first_name', 'additionalFields.firstName', 'Zoë'),
			text('last_name', 'additionalFields.lastName', "O'Neil"),
			text('email', 'email', 'zoe+fair@example.com'),
			text('company', 'additionalFields.company', 'Müller & Söhne'),
			idNumber('attendee_type_id', 'additionalFields.attendeeTypeId', seeded.attendeeTypeId),
		]),
		ofEvent('GET', '/guests/:guest_id', by('guest', 'get'), [
			idOf('guest_id', 'guestId', seeded.guestId),
			withAttendee,
		]),
	];
}

/** The fields that both "Create Activity" and "Update Activity" list, except the name and the dates. */
function activityDetails(collection: string, { attendeeTypeId }: Seeded): DocumentedParameter[] {
	return [
		text('description', `${collection}.description`, 'Äpfel & "Birnen"'),
		text('location', `${collection}.location`, 'Hall 2'),
		yesOrNo('show_on_register', `${collection}.showOnRegister`, false),
		yesOrNo('allow_blocking_workshops', `${collection}.allowBlockingWorkshops`, true),
		body('number', 'availability', { parameter: `${collection}.availability`, value: 25 }),
		// "{"69031": "true"}"
		body('object', 'show_for_attendee_type', {
			parameter: `${collection}.showForAttendeeType`,
			value: { rows: [{ attendeeTypeId, shown: true }] },
			arrivesAs: { [attendeeTypeId]: 'true' },
		}),
		// "{"69031": 200}"
		body('object', 'price', {
			parameter: `${collection}.price`,
			value: { rows: [{ attendeeTypeId, price: 19.5 }] },
			arrivesAs: { [attendeeTypeId]: 19.5 },
		}),
		text('streaming_type', `${collection}.streamingType`, 'jitsi_oficial'),
		body('object', 'streaming_embed_code', {
			parameter: `${collection}.streamingEmbedCode`,
			value: JSON.stringify({ display_name: 'Test', embed_code: '<div>' }),
			arrivesAs: { display_name: 'Test', embed_code: '<div>' },
		}),
		text('streaming_url', `${collection}.streamingUrl`, 'https://test.streaming.example.com/?a=1'),
		yesOrNo('enable_chat', `${collection}.enableChat`, true),
		text('chat_name', `${collection}.chatName`, 'Plausch'),
		yesOrNo('enabled_emotions', `${collection}.enabledEmotions`, false),
		text('interactivity_type', `${collection}.interactivityType`, 'other_interactivity'),
		text('interactivity_snippet', `${collection}.interactivitySnippet`, '<b>{{ "x" }}</b>'),
		text('translation_snippet', `${collection}.translationSnippet`, '<i lang="de">ß</i>'),
	];
}

function activities(seeded: Seeded): DocumentedEndpoint[] {
	const one = '/workshops/:id';
	const id = idOf('id', 'workshopId', seeded.activityId);
	const creating = by('activity', 'create', { needs: ['name', 'start_date', 'end_date'] });
	return [
		ofEvent('GET', '/workshops', by('activity', 'getAll'), [
			...PAGE,
			include('workshop_categories', 'speakers'),
			query('name', 'filters.name', 'Keynote & more'),
			// The formats of these two are not documented: a day, and the format of the attendees.
			query('date', 'filters.date', '2026-10-13T00:00:00', '2026-10-13'),
			query('updated_date_time', 'filters.updatedDateTime', START, SECOND.start),
			query('in_the_future', 'filters.inTheFuture', true),
		]),
		ofEvent('GET', one, by('activity', 'get'), [id]),
		ofEvent('POST', '/workshops', creating, [
			text('name', 'name', 'Opening'),
			text('start_date', 'startDate', START, SCHEDULE.start),
			text('end_date', 'endDate', END, SCHEDULE.end),
			...activityDetails('additionalFields', seeded),
		]),
		ofEvent('PUT', one, by('activity', 'update', { needs: ['name'] }), [
			id,
			text('name', 'updateFields.name', 'Opening'),
			text('start_date', 'updateFields.startDate', START, SCHEDULE.start),
			text('end_date', 'updateFields.endDate', END, SCHEDULE.end),
			...activityDetails('updateFields', seeded),
		]),
		ofEvent('GET', '/workshops/:workshop_id/attendees', by('activity', 'getAttendees'), [
			idOf('workshop_id', 'workshopId', seeded.activityId),
			...ATTENDEE_LIST,
		]),
		ofEvent('GET', '/workshop_categories', by('activityCategory', 'getAll'), PAGE),
		// A query parameter of a POST.
		ofEvent(
			'POST',
			`${one}/set-categories`,
			by('activity', 'setCategories', { needs: ['categories'], safety: 'idempotent' }),
			[id, query('categories', 'categories', seeded.categoryIds, seeded.categoryIds.join(','))],
		),
	];
}

function guide(seeded: Seeded): DocumentedEndpoint[] {
	const purchaseIncludes = include('attendee', 'purchase_item');
	const param = '/event_params/:param_name';
	/** "The type depends on the specific param"; the sample has a list of objects. */
	const value = [{ title: 'Türen', open: true, floors: [0, 1] }];
	return [
		ofEvent('GET', '/speakers', by('speaker', 'getAll'), [
			...PAGE,
			include('workshops', 'workshop_categories'),
		]),
		ofEvent('GET', '/purchase_items', by('purchaseItem', 'getAll'), PAGE),
		ofEvent('GET', '/purchase_items/:purchase_item_id', by('purchaseItem', 'get'), [
			idOf('purchase_item_id', 'purchaseItemId', seeded.purchaseItemId),
		]),
		ofEvent('GET', '/attendee_purchase_items', by('purchase', 'getAll'), [
			...PAGE,
			purchaseIncludes,
		]),
		ofEvent(
			'GET',
			'/attendees/:attendee_id/attendee_purchase_items',
			by('purchase', 'getAllOfAttendee'),
			[idOf('attendee_id', 'attendeeId', seeded.attendeeId), ...PAGE, purchaseIncludes],
		),
		ofEvent('GET', '/stand_categories', by('standCategory', 'getAll'), PAGE),
		ofEvent('GET', '/zones', by('standZone', 'getAll'), PAGE),
		ofEvent('GET', '/stand_reservations', by('standReservation', 'getAll'), [
			...PAGE,
			query('company_name', 'filters.companyName', 'Müller & Söhne'),
			query('zone', 'filters.zone', seeded.zoneId),
			query('category', 'filters.category', seeded.standCategoryId),
		]),
		ofEvent('GET', '/stand_reservations/:stand_reservation_id/leads', by('lead', 'getAll'), [
			idOf('stand_reservation_id', 'standReservationId', seeded.standReservationId),
			...PAGE,
		]),
		ofEvent('GET', '/pois', by('pointOfInterest', 'getAll'), PAGE),
		// The document does not say what can be included.
		ofEvent('GET', '/event_qa_sessions', by('qaSession', 'getAll'), [
			...PAGE,
			include('workshop', 'questions.attendee'),
		]),
		ofEvent('GET', param, by('eventParameter', 'get'), [
			idOf('param_name', 'paramName', 'pay_u_api_key'),
		]),
		ofEvent('PATCH', param, by('eventParameter', 'update', { needs: ['param_value'] }), [
			// "Currently, the only params available for edition": this one.
			idOf('param_name', 'paramName', 'aux_json_data'),
			body('any', 'param_value', {
				parameter: 'paramValue',
				value: JSON.stringify(value),
				arrivesAs: value,
			}),
		]),
		ofEvent('GET', '/massive_messages', by('message', 'getAll'), PAGE),
		ofEvent('GET', '/massive_messages/:id/stats', by('message', 'getStats'), [
			idOf('id', 'messageId', seeded.messageId),
		]),
	];
}

function places(): DocumentedEndpoint[] {
	const country = idOf('country_id', 'countryId', String(PLACE.country));
	const region = idOf('region_id', 'regionId', String(PLACE.region));
	return [
		// n8n logs in before a request; to make it log in, the node requests one country.
		endpoint('GET', '/countries', by('country', 'getAll', { precededBy: 1 }), PAGE),
		endpoint('GET', '/countries/:country_id/regions', by('region', 'getAll'), [country, ...PAGE]),
		endpoint('GET', '/countries/:country_id/regions/:region_id/cities', by('city', 'getAll'), [
			country,
			region,
			...PAGE,
		]),
		endpoint('GET', '/cities/:city_id', by('city', 'get'), [
			idOf('city_id', 'cityId', String(PLACE.city)),
		]),
	];
}

function webHooks(): DocumentedEndpoint[] {
	const ofAccount = '/accounts/:account_api_key/web_hooks';
	const key = parameter('path', 'string', 'account_api_key', [{ credential: 'accountApiKey' }], {
		required: true,
	});
	const subscription = (target: string) => [
		{ ...text('target_url', 'targetUrl', target), required: true },
		{ ...text('trigger', 'trigger', 'attendee_updated'), required: true },
	];
	return [
		endpoint('GET', '/web_hooks', by('webhook', 'getAll'), [
			...PAGE,
			// Listed as a body parameter of a GET, but "sending an extra parameter" suggests the query, which is
			// where a GET has them.
			parameter('query', 'string', 'event_uri', eventBy('filters.eventUri')),
		]),
		ofEvent('POST', '/event_web_hooks', by('webhook', 'create'), subscription(TARGETS.new)),
		ofEvent('DELETE', '/event_web_hooks', by('webhook', 'delete'), subscription(TARGETS.ofEvent)),
		endpoint('POST', ofAccount, by('webhook', 'createForAccount'), [
			key,
			...subscription(TARGETS.new),
		]),
		endpoint('DELETE', ofAccount, by('webhook', 'deleteForAccount'), [
			key,
			...subscription(TARGETS.ofAccount),
		]),
	];
}

function surveys(seeded: Seeded): DocumentedEndpoint[] {
	const { surveyId, ratingQuestionId, textQuestionId } = seeded;
	const answers = { [ratingQuestionId]: 4, [textQuestionId]: 'Sehr gut & mehr' };
	const inMapper = mapped(
		'answers',
		{ [`field_${ratingQuestionId}`]: 4, [`field_${textQuestionId}`]: 'Sehr gut & mehr' },
		answers,
	);
	const asJson = {
		parameter: 'additionalFields.answersJson',
		value: JSON.stringify({ [textQuestionId]: 'from JSON' }),
	};
	const inQuery = { 'options.sendAnswersAs': 'query' };
	return [
		ofEvent('GET', '/surveys', by('survey', 'getAll'), [...PAGE, include('custom_fields')]),
		ofEvent('POST', '/surveys/:id/answers', by('surveyAnswer', 'create', { needs: ['answers'] }), [
			idOf('id', 'surveyId', surveyId),
			// The table has them as JSON in the query, the sample as the body itself.
			parameter('query', 'string', 'answers', [
				{
					...inMapper,
					arrivesAs: JSON.stringify(answers),
					with: { ...inMapper.with, ...inQuery },
				},
				{ ...asJson, arrivesAs: asJson.value, with: inQuery },
			]),
			parameter(
				'wholeBody',
				'object',
				'answers of the sample',
				[inMapper, { ...asJson, arrivesAs: { [textQuestionId]: 'from JSON' } }],
				{ insteadOf: ['answers'] },
			),
			query('survey_type', 'additionalFields.surveyType', 'attendee'),
		]),
		ofEvent('GET', '/surveys/:survey_id/survey_answers', by('surveyAnswer', 'getAll'), [
			idOf('survey_id', 'surveyId', surveyId),
			...PAGE,
		]),
	];
}

function payments(): DocumentedEndpoint[] {
	return [
		ofEvent('GET', '/attendee-payments', by('payment', 'getAll'), [
			...PAGE,
			include('attendee'),
			query('start_date_time', 'filters.startDateTime', START, MINUTE.start),
			query('end_date_time', 'filters.endDateTime', END, MINUTE.end),
			// "manual_payment: 1 , electronic: 3"
			parameter('query', 'string', 'payment_type', [
				{ parameter: 'filters.paymentType', value: 'electronic', arrivesAs: '3' },
				{ parameter: 'filters.paymentType', value: 'manualPayment', arrivesAs: '1' },
			]),
			// "Receives a comma-separated list"
			query('status', 'filters.status', ['accepted', 'refunded'], 'accepted,refunded'),
		]),
	];
}

/** @param seeded IDs of the records that exist before each run */
export function eventtiaContract(seeded: Seeded): ContractTable {
	return {
		vendor: 'eventtia',
		nodeType: 'eventtia',
		endpoints: [
			LOG_IN,
			...events(),
			...eventFiles(seeded),
			...conferences(seeded),
			...attendees(seeded),
			...activities(seeded),
			...guide(seeded),
			...places(),
			...webHooks(),
			...surveys(seeded),
			...payments(),
		],
	};
}

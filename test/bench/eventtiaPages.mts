/**
 * Eventtia's responses as JSON, each built once: the attendees of one event by page (eventtia.md, "List of
 * Attendees", "Pagination") and the attendee types with the names of the attendees' fields, which are keyed by ID
 * ("List of Attendee Types").
 */
import { EVENTTIA_PAGE_SIZE, LIST_LENGTH } from './scale.mts';

/** The event that the bench reads. */
export const EVENTTIA_EVENT = 'bench-event';
export const EVENTTIA_ATTENDEES = `/api/v3/events/${EVENTTIA_EVENT}/attendees`;

const FIELD_TYPE = 'attendee_type_custom_fields';
const TYPES = ['General Public', 'Speaker', 'Press'];
const FIRST_TYPE_ID = 123_456;
const FIRST_FIELD_ID = 1_466_264;
/** Fields of one attendee type have ids that follow each other. */
const IDS_PER_TYPE = 20;
const TEXT_INPUT = 1;
const STATUSES = ['confirmed', 'confirmed', 'unconfirmed', 'rejected'];

interface Field {
	name: string;
	isDefault: boolean;
	value(index: number): unknown;
}

const byDefault = (name: string, value: Field['value']): Field => ({
	name,
	isDefault: true,
	value,
});
const own = (name: string, value: Field['value']): Field => ({ name, isDefault: false, value });

/** The fields of the sample in "List of Attendees", and the event's own; the same names in every attendee type. */
const FIELDS: Field[] = [
	byDefault('first_name', () => 'Guest'),
	byDefault('last_name', (index) => `Number ${index}`),
	byDefault('email', (index) => `guest${index}@example.com`),
	byDefault('company', (index) => `Company ${index % 500}`),
	byDefault('telephone', (index) => `+57${index}`),
	byDefault('job_title', () => 'Developer'),
	byDefault('birthdate', () => '1996-08-26'),
	byDefault('timezone', () => 'America/Bogota'),
	own('Photo', (index) => ({
		filename: 'photo.jpg',
		thumb: `https://files.example.com/thumb/${index}.jpg`,
		small: '',
		medium: '',
		large: '',
		original: `https://files.example.com/original/${index}.jpg`,
	})),
	own('Diet', (index) => (index % 3 === 0 ? 'vegetarian' : null)),
	own('Country', () => '47'),
	own('How did you hear of us?', () => 'A friend'),
];

const fieldId = (type: number, field: number) =>
	String(FIRST_FIELD_ID + type * IDS_PER_TYPE + field);
const typeId = (type: number) => String(FIRST_TYPE_ID + type);

const attendee = (index: number) => {
	const type = index % TYPES.length;
	const isCheckedIn = index % 2 === 0;
	return {
		id: String(12_000_000 + index),
		type: 'attendees',
		attributes: {
			created_at: '2023-02-07T16:48:37.000Z',
			updated_at: '2023-03-13T20:04:56.000Z',
			uuid: `288c${index}`,
			fields: Object.fromEntries(FIELDS.map(({ value }, at) => [fieldId(type, at), value(index)])),
			status: STATUSES[index % STATUSES.length],
			paid: true,
			checked_in: isCheckedIn,
			checked_in_date: isCheckedIn ? '2023-02-07T11:52:02.000-05:00' : null,
			qr_code: `288c${index}|Guest Number ${index}|guest${index}@example.com|Company ${index % 500}|+57${index}`,
			can_schedule_meetings: true,
		},
		relationships: {
			attendee_type: { data: { id: typeId(type), type: 'attendee_types' } },
			[FIELD_TYPE]: {
				data: FIELDS.map((_, at) => ({ id: fieldId(type, at), type: FIELD_TYPE })),
			},
			business_conference_participants: {
				data: [{ id: String(1_000_000 + index), type: 'business_conference_participants' }],
			},
		},
	};
};

const pages = new Map<number, string>();

/** One page of attendees: `page[number]`; always 24 per page. */
export function eventtiaAttendees(query: URLSearchParams): string {
	const number = Number(query.get('page[number]') ?? 1);
	const known = pages.get(number);
	if (known !== undefined) return known;
	const start = (number - 1) * EVENTTIA_PAGE_SIZE;
	const count = Math.max(0, Math.min(EVENTTIA_PAGE_SIZE, LIST_LENGTH - start));
	const last = Math.ceil(LIST_LENGTH / EVENTTIA_PAGE_SIZE);
	const link = (page: number) =>
		page < 1 || page > last
			? null
			: `https://connect.eventtia.com${EVENTTIA_ATTENDEES}?page%5Bnumber%5D=${page}&page%5Bsize%5D=${EVENTTIA_PAGE_SIZE}`;
	const page = JSON.stringify({
		data: Array.from({ length: count }, (_, at) => attendee(start + at)),
		links: {
			self: link(number),
			first: link(1),
			prev: link(number - 1),
			next: link(number + 1),
			last: link(last),
		},
		meta: { total_pages: last, total_attendees: LIST_LENGTH },
	});
	pages.set(number, page);
	return page;
}

/** The attendee types of the event, with their fields. */
export const EVENTTIA_ATTENDEE_TYPES = JSON.stringify({
	data: TYPES.map((name, type) => ({
		id: typeId(type),
		type: 'attendee_types',
		attributes: { name, attendance_mode: 'mixed', price: 0, order: type + 1 },
		relationships: {
			[FIELD_TYPE]: {
				data: FIELDS.map((_, at) => ({ id: fieldId(type, at), type: FIELD_TYPE })),
			},
		},
	})),
	included: TYPES.flatMap((_, type) =>
		FIELDS.map(({ name, isDefault }, at) => ({
			id: fieldId(type, at),
			type: FIELD_TYPE,
			attributes: {
				name,
				alias: null,
				required: isDefault,
				default: isDefault,
				input_type: TEXT_INPUT,
				order: at + 1,
				internal_id: null,
			},
			relationships: { attendee_type: { data: { id: typeId(type), type: 'attendee_types' } } },
		})),
	),
	meta: { total_pages: 1 },
});

/** The event itself: the node may ask for its time zone. */
export const EVENTTIA_EVENT_RECORD = JSON.stringify({
	data: {
		id: '1234',
		type: 'events',
		attributes: { name: 'Bench', event_uri: EVENTTIA_EVENT, timezone: 'America/Bogota' },
	},
});

/** A page of countries, which the node requests to check its log-in. */
export const EVENTTIA_COUNTRIES = JSON.stringify({
	data: [{ id: '47', type: 'countries', attributes: { name: 'Colombia' } }],
	meta: { total_pages: 1 },
});

// The Invitario guest object as the check-in document shows it, and the seeded guests.

import { person } from '../shared/people.mts';
import { nthUuid } from '../shared/random.mts';
import { HOUR, SECOND } from '../shared/time.mts';

export type RegistrationState = 'unknown' | 'registered' | 'deregistered';
/** A standard field is text or null; a custom field (`customField13`) can also be a list. */
export type FieldValue = string | string[] | null;
export type GuestFields = Record<string, FieldValue>;

/** A guest as the lists show it. Date-times are ISO 8601 with an offset, whole seconds. */
export interface InvitarioGuest {
	id: string;
	parentId: string | null;
	accessCode: string;
	clientUpdateDateTime: string;
	serverUpdateDateTime: string | null;
	checkInDateTime: string | null;
	checkOutDateTime: string | null;
	deleteDateTime: string | null;
	registrationState: RegistrationState;
	/** Missing when the guest has no tag with a colour. */
	highlightColor?: string;
	fields: GuestFields;
	companions: Array<{ id: string }>;
}

/** Every documented key of `fields`, all empty. */
export const NO_FIELDS: GuestFields = {
	salutation: null,
	lastName: null,
	firstName: null,
	titlePrefix: null,
	titleSuffix: null,
	company: null,
	position: null,
	street: null,
	houseNumber: null,
	postalCode: null,
	city: null,
	country: null,
	phone: null,
	mobilePhone: null,
	fax: null,
	email: null,
	externalId: null,
	notes: null,
};

const ACCESS_CODE_LETTERS = 6;
const ACCESS_CODES = 26 ** ACCESS_CODE_LETTERS;
/** Odd and not a multiple of 13, so that no two numbers get the same code. */
const ACCESS_CODE_STEP = 7_654_321;

/** The access code of guest number `n`: six letters, unique for each `n`. */
export function accessCodeFor(n: number): string {
	let remainder = (n * ACCESS_CODE_STEP) % ACCESS_CODES;
	let code = '';
	for (let letter = 0; letter < ACCESS_CODE_LETTERS; letter++) {
		code += String.fromCharCode('a'.charCodeAt(0) + (remainder % 26));
		remainder = Math.floor(remainder / 26);
	}
	return code;
}

const EVENT_DAY = '2025-06-02';
const OFFSET = '+02:00';
const SECONDS_PER_HOUR = HOUR / SECOND;

/** The seeded event's times. */
export const SEEDED_EVENT_TIMES = {
	startDateTime: `${EVENT_DAY}T09:00:00${OFFSET}`,
	endDateTime: `${EVENT_DAY}T18:00:00${OFFSET}`,
} as const;

/** A second of the event's day, `n` seconds (within the hour) after `hour` o'clock. */
function timeOnEventDay(hour: number, n: number): string {
	const second = n % SECONDS_PER_HOUR;
	const twoDigits = (value: number) => String(value).padStart(2, '0');
	return `${EVENT_DAY}T${twoDigits(hour)}:${twoDigits(Math.floor(second / 60))}:${twoDigits(second % 60)}${OFFSET}`;
}

const SEASONS = ['green', 'blue', 'yellow'];
const DIETS = [['vegetarian', 'vegan'], ['gluten-free'], []];
const COLORS = ['#ffeedd', '#ddeeff'];
/** Guests come in groups of ten; the position in the group decides the guest's state. */
const GROUP = 10;
/** In every second group, positions 0 (host) and 1, 2 (companions) belong together. */
const COMPANION_POSITIONS = [1, 2];
const POSITION_DEREGISTERED = 3;
const POSITION_UNKNOWN = 4;
const POSITION_DELETED = 5;
const POSITION_CHECKED_OUT = 6;
const POSITIONS_CHECKED_IN = [0, 1, POSITION_CHECKED_OUT, 7];
const POSITION_NEVER_UPDATED = 8;

function registrationStateAt(position: number): RegistrationState {
	if (position === POSITION_DEREGISTERED) return 'deregistered';
	return position === POSITION_UNKNOWN ? 'unknown' : 'registered';
}

/** Seeded guest number `n` (from 1) of `total`; the same in every run. */
export function seededGuest(n: number, total: number): InvitarioGuest {
	const { firstName, lastName, email, company, role, country, phone } = person(n);
	const index = n - 1;
	const position = index % GROUP;
	const host = n - position;
	const hasCompanions = Math.floor(index / GROUP) % 2 === 0;
	const checkedIn = POSITIONS_CHECKED_IN.includes(position) ? timeOnEventDay(9, n) : null;
	const checkedOut = position === POSITION_CHECKED_OUT ? timeOnEventDay(17, n) : null;
	const deleted = position === POSITION_DELETED ? timeOnEventDay(8, n) : null;
	const updated = deleted ?? checkedOut ?? checkedIn ?? timeOnEventDay(7, n);
	const color = COLORS[index % (COLORS.length + 1)];
	return {
		id: nthUuid(n),
		parentId: hasCompanions && COMPANION_POSITIONS.includes(position) ? nthUuid(host) : null,
		accessCode: accessCodeFor(n),
		clientUpdateDateTime: updated,
		serverUpdateDateTime: position === POSITION_NEVER_UPDATED ? null : updated,
		checkInDateTime: checkedIn,
		checkOutDateTime: checkedOut,
		deleteDateTime: deleted,
		registrationState: registrationStateAt(position),
		...(color === undefined ? {} : { highlightColor: color }),
		fields: {
			...NO_FIELDS,
			salutation: index % 2 === 0 ? 'Ms.' : 'Mr.',
			lastName,
			firstName,
			titlePrefix: position === 0 ? 'Dr' : null,
			company,
			position: role,
			street: 'Example Street',
			houseNumber: String(n),
			postalCode: '1010',
			city: country.city,
			country: country.code,
			phone,
			email,
			externalId: position === 1 ? null : `EXT-${n}`,
			customField1: SEASONS[index % SEASONS.length] ?? null,
			customField13: index % 2 === 0 ? 'yes' : 'no',
			customField47: DIETS[index % DIETS.length] ?? null,
		},
		companions:
			hasCompanions && position === 0
				? COMPANION_POSITIONS.map((offset) => n + offset)
						.filter((companion) => companion <= total)
						.map((companion) => ({ id: nthUuid(companion) }))
				: [],
	};
}

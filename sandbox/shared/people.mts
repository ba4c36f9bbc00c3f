// Invented people for every vendor: person N is the same person everywhere and in every run.

const FIRST_NAMES = [
	'Ada',
	'Ben',
	'Chloé',
	'David',
	'Elif',
	'Farid',
	'Greta',
	'Henrik',
	'Ines',
	'Jonas',
	'Kaori',
	'Liam',
	'Mira',
	'Noah',
	'Olga',
	'Pedro',
	'Quentin',
	'Rosa',
	'Sören',
	'Tara',
	'Umar',
	'Vera',
	'Wanda',
	'Xenia',
	'Yusuf',
	'Zoe',
	'Björn',
	'Hélène',
	'Nikola',
];
const LAST_NAMES = [
	'Almeida',
	'Bauer',
	'Costa',
	'Dubois',
	'Eriksen',
	'Fischer',
	'García',
	'Huber',
	'Ivanova',
	'Jansen',
	'Kowalski',
	'Lindqvist',
	'Müller',
	'Novák',
	'Okafor',
	'Petrov',
	'Quinn',
	'Rossi',
	'Schmidt',
	'Tanaka',
	'Ueda',
	'Vogel',
	'Weber',
	'Yılmaz',
	'Zimmermann',
	'O’Neill',
	'Nguyen',
	'Silva',
	'Haas',
	'Lang',
	'Moreau',
];
const COMPANIES = [
	'Acme Corp',
	'Blue Harbour GmbH',
	'Cedar & Sons',
	'Delta Analytics',
	'Eastgate Media',
	'Fjord Systems',
	'Granite Bank',
	'Helio Labs',
	'Inkwell Press',
	'Juniper Foods',
	'Kestrel Air',
];
const ROLES = ['Attendee', 'Speaker', 'Attendee', 'Sponsor', 'Press', 'Attendee', 'Staff'];
const COUNTRIES = [
	{ name: 'Austria', code: 'AT', city: 'Vienna', dial: '+43' },
	{ name: 'Germany', code: 'DE', city: 'Berlin', dial: '+49' },
	{ name: 'France', code: 'FR', city: 'Lyon', dial: '+33' },
	{ name: 'USA', code: 'US', city: 'Boston', dial: '+1' },
	{ name: 'Spain', code: 'ES', city: 'Seville', dial: '+34' },
] as const;
const TICKET_TYPES = ['ENTRY', 'ENTRY', 'VIP', 'ENTRY', 'WORKSHOP'];
const PHONE_BASE = 5_550_000;

/** One invented person. `n` counts from 1; e-mail addresses are unique by `n`. */
export interface Person {
	n: number;
	firstName: string;
	lastName: string;
	email: string;
	company: string;
	role: string;
	country: (typeof COUNTRIES)[number];
	phone: string;
	url: string;
	ticketType: string;
}

function pick<T>(list: readonly T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('Cannot pick from an empty list');
	return value;
}

/** A name in a form that fits into an e-mail address: `Sören` becomes `soren`. */
function toAscii(name: string): string {
	return name
		.toLowerCase()
		.replace(/ı/g, 'i')
		.normalize('NFD')
		.replace(/[^a-z]/g, '');
}

const FIRST_HANDLES = FIRST_NAMES.map(toAscii);
const LAST_HANDLES = LAST_NAMES.map(toAscii);

/** Person number `n` (1, 2, 3, …), e.g. `ada.almeida.1@example.com`. */
export function person(n: number): Person {
	const index = n - 1;
	const firstName = pick(FIRST_NAMES, index);
	const lastName = pick(LAST_NAMES, index);
	const country = pick(COUNTRIES, index);
	const handle = `${pick(FIRST_HANDLES, index)}.${pick(LAST_HANDLES, index)}.${n}`;
	return {
		n,
		firstName,
		lastName,
		email: `${handle}@example.com`,
		company: pick(COMPANIES, index),
		role: pick(ROLES, index),
		country,
		phone: `${country.dial}${PHONE_BASE + n}`,
		url: `https://example.com/${handle}`,
		ticketType: pick(TICKET_TYPES, index),
	};
}

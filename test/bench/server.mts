/**
 * A server for the vendors that costs almost nothing: fixed responses after a fixed latency, in a separate process,
 * so that only n8n and the nodes are measured. Paths and responses follow the vendors' documents (Event Vault:
 * addGuest, getGuests, getGuestTickets; Invitario: login, guest/list/all, logout; ARTSVP: bookings; InEvent:
 * oauth/token, attendees; Eventtia: auth, countries, event, attendee_types, attendees).
 * Started with `fork` and the latency in milliseconds; sends `{ port }` and ends with its parent. `/bench/counts`
 * returns the counts since its last call ({@link Counts}).
 */
import { createServer } from 'node:http';

import {
	EVENTTIA_ATTENDEE_TYPES,
	EVENTTIA_ATTENDEES,
	EVENTTIA_COUNTRIES,
	EVENTTIA_EVENT,
	EVENTTIA_EVENT_RECORD,
	eventtiaAttendees,
} from './eventtiaPages.mts';
import { artsvpBooking, artsvpBookings, inEventAttendees } from './pages.mts';
import { LIST_LENGTH, RATE_LIMIT } from './scale.mts';

/** What the server counted. */
export interface Counts {
	/** The highest number of requests in flight. */
	peak: number;
	served: number;
	/** Requests rejected by the rate limit. */
	rejected: number;
}

const MS_PER_S = 1000;
const COUNTRIES = ['Austria', 'Germany', 'France', 'Spain', 'United Kingdom'];
const ACCESS_TOKEN = 'token';
/** Bookings by ID count against a rate limit; lists are measured without one. */
const LIMITED_PATH = '/bookings/';
const SESSION_TOKEN = '0123456789abcdef0123456789abcdef01234567';

interface Reply {
	status: number;
	type: 'application/json' | 'text/plain';
	body: string;
	headers?: Record<string, string>;
}

const ok = (type: Reply['type'], body: string): Reply => ({ status: 200, type, body });
const json = (value: unknown) => ok('application/json', JSON.stringify(value));
const repeat = <T,>(make: (index: number) => T) =>
	Array.from({ length: LIST_LENGTH }, (_, i) => make(i));

const vaultGuests = json(
	repeat((index) => ({
		email: `guest${index}@example.com`,
		country: COUNTRIES[index % COUNTRIES.length],
		registered: index % 2 === 0,
		vCardData: {
			FN: `Guest Number ${index}`,
			ROLE: index % 10 === 0 ? 'Speaker' : 'Attendee',
			ORG: `Company ${index % 500}`,
			TEL: `+1234567${index}`,
			URL: `https://www.example.com/people/${index}`,
		},
	})),
);

const invitarioGuests = json({
	status: 'success',
	count: LIST_LENGTH,
	dateTime: '2018-01-01T18:30:00+02:00',
	guests: repeat((index) => ({
		id: `2e1a7138-9114-496b-8dfe-${String(index).padStart(12, '0')}`,
		parentId: null,
		accessCode: `code${index}`,
		clientUpdateDateTime: '2017-06-01T18:30:00+02:00',
		serverUpdateDateTime: '2017-06-01T18:30:00+02:00',
		checkInDateTime: index % 2 === 0 ? '2017-06-01T18:30:00+02:00' : null,
		checkOutDateTime: null,
		deleteDateTime: null,
		registrationState: 'registered',
		fields: {
			salutation: 'Mr.',
			lastName: `Number ${index}`,
			firstName: 'Guest',
			company: `Company ${index % 500}`,
			position: 'Attendee',
			city: 'Vienna',
			country: 'AT',
			phone: `+43 1 234 ${index}`,
			email: `guest${index}@example.com`,
			externalId: null,
			customField1: 'green',
		},
		companions: [],
	})),
});

const replies: Record<string, (query: URLSearchParams) => Reply> = {
	'POST /addGuest': () => ok('text/plain', 'User added successfully.'),
	'GET /getGuests': () => vaultGuests,
	'GET /getGuestTickets': (query) =>
		json([{ EMAIL: query.get('userEmail'), TIER: 'ENTRY', sessionId: '' }]),
	'POST /api/v1/login': () =>
		json({
			status: 'success',
			event: {
				id: '123',
				name: 'My Event',
				company: 'My Company',
				startDateTime: '2018-01-01T18:30:00+02:00',
				endDateTime: '2018-01-02T18:30:00+02:00',
				configuration: {},
			},
			stationName: 'Main Entrance',
			sessionToken: SESSION_TOKEN,
		}),
	'POST /api/v1/guest/list/all': () => invitarioGuests,
	'POST /api/v1/logout': () => json({ status: 'success' }),
	'GET /bookings': (query) => ok('application/json', artsvpBookings(query)),
	'POST /oauth/token': () =>
		json({
			access_token: ACCESS_TOKEN,
			token_type: 'Bearer',
			expires_in: 3600,
			scope: 'read:attendees',
		}),
	'GET /v1/events/evt_123/attendees': (query) => ok('application/json', inEventAttendees(query)),
	'POST /api/v3/auth': () => json({ auth_token: ACCESS_TOKEN }),
	'GET /api/v3/countries': () => ok('application/json', EVENTTIA_COUNTRIES),
	[`GET /api/v3/events/${EVENTTIA_EVENT}`]: () => ok('application/json', EVENTTIA_EVENT_RECORD),
	[`GET /api/v3/events/${EVENTTIA_EVENT}/attendee_types`]: () =>
		ok('application/json', EVENTTIA_ATTENDEE_TYPES),
	[`GET ${EVENTTIA_ATTENDEES}`]: (query) => ok('application/json', eventtiaAttendees(query)),
};

let underWay = 0;
let counts: Counts = { peak: 0, served: 0, rejected: 0 };

/** Arrival times of the newest limited requests, oldest first; as many as the limit allows. */
const arrivals: number[] = [];

/**
 * One booking under the limit, a sliding window. Its headers are ARTSVP's (artsvp.md, "Rate Limiting"), in seconds
 * with decimals: integers would not scale down with the limit.
 */
function limitedBooking(id: string): Reply {
	const { requests, seconds } = RATE_LIMIT;
	const windowMs = seconds * MS_PER_S;
	const now = performance.now();
	while ((arrivals[0] ?? now) + windowMs <= now) arrivals.shift();
	const isAllowed = arrivals.length < requests;
	if (isAllowed) arrivals.push(now);
	else counts.rejected++;
	const resetMs = (arrivals[0] ?? now) + windowMs - now;
	return {
		status: isAllowed ? 200 : 429,
		type: 'application/json',
		body: isAllowed ? artsvpBooking(id) : '{}',
		headers: {
			'x-rate-limit-limit': String(requests),
			'x-rate-limit-remaining': String(requests - arrivals.length),
			'x-rate-limit-reset': (resetMs / MS_PER_S).toFixed(3),
		},
	};
}

function replyTo(method: string, { pathname, searchParams }: URL): Reply {
	if (method === 'GET' && pathname.startsWith(LIMITED_PATH)) {
		return limitedBooking(pathname.slice(LIMITED_PATH.length));
	}
	const reply = replies[`${method} ${pathname}`];
	return reply?.(searchParams) ?? { status: 404, type: 'text/plain', body: 'Unknown' };
}

const latencyMs = Number(process.argv[2]);

const server = createServer((request, response) => {
	const url = new URL(request.url ?? '/', 'http://localhost');
	if (url.pathname === '/bench/counts') {
		response.end(JSON.stringify(counts));
		counts = { peak: 0, served: 0, rejected: 0 };
		return;
	}
	counts.peak = Math.max(counts.peak, ++underWay);
	counts.served++;
	const { status, type, body, headers } = replyTo(String(request.method), url);
	request.resume();
	setTimeout(() => {
		underWay--;
		response.writeHead(status, { 'content-type': type, ...headers });
		response.end(body);
	}, latencyMs);
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('disconnect', () => process.exit());

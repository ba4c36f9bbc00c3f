/**
 * A stand-in for the vendors that costs next to nothing: fixed answers after a fixed latency, in a process of its
 * own, so that what is measured is n8n and the nodes. Paths and answers follow the vendors' documents (Event Vault:
 * addGuest, getGuests, getGuestTickets; Invitario: login, guest/list/all, logout).
 *
 * Started with `fork`; sends `{ port }` and ends with its parent. `/bench/peak` tells the most requests that were
 * under way at once since it was last asked.
 */
import { createServer } from 'node:http';

const LATENCY_MS = 20;
/** Records of the long lists (design, "memory"). */
const LIST_LENGTH = 50_000;
const COUNTRIES = ['Austria', 'Germany', 'France', 'Spain', 'United Kingdom'];
const SESSION_TOKEN = '0123456789abcdef0123456789abcdef01234567';

interface Reply {
	type: 'application/json' | 'text/plain';
	body: string;
}

const json = (value: unknown): Reply => ({ type: 'application/json', body: JSON.stringify(value) });
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
	'POST /addGuest': () => ({ type: 'text/plain', body: 'User added successfully.' }),
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
};

let underWay = 0;
let peak = 0;

const server = createServer((request, response) => {
	const url = new URL(request.url ?? '/', 'http://localhost');
	if (url.pathname === '/bench/peak') {
		response.end(JSON.stringify({ peak }));
		peak = 0;
		return;
	}
	peak = Math.max(peak, ++underWay);
	request.resume();
	setTimeout(() => {
		underWay--;
		const reply = replies[`${String(request.method)} ${url.pathname}`];
		const { type, body } = reply?.(url.searchParams) ?? { type: 'text/plain', body: 'Unknown' };
		response.writeHead(reply ? 200 : 404, { 'content-type': type });
		response.end(body);
	}, LATENCY_MS);
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('disconnect', () => process.exit());

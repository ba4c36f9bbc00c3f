/** The subjects: the same work done by our nodes, by n8n's HTTP Request node, and by a bare loop. */
import type { IDataObject } from 'n8n-workflow';

import type { NodeRunRequest } from '../support/engine.mts';
import { EVENTTIA_ATTENDEES, EVENTTIA_EVENT } from './eventtiaPages.mts';
import {
	CURSOR_PAGE_SIZE,
	EVENTTIA_PAGE_SIZE,
	LIST_LENGTH,
	NO_LIMIT,
	NUMBERED_PAGE_SIZE,
	RATE_LIMIT,
} from './scale.mts';

/** Requests in flight at a time, if the subject lets one choose. */
export const CONCURRENCY = 10;
/** Pages that our nodes read at a time (nodes/InEvent/client.ts, nodes/Eventtia/client.ts). */
export const PAGES_IN_PARALLEL = { inEvent: 10, eventtia: 8 };
const MS_PER_S = 1000;
const EVENT_ID = 'evt_123';
const ATTENDEES = `/v1/events/${EVENT_ID}/attendees`;
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const HTTP_REQUEST_VERSION = 4.5;
const FLOOR = 'n8n-nodes-bench.benchFloor';
const FLOOR_PAGES = 'n8n-nodes-bench.benchPages';

/** One way of doing the work. */
export interface Subject {
	request: Omit<NodeRunRequest, 'items'>;
	/** Output items per input item, to prove that the work was done. */
	outputPerItem: number;
	/** How long the vendor's rate limit takes to recover after an earlier run. */
	restMs?: number;
}

/** The subjects of every row, by name. `baseUrl` is the bench server's URL. */
export function subjects(baseUrl: string): Record<string, Subject> {
	const eventVaultApi = { baseUrl, apiKey: 'key', clientId: 'client', eventId: 'event' };
	const invitarioApi = { baseUrl, apiKey: 'code', eventId: '123', stationName: 'Entrance' };
	const artsvpApi = (limit: { requests: number; seconds: number }) => ({
		baseUrl,
		apiKey: 'key',
		bearerPrefix: false,
		rateLimitRequests: limit.requests,
		rateLimitSeconds: limit.seconds,
	});
	const inEventOAuth2Api = {
		baseUrl,
		tokenUrl: `${baseUrl}/oauth/token`,
		clientId: 'client',
		clientSecret: 'secret',
		scopes: ['read:attendees'],
	};
	const eventtiaApi = {
		baseUrl,
		authenticateAs: 'user',
		email: 'bench@example.com',
		password: 'secret',
		sessionToken: '',
		rateLimitRequests: NO_LIMIT.requests,
		rateLimitSeconds: NO_LIMIT.seconds,
	};
	const credentials = {
		eventVaultApi,
		invitarioApi,
		inEventOAuth2Api,
		eventtiaApi,
		artsvpApi: artsvpApi(NO_LIMIT),
	};
	const addBody: IDataObject = { userEmail: '={{ $json.email }}', name: '={{ $json.name }}' };

	const eventVault = (parameters: IDataObject) => ({
		nodeType: 'eventVault',
		parameters,
		credentials: { eventVaultApi },
	});
	const httpRequest = (type: keyof typeof credentials, path: string, parameters: IDataObject) => ({
		nodeType: HTTP_REQUEST,
		typeVersion: HTTP_REQUEST_VERSION,
		parameters: {
			url: baseUrl + path,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			...parameters,
		},
		credentials: { [type]: credentials[type] },
	});
	const pairs = (values: IDataObject) => ({
		parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
	});
	const post = (body: IDataObject) => ({
		method: 'POST',
		sendBody: true,
		bodyParameters: pairs(body),
	});
	const batching = (batchInterval: number) => ({
		options: { batching: { batch: { batchSize: CONCURRENCY, batchInterval } } },
	});
	/** HTTP Request's own pagination; the response of every page becomes one item. */
	const httpPages = (
		type: keyof typeof credentials,
		path: string,
		pageSize: number,
		pages: { query: IDataObject; next: IDataObject; isLast: string },
	): Subject => ({
		request: httpRequest(type, path, {
			sendQuery: true,
			queryParameters: pairs(pages.query),
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: { parameters: [{ type: 'qs', ...pages.next }] },
						paginationCompleteWhen: 'other',
						completeExpression: pages.isLast,
						requestInterval: 0,
					},
				},
			},
		}),
		outputPerItem: Math.ceil(LIST_LENGTH / pageSize),
	});
	const floorPages = (path: string, pages: IDataObject) =>
		list({ nodeType: FLOOR_PAGES, parameters: { url: baseUrl + path, ...pages } });
	/** A bare loop over numbered pages with a credential, as n8n itself sends it. */
	const floorPagesWith = (type: keyof typeof credentials, path: string, pages: IDataObject) =>
		list({
			nodeType: FLOOR_PAGES,
			parameters: { url: baseUrl + path, ...pages, credentialType: type },
			credentials: { [type]: credentials[type] },
		});
	const inEventPages = {
		pageName: 'page',
		sizeName: 'page_size',
		pageSize: NUMBERED_PAGE_SIZE,
		concurrency: PAGES_IN_PARALLEL.inEvent,
	};
	const eventtiaPages = {
		pageName: 'page[number]',
		sizeName: 'page[size]',
		pageSize: EVENTTIA_PAGE_SIZE,
		concurrency: PAGES_IN_PARALLEL.eventtia,
	};
	const eventtia = (parameters: IDataObject) =>
		list({
			nodeType: 'eventtia',
			parameters: {
				resource: 'attendee',
				operation: 'getAll',
				eventUri: { __rl: true, mode: 'uri', value: EVENTTIA_EVENT },
				returnAll: true,
				...parameters,
			},
			credentials: { eventtiaApi },
		});
	const artsvp = (limit: typeof RATE_LIMIT, parameters: IDataObject) => ({
		nodeType: 'artsvp',
		parameters: { resource: 'booking', ...parameters },
		credentials: { artsvpApi: artsvpApi(limit) },
	});
	const one = (request: Subject['request']): Subject => ({ request, outputPerItem: 1 });
	const list = (request: Subject['request']): Subject => ({ request, outputPerItem: LIST_LENGTH });

	return {
		addOurs: one(
			eventVault({
				resource: 'guest',
				operation: 'add',
				userEmail: addBody.userEmail,
				additionalFields: { name: addBody.name },
				options: { concurrency: CONCURRENCY },
			}),
		),
		addHttp: one(httpRequest('eventVaultApi', '/addGuest', { ...post(addBody), ...batching(0) })),
		addHttpUnbatched: one(httpRequest('eventVaultApi', '/addGuest', post(addBody))),
		addHttpPaced: one(
			httpRequest('eventVaultApi', '/addGuest', { ...post(addBody), ...batching(20) }),
		),
		addHttpNoCredential: one({
			nodeType: HTTP_REQUEST,
			typeVersion: HTTP_REQUEST_VERSION,
			parameters: { url: `${baseUrl}/addGuest`, ...post(addBody) },
		}),
		addFloorExpressions: one({
			nodeType: FLOOR,
			parameters: { url: `${baseUrl}/addGuest`, concurrency: CONCURRENCY, ...addBody },
		}),
		addFloor: one({
			nodeType: FLOOR,
			parameters: { url: `${baseUrl}/addGuest`, concurrency: CONCURRENCY },
		}),
		getOurs: one(
			eventVault({
				resource: 'ticket',
				operation: 'getAll',
				returnAll: true,
				filters: { userEmail: '={{ $json.email }}' },
				options: { concurrency: CONCURRENCY },
			}),
		),
		getHttp: one(
			httpRequest('eventVaultApi', '/getGuestTickets', {
				sendQuery: true,
				queryParameters: pairs({ userEmail: '={{ $json.email }}' }),
				...batching(0),
			}),
		),
		listOurs: list(eventVault({ resource: 'guest', operation: 'getAll', returnAll: true })),
		listOursRaw: list(
			eventVault({ resource: 'guest', operation: 'getAll', returnAll: true, simplify: false }),
		),
		listHttp: list(httpRequest('eventVaultApi', '/getGuests', {})),
		listInvitarioOurs: list({
			nodeType: 'invitario',
			parameters: { resource: 'guest', operation: 'getAll', returnAll: true },
			credentials: { invitarioApi },
		}),
		// The response is one object: the HTTP Request node makes one item of it.
		listInvitarioHttp: one(
			httpRequest('invitarioApi', '/api/v1/guest/list/all', post({ source: 'bench' })),
		),
		cursorOurs: list(artsvp(NO_LIMIT, { operation: 'getAll', returnAll: true })),
		cursorHttp: httpPages('artsvpApi', '/bookings', CURSOR_PAGE_SIZE, {
			query: { limit: CURSOR_PAGE_SIZE },
			next: { name: 'starting_after', value: '={{ $response.body?.last_booking_id }}' },
			isLast: '={{ !$response.body.has_more }}',
		}),
		cursorFloor: floorPages('/bookings', { pageSize: CURSOR_PAGE_SIZE }),
		eventtiaOurs: eventtia({}),
		eventtiaOursRaw: eventtia({ simplify: false }),
		eventtiaHttp: httpPages('eventtiaApi', EVENTTIA_ATTENDEES, EVENTTIA_PAGE_SIZE, {
			query: { 'page[size]': EVENTTIA_PAGE_SIZE },
			next: { name: 'page[number]', value: '={{ $pageCount + 1 }}' },
			isLast: '={{ !$response.body.links.next }}',
		}),
		eventtiaFloor: floorPages(EVENTTIA_ATTENDEES, eventtiaPages),
		eventtiaFloorCredential: floorPagesWith('eventtiaApi', EVENTTIA_ATTENDEES, eventtiaPages),
		inEventOurs: list({
			nodeType: 'inEvent',
			parameters: {
				resource: 'attendee',
				operation: 'getAll',
				eventId: EVENT_ID,
				returnAll: true,
				options: { pageSize: NUMBERED_PAGE_SIZE },
			},
			credentials: { inEventOAuth2Api },
		}),
		inEventHttp: httpPages('inEventOAuth2Api', ATTENDEES, NUMBERED_PAGE_SIZE, {
			query: { page_size: NUMBERED_PAGE_SIZE },
			next: { name: 'page', value: '={{ $pageCount + 1 }}' },
			isLast: '={{ !$response.body.pagination.next_page }}',
		}),
		inEventFloor: floorPages(ATTENDEES, inEventPages),
		inEventFloorCredential: floorPagesWith('inEventOAuth2Api', ATTENDEES, inEventPages),
		limitedOurs: {
			...one(
				artsvp(RATE_LIMIT, {
					operation: 'get',
					bookingId: { __rl: true, mode: 'id', value: '=boo-{{ $json.number }}' },
					options: { concurrency: CONCURRENCY },
				}),
			),
			restMs: RATE_LIMIT.seconds * MS_PER_S,
		},
	};
}

/** Input of the per-item rows. */
export function makeItems(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		json: { email: `guest${index}@example.com`, name: `Guest Number ${index}`, number: index },
	}));
}

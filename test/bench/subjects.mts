/** What is compared: the same work done by our nodes, by n8n's HTTP Request node, and by a bare loop. */
import type { IDataObject } from 'n8n-workflow';

import type { CredentialData, NodeRunRequest } from '../support/engine.mts';

/** Requests under way at a time, where the subject lets one choose. */
export const CONCURRENCY = 10;
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const HTTP_REQUEST_VERSION = 4.5;
const FLOOR = 'n8n-nodes-bench.benchFloor';

/** One way of doing the work. */
export interface Subject {
	request: Omit<NodeRunRequest, 'items'>;
	/** Items that must come out of one item that goes in, to prove that the work was done. */
	outputPerItem: number;
}

/** The subjects of every row, by name. `baseUrl` is the stand-in's address. */
export function subjects(baseUrl: string): Record<string, Subject> {
	const credentials = (type: 'eventVaultApi' | 'invitarioApi'): CredentialData =>
		type === 'eventVaultApi' ? { eventVaultApi } : { invitarioApi };
	const eventVaultApi = { baseUrl, apiKey: 'key', clientId: 'client', eventId: 'event' };
	const invitarioApi = { baseUrl, apiKey: 'code', eventId: '123', stationName: 'Entrance' };
	const addBody: IDataObject = { userEmail: '={{ $json.email }}', name: '={{ $json.name }}' };

	const eventVault = (parameters: IDataObject) => ({
		nodeType: 'eventVault',
		parameters,
		credentials: { eventVaultApi },
	});
	const httpRequest = (
		type: 'eventVaultApi' | 'invitarioApi',
		path: string,
		parameters: IDataObject,
	) => ({
		nodeType: HTTP_REQUEST,
		typeVersion: HTTP_REQUEST_VERSION,
		parameters: {
			url: baseUrl + path,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			...parameters,
		},
		credentials: credentials(type),
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
	const one = (request: Subject['request']): Subject => ({ request, outputPerItem: 1 });
	const list = (request: Subject['request']): Subject => ({ request, outputPerItem: 50_000 });

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
		// The answer is one object: the HTTP Request node makes one item of it.
		listInvitarioHttp: one(
			httpRequest('invitarioApi', '/api/v1/guest/list/all', post({ source: 'bench' })),
		),
	};
}

/** Input of the per-item rows. */
export function makeItems(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		json: { email: `guest${index}@example.com`, name: `Guest Number ${index}` },
	}));
}

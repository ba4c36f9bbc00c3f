// A worker that is killed while it works: on 60 writes to each of several vendors, and on an execution that a polling
// trigger started. The other worker keeps running, and the killed one is started again.

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { by } from '../../rig/items.mts';
import { type Ended, until } from '../support/client.mts';
import type { Json, Workflow } from '../support/n8n.mts';
import { credentialData, nodeType } from '../support/vendors.mts';
import type { Stack } from './stack.mts';
import { Requested, type Step, finishedExecutions, watching } from './workflows.mts';

const BATCH = 60;
const CONCURRENCY = 10;
/** This many writes get a response; the vendor carries out the next ones, but does not respond. */
const ANSWERED = 30;
/** The records at the time when the worker is killed. */
export const WRITTEN = ANSWERED + CONCURRENCY;
const SILENT_MS = 240_000;
const TIMEOUT_SECONDS = 300;
const MIDDLE_DEADLINE_MS = 60_000;
const GUESTS = 5;

/** A bulk write: its node, and the resulting records of the vendor. */
interface Bulk {
	name: string;
	credential: { type: string; data: Json };
	node: string;
	parameters: Json;
	server: Sandbox['eventVault' | 'artsvp' | 'inEvent' | 'eventtia'];
	path: string;
	/** The emails that the vendor has, one for each record. */
	emails(): string[];
}

const ITEMS = Array.from({ length: BATCH }, (_, index) => ({ email: `bulk-${index}@example.com` }));
const isOurs = (email: string | null | undefined): email is string =>
	email?.startsWith('bulk-') === true;

function createBatches(one: Sandbox, other: Sandbox): Bulk[] {
	const email = '={{ $json.email }}';
	const options = { concurrency: CONCURRENCY, timeout: TIMEOUT_SECONDS };
	const { eventUri } = EVENTTIA_CREDENTIALS;
	const { eventId } = INEVENT_CREDENTIALS.production;
	const attendees = one.eventtia.state.event().attendees;
	const invite = (server: Sandbox['artsvp'], parameters: Json) => ({
		node: nodeType('artsvp'),
		credential: { type: 'artsvpApi', data: credentialData('artsvp', server.url) },
		parameters: {
			resource: 'invite',
			resourceType: 'event',
			resourceId: by('id', server.state.events.all()[0]?.id ?? ''),
			additionalFields: { email },
			options,
			...parameters,
		},
		server,
		path: '/api/v3/invites',
		emails: () => server.state.invites().map((one) => one.email ?? ''),
	});
	return [
		{
			name: 'Event Vault guest: Create or Update',
			node: nodeType('eventVault'),
			credential: { type: 'eventVaultApi', data: credentialData('eventVault', one.eventVault.url) },
			parameters: { resource: 'guest', operation: 'upsert', userEmail: email, options },
			server: one.eventVault,
			path: '/addGuest',
			emails: () =>
				one.eventVault.state
					.event()
					.guests()
					.map((guest) => guest.email),
		},
		{
			name: 'InEvent registration: Create',
			node: nodeType('inEvent'),
			credential: { type: 'inEventOAuth2Api', data: credentialData('inEvent', one.inEvent.url) },
			parameters: { resource: 'registration', operation: 'create', eventId, email, options },
			server: one.inEvent,
			path: `/v1/events/${eventId}/registration`,
			emails: () =>
				one.inEvent.state
					.event()
					.attendees()
					.map((attendee) => attendee.email),
		},
		{
			name: 'ARTSVP invite: Create or Update',
			...invite(other.artsvp, { operation: 'upsert', filter: 'email' }),
		},
		{ name: 'ARTSVP invite: Create', ...invite(one.artsvp, { operation: 'create' }) },
		{
			name: 'Eventtia attendee: Create',
			node: nodeType('eventtia'),
			credential: { type: 'eventtiaApi', data: credentialData('eventtia', one.eventtia.url) },
			parameters: {
				resource: 'attendee',
				operation: 'create',
				eventUri: by('uri', eventUri),
				attendeeTypeId: by(
					'id',
					one.eventtia.state.event().attendeeTypes.named('General Public').id,
				),
				email,
				fields: { mappingMode: 'autoMapInputData', value: null },
				additionalFields: { firstName: 'Jane', lastName: 'Doe' },
				options,
			},
			server: one.eventtia,
			path: `/api/v3/events/${eventUri}/attendees/register`,
			emails: () =>
				Array.from(attendees.all(), (attendee) => attendees.fieldValue(attendee, 'email') ?? ''),
		},
	];
}

/** How often the vendor has each of the emails of a batch. */
function timesEach(bulk: Bulk): number[] {
	const there = bulk.emails().filter(isOurs);
	return ITEMS.map(({ email }) => there.filter((one) => one === email).length);
}

/** One batch, and its outcome. */
export interface KilledBatch {
	name: string;
	/** How often the vendor had each of the emails when the worker was killed. */
	whenKilled: number[];
	/** Waits until n8n has given up on it. */
	failed(): Promise<Ended>;
	/** How often the vendor has each of the emails now. */
	now(): number[];
	/** Sends the same items again. */
	again(): Promise<Ended>;
}

/** The polled execution, and its outcome. */
export interface KilledPoll {
	/** The email that the trigger found. */
	email: string;
	/** Whether an execution has processed an email. */
	isDone(email: string): boolean;
	/** Adds another guest, which the trigger finds. */
	addAnother(): string;
	/** The finished executions of the workflow, once there are this many. */
	ended(count: number): Promise<Ended[]>;
	/** The input of the error workflow, once it has run. */
	errorReports(): Promise<Ended[]>;
}

/** The outcome of all parts. */
export interface KilledWorker {
	batches: KilledBatch[];
	poll: KilledPoll;
	close(): Promise<void>;
}

/** The node that receives failed executions. */
export const ERROR_TRIGGER = 'Error Trigger';
const ERROR_WORKFLOW: Workflow = {
	name: 'hears of failures',
	nodes: [
		{
			id: 'error',
			name: ERROR_TRIGGER,
			type: 'n8n-nodes-base.errorTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
};

async function startPoll(stack: Stack, { eventVault }: Sandbox): Promise<KilledPoll> {
	const type = 'eventVaultApi';
	const credential = await stack.n8n.saveCredential(
		type,
		credentialData('eventVault', eventVault.url),
	);
	const errorWorkflow = await stack.n8n.publish(ERROR_WORKFLOW);
	const event = eventVault.state.event();
	const workflowId = await stack.n8n.publish(
		watching({
			trigger: {
				type: `${nodeType('eventVault')}Trigger`,
				credential,
				parameters: { triggerOn: ['guestCreated'] },
			},
			then: {
				type: nodeType('eventVault'),
				credential,
				parameters: {
					resource: 'ticket',
					operation: 'upsert',
					userEmail: by('email', '={{ $json.email }}'),
					ticketType: by('name', 'VIP'),
					options: { timeout: TIMEOUT_SECONDS },
				},
			},
			errorWorkflow,
		}),
	);
	let added = 0;
	const addGuest = () => {
		const email = `found-${added++}@example.com`;
		event.addGuest({ userEmail: email, name: 'Found By The Trigger' });
		return email;
	};
	// Nothing is done about the first one.
	eventVault.faults.add({
		when: { method: 'POST', nth: 1 },
		do: { kind: 'slow', ms: SILENT_MS },
	});
	const email = addGuest();
	return {
		email,
		isDone: (found) => event.ticketsFor(found).length > 0,
		addAnother: addGuest,
		ended: async (count) => await finishedExecutions(stack, workflowId, count),
		errorReports: async () => await finishedExecutions(stack, errorWorkflow, 1),
	};
}

async function startBatch(stack: Stack, bulk: Bulk) {
	const { type, data } = bulk.credential;
	const credential = await stack.n8n.saveCredential(type, data);
	const step: Step = { type: bulk.node, parameters: bulk.parameters, credential };
	const flow = await Requested.publish(stack, step);
	const first = ANSWERED + 1;
	const later = Array.from({ length: BATCH - first }, (_, index) => first + 1 + index);
	bulk.server.faults.add({
		when: { path: bulk.path, method: 'POST', nth: [first, ...later] },
		do: { kind: 'slow', ms: SILENT_MS, afterEffect: true },
	});
	await flow.send(ITEMS);
	return { bulk, flow };
}

/** Runs the whole test, and kills worker `a`, which must be the only one running at first. Both run at the end. */
export async function killWorker(stack: Stack): Promise<KilledWorker> {
	const [one, other] = await Promise.all([
		startSandbox({ seed: { guests: GUESTS } }),
		startSandbox({ seed: { guests: GUESTS } }),
	]);
	// Whether Eventtia refuses a second registration of an email is not documented; this assumes the worse case.
	one.eventtia.state.duplicateEmails = 'allowed';
	const [poll, ...started] = await Promise.all([
		startPoll(stack, other),
		...createBatches(one, other).map(async (bulk) => await startBatch(stack, bulk)),
	]);
	const written = () => started.map(({ bulk }) => bulk.emails().filter(isOurs).length);
	await until(
		'the middle of each batch and the polled execution',
		MIDDLE_DEADLINE_MS,
		async () =>
			written().every((count) => count === WRITTEN) &&
			other.eventVault.requests.some(({ method }) => method === 'POST'),
		written,
	);
	await stack.startWorker('b');
	await stack.kill('a');
	const batches = started.map(({ bulk, flow }): KilledBatch => {
		bulk.server.faults.clear();
		return {
			name: bulk.name,
			whenKilled: timesEach(bulk),
			failed: async () => {
				const [execution] = await flow.ended(1);
				if (execution === undefined) throw new Error('there is no execution');
				return execution;
			},
			now: () => timesEach(bulk),
			again: async () => {
				const [execution] = await flow.run(ITEMS);
				if (execution === undefined) throw new Error('there is no execution');
				return execution;
			},
		};
	});
	other.eventVault.faults.clear();
	await stack.startWorker('a');
	return {
		batches,
		poll,
		close: async () => {
			await Promise.all([one.close(), other.close()]);
		},
	};
}

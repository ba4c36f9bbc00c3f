// The Eventtia instant trigger in a real n8n: its webhooks and its responses. examples/eventtiaLiveDoorList.e2e.mts
// tests it together with the polling trigger.

import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import axios from 'axios';
import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { by } from '../rig/items.mts';
import { N8nClient, until } from './support/client.mts';
import type { Json, Workflow } from './support/n8n.mts';
import { useVendors } from './support/vendors.mts';

const TRIGGER = 'The Trigger';
const DEADLINE_MS = 30_000;
/** The longest time to respond that is allowed here; the vendor gives up after five seconds. */
const ANSWER_MS = 1000;
/** Longer than the response may take: the trigger's own requests must come after it. */
const SLOW_VENDOR_MS = 1500;

const vendors = useVendors();
const server = () => vendors().sandbox.eventtia;
const event = () => server().state.event();
const hooks = () => server().state.webHooks.of(EVENTTIA_CREDENTIALS.email);
const deliveries = () => server().state.webHooks.deliveries;
const n8n = N8nClient.shared();
const published: string[] = [];

async function publish(workflow: Workflow): Promise<string> {
	const id = await n8n.publish(workflow);
	published.push(id);
	return id;
}

afterEach(async () => {
	for (const id of published.splice(0)) {
		await n8n.unpublish(id);
		await n8n.remove(id);
	}
	expect(hooks()).toEqual([]);
});

/** As the editor creates it: with an ID for the URL of the webhook. */
function instant(triggerOn: string[]): Workflow {
	const { id, name } = vendors().eventtia;
	return {
		name: 'hears of attendees at once',
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-guestlist.eventtiaInstantTrigger',
				typeVersion: 1,
				position: [0, 0],
				webhookId: randomUUID(),
				parameters: {
					scope: 'event',
					eventUri: by('uri', EVENTTIA_CREDENTIALS.eventUri),
					triggerOn,
					simplify: true,
				},
				credentials: { eventtiaApi: { id, name } },
			},
			{
				id: 'after',
				name: 'After It',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'After It', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

function register(email: string): string {
	return event().attendees.register({ email, first_name: 'New', last_name: 'Attendee' }).id;
}

/** The output of a node so far, as `event id`. */
async function outputEvents(workflowId: string, node: string): Promise<string[]> {
	const executions = await n8n.executions(workflowId);
	return executions.flatMap(({ items }) =>
		items(node).map(({ _event, id }) => `${String(_event)} ${String(id)}`),
	);
}

async function untilCameOut(workflowId: string, node: string, wanted: string[]): Promise<void> {
	let found: string[] = [];
	await until(
		`${wanted.join(', ')} of ${node}`,
		DEADLINE_MS,
		async () => {
			found = await outputEvents(workflowId, node);
			return wanted.every((one) => found.includes(one));
		},
		() => `, but ${found.join(', ')}`,
	);
}

describe('the instant trigger', () => {
	test('receives a new attendee, and responds before it requests anything', async () => {
		const workflowId = await publish(instant(['attendeeCreated', 'attendeeUpdated']));
		expect(hooks().map(({ trigger }) => trigger)).toEqual(['attendee_created', 'attendee_updated']);
		server().latencyMs = SLOW_VENDOR_MS;

		const begun = performance.now();
		const id = register('new@example.com');
		await until('the answer', DEADLINE_MS, async () =>
			deliveries().every(({ status, error }) => status !== 0 || error !== undefined),
		);

		expect(performance.now() - begun).toBeLessThan(ANSWER_MS);
		expect(deliveries().map(({ status }) => status)).toEqual([200]);
		await untilCameOut(workflowId, TRIGGER, [`attendeeCreated ${id}`]);
		const [execution] = await n8n.executions(workflowId);
		expect(execution?.items(TRIGGER)).toEqual([
			expect.objectContaining({
				id,
				email: 'new@example.com',
				name: 'New Attendee',
				ticketType: 'General Public',
				_event: 'attendeeCreated',
			}),
		]);
	});

	test('starts nothing without its secret', async () => {
		const workflowId = await publish(instant(['attendeeCreated']));
		const url = new URL(String(hooks()[0]?.targetUrl));
		const post = async () => {
			const { status, data } = await axios.post<Json>(url.href, {}, { validateStatus: () => true });
			return [status, data];
		};

		url.searchParams.set('secret', 'guessed');
		expect(await post()).toEqual([401, { message: 'This address is not known' }]);
		url.searchParams.delete('secret');
		expect(await post()).toEqual([401, { message: 'This address is not known' }]);

		const id = register('after@example.com');
		await untilCameOut(workflowId, TRIGGER, [`attendeeCreated ${id}`]);
		expect(await outputEvents(workflowId, TRIGGER)).toHaveLength(1);
	});

	test('changes its webhooks when it is edited', async () => {
		const workflowId = await publish(instant(['attendeeCreated']));
		const [before] = hooks();

		await n8n.republish(workflowId, instant(['attendeeUpdated']));

		expect(hooks().map(({ trigger }) => trigger)).toEqual(['attendee_updated']);
		expect(hooks()[0]?.targetUrl).not.toBe(before?.targetUrl);
		const id = event().attendees.seededAt(0).id;
		event().attendees.setField({ id }, 'company', 'Another Company');
		await untilCameOut(workflowId, TRIGGER, [`attendeeUpdated ${id}`]);
	});
});

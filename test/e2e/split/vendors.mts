// The five packages that the pack can be split into: what each brings, and what is done with it in an n8n.

import { expect } from '@jest/globals';
import { EVENTTIA_CREDENTIALS, INEVENT_CREDENTIALS } from '../../../sandbox/credentials.mts';
import type { Sandbox } from '../../../sandbox/start.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import type { Json, SavedCredential, Workflow } from '../support/n8n.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import {
	artsvpData,
	eventVaultData,
	eventtiaData,
	inEventData,
	invitarioData,
	locator,
} from '../support/vendors.mts';

const PACK = 'n8n-nodes-guestlist';
const ACTION = 'The Action';
export const TRIGGER = 'The Trigger';

/** One vendor's package, with a workflow and a trigger as they are written for the whole pack. */
export interface SplitVendor {
	/** The package is `n8n-nodes-guestlist-<slug>`. */
	slug: string;
	/** Names of its nodes, the one for AI agents included. */
	nodes: string[];
	credential: { type: string; data: Json };
	/** An output schema that it brings, as the editor asks for it: node, version, resource, operation. */
	schema: string;
	workflow(credential: SavedCredential): Workflow;
	/** What the workflow puts out in the end: at which node. */
	outcome: { node: string; items: unknown[] };
	trigger: { node: string; parameters: Json };
	/** Does something that the trigger tells of. @returns fields of the item that comes out */
	change(): Json;
}

/** Name of a vendor's package. */
export const packageOf = ({ slug }: SplitVendor) => `${PACK}-${slug}`;

/** A workflow that was written for the pack, for vendors' packages: a node's type begins with its package. */
export function forPackages(workflow: Workflow, vendors: SplitVendor[]): Workflow {
	const types = new Map<string, string>(
		vendors.flatMap((vendor) =>
			vendor.nodes.map((node) => [`${PACK}.${node}`, `${packageOf(vendor)}.${node}`]),
		),
	);
	const nodes = workflow.nodes.map(({ type, ...node }) => ({
		...node,
		type: types.get(String(type)) ?? type,
	}));
	return { ...workflow, nodes };
}

function workflowOf(nodes: Json[]): Workflow {
	const [first, second] = nodes.map(({ name }) => String(name));
	const connections =
		second === undefined
			? {}
			: { [String(first)]: { main: [[{ node: second, type: 'main', index: 0 }]] } };
	return { name: 'of a split package', nodes, connections, settings: { executionOrder: 'v1' } };
}

function node(name: string, type: string, parameters: Json, credential?: SavedCredential): Json {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials:
			credential === undefined
				? {}
				: { [credential.type]: { id: credential.id, name: credential.name } },
	};
}

/** A workflow that is nothing but the trigger of a vendor. */
export function triggered({ trigger }: SplitVendor, credential: SavedCredential): Workflow {
	const parameters = { pollTimes: everyFewSeconds(), ...trigger.parameters };
	return workflowOf([node(TRIGGER, `${PACK}.${trigger.node}`, parameters, credential)]);
}

function eventVault({ eventVault: server }: Sandbox): SplitVendor {
	const { guestCount } = server.state.event();
	return {
		slug: 'event-vault',
		nodes: ['eventVault', 'eventVaultTool', 'eventVaultTrigger'],
		credential: { type: 'eventVaultApi', data: eventVaultData(server.url) },
		schema: 'eventVault/1/guest/get',
		workflow: (credential) => exampleWith('event-vault-guest-list.json', [credential]),
		outcome: { node: 'Count the Guests', items: [expect.objectContaining({ guestCount })] },
		trigger: { node: 'eventVaultTrigger', parameters: { triggerOn: ['guestDeleted'] } },
		change() {
			const email = server.state.event().guests().at(-1)?.email ?? '';
			server.state.event().removeGuest(email);
			return { _event: 'guestDeleted', email };
		},
	};
}

function invitario({ invitario: { state, url } }: Sandbox): SplitVendor {
	const inside = state
		.guests()
		.filter(
			(guest) =>
				guest.checkInDateTime !== null &&
				guest.checkOutDateTime === null &&
				guest.deleteDateTime === null,
		);
	return {
		slug: 'invitario',
		nodes: ['invitario', 'invitarioTool', 'invitarioTrigger'],
		credential: { type: 'invitarioApi', data: invitarioData(url) },
		schema: 'invitario/1/guest/get',
		workflow: (credential) =>
			workflowOf([
				node('Start', 'n8n-nodes-base.manualTrigger', {}),
				node(
					ACTION,
					`${PACK}.invitario`,
					{
						resource: 'guest',
						operation: 'getAll',
						returnAll: true,
						filters: { checkInStatus: 'checkedIn' },
						options: {},
					},
					credential,
				),
			]),
		outcome: {
			node: ACTION,
			items: inside.map(({ fields: { email } }) => expect.objectContaining({ email })),
		},
		trigger: { node: 'invitarioTrigger', parameters: { triggerOn: ['guestCreated'] } },
		change() {
			const email = 'new@example.com';
			state.addGuest({ fields: { email } });
			return { _event: 'guestCreated', email };
		},
	};
}

function artsvp({ artsvp: { state, url } }: Sandbox): SplitVendor {
	const emails = ['lucy.green@example.com', 'omar.haddad@example.com', 'mei.tanaka@example.com'];
	return {
		slug: 'artsvp',
		nodes: ['artsvp', 'artsvpTool', 'artsvpTrigger'],
		credential: { type: 'artsvpApi', data: artsvpData(url) },
		schema: 'artsvp/1/booking/get',
		workflow: (credential) => exampleWith('artsvp-art-fair-invitations.json', [credential]),
		outcome: {
			node: 'Personal Links',
			items: emails.map((email) => expect.objectContaining({ email, result: 'created' })),
		},
		trigger: { node: 'artsvpTrigger', parameters: { triggerOn: ['bookingCreated'] } },
		change() {
			const { id } = state.addBooking({ email: 'new@example.com' });
			return { _event: 'bookingCreated', id };
		},
	};
}

function inEvent({ inEvent: { state, url } }: Sandbox): SplitVendor {
	const { eventId } = INEVENT_CREDENTIALS.production;
	return {
		slug: 'inevent',
		nodes: ['inEvent', 'inEventTool', 'inEventTrigger'],
		credential: { type: 'inEventOAuth2Api', data: inEventData(url) },
		schema: 'inEvent/1/attendee/get',
		workflow: (credential) => exampleWith('inevent-branded-form.json', [credential]),
		outcome: {
			node: 'You Are Registered',
			items: [expect.objectContaining({ checkInCode: expect.stringMatching(/^QR_/) })],
		},
		trigger: { node: 'inEventTrigger', parameters: { eventId, triggerOn: ['attendeeCreated'] } },
		change() {
			const email = 'new@example.com';
			state.event().register({ email });
			return { _event: 'attendeeCreated', email };
		},
	};
}

function eventtia({ eventtia: { state, url } }: Sandbox): SplitVendor {
	const { attendees } = state.event();
	const confirmed = Array.from(attendees.all()).filter(
		({ status, archived }) => status === 'confirmed' && !archived,
	);
	return {
		slug: 'eventtia',
		nodes: ['eventtia', 'eventtiaInstantTrigger', 'eventtiaTool', 'eventtiaTrigger'],
		credential: { type: 'eventtiaApi', data: eventtiaData(url) },
		schema: 'eventtia/1/attendee/get',
		workflow: (credential) => exampleWith('eventtia-after-the-show.json', [credential]),
		outcome: {
			node: 'The Report',
			items: [expect.objectContaining({ confirmed: confirmed.length })],
		},
		trigger: {
			node: 'eventtiaTrigger',
			parameters: {
				eventUri: locator('uri', EVENTTIA_CREDENTIALS.eventUri),
				triggerOn: ['attendeeCreated'],
			},
		},
		change() {
			const email = 'new@example.com';
			attendees.register({ email, first_name: 'New', last_name: 'Attendee' });
			return { _event: 'attendeeCreated', email };
		},
	};
}

/** The vendors of a sandbox, with what is true of it now. */
export function splitVendors(sandbox: Sandbox): SplitVendor[] {
	return [eventVault, invitario, artsvp, inEvent, eventtia].map((vendor) => vendor(sandbox));
}

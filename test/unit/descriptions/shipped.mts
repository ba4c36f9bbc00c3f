/** Every node and credential that the package ships, and ways to walk over their properties. */
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { ArtsvpApi } from '../../../credentials/ArtsvpApi.credentials.ts';
import { EventtiaApi } from '../../../credentials/EventtiaApi.credentials.ts';
import { EventVaultApi } from '../../../credentials/EventVaultApi.credentials.ts';
import { InEventOAuth2Api } from '../../../credentials/InEventOAuth2Api.credentials.ts';
import { InvitarioApi } from '../../../credentials/InvitarioApi.credentials.ts';
import { Artsvp } from '../../../nodes/Artsvp/Artsvp.node.ts';
import { ArtsvpTrigger } from '../../../nodes/Artsvp/ArtsvpTrigger.node.ts';
import { Eventtia } from '../../../nodes/Eventtia/Eventtia.node.ts';
import { EventtiaInstantTrigger } from '../../../nodes/Eventtia/EventtiaInstantTrigger.node.ts';
import { EventtiaTrigger } from '../../../nodes/Eventtia/EventtiaTrigger.node.ts';
import { EventVault } from '../../../nodes/EventVault/EventVault.node.ts';
import { EventVaultTrigger } from '../../../nodes/EventVault/EventVaultTrigger.node.ts';
import { InEvent } from '../../../nodes/InEvent/InEvent.node.ts';
import { InEventTrigger } from '../../../nodes/InEvent/InEventTrigger.node.ts';
import { Invitario } from '../../../nodes/Invitario/Invitario.node.ts';
import { InvitarioTrigger } from '../../../nodes/Invitario/InvitarioTrigger.node.ts';

/** By class name; `structure.test.mts` checks that this is all that package.json names. */
export const NODES: Record<string, INodeType> = {
	Artsvp: new Artsvp(),
	ArtsvpTrigger: new ArtsvpTrigger(),
	Eventtia: new Eventtia(),
	EventtiaInstantTrigger: new EventtiaInstantTrigger(),
	EventtiaTrigger: new EventtiaTrigger(),
	EventVault: new EventVault(),
	EventVaultTrigger: new EventVaultTrigger(),
	InEvent: new InEvent(),
	InEventTrigger: new InEventTrigger(),
	Invitario: new Invitario(),
	InvitarioTrigger: new InvitarioTrigger(),
};
export const CREDENTIALS: Record<string, ICredentialType> = {
	ArtsvpApi: new ArtsvpApi(),
	EventtiaApi: new EventtiaApi(),
	EventVaultApi: new EventVaultApi(),
	InEventOAuth2Api: new InEventOAuth2Api(),
	InvitarioApi: new InvitarioApi(),
};

/** One property, wherever it stands. */
export interface Place {
	/** e.g. `EventVault guest.add additionalFields.company`; names the place in a failed test. */
	path: string;
	property: INodeProperties;
	/** 0 at the top level, 1 in a collection, and so on. */
	depth: number;
}

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;
const isGroup = (entry: object): entry is INodePropertyCollection => 'values' in entry;

/** The choices of a list. */
export function choicesOf({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	if (type !== 'options' && type !== 'multiOptions') return [];
	return options.flatMap((entry) => (isProperty(entry) || isGroup(entry) ? [] : [entry]));
}

/** The entries of a collection, or the groups of a fixed collection. */
export function entriesOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	return type === 'collection' ? options.filter(isProperty) : [];
}
export function groupsOf({ type, options = [] }: INodeProperties): INodePropertyCollection[] {
	return type === 'fixedCollection' ? options.filter(isGroup) : [];
}

/** A property and all that it holds. */
function within(property: INodeProperties, prefix: string, depth: number): Place[] {
	const path = `${prefix}${property.name}`;
	const inner = [...entriesOf(property), ...groupsOf(property).flatMap(({ values }) => values)];
	return [
		{ path, property, depth },
		...inner.flatMap((entry) => within(entry, `${path}.`, depth + 1)),
	];
}

/** For which operation a property is shown. */
function shownFor({ displayOptions }: INodeProperties): string {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return [...resource, ...operation].join('.');
}

export const nodePlaces: Place[] = Object.entries(NODES).flatMap(([node, { description }]) =>
	description.properties.flatMap((property) =>
		within(property, `${node} ${shownFor(property)} `, 0),
	),
);
export const credentialPlaces: Place[] = Object.entries(CREDENTIALS).flatMap(
	([credential, { properties }]) =>
		properties.flatMap((property) => within(property, `${credential} `, 0)),
);
export const allPlaces: Place[] = [...nodePlaces, ...credentialPlaces];

/** One operation of a node, with the properties shown for it. */
export interface ShownOperation {
	/** e.g. `EventVault guest.add`. */
	path: string;
	node: string;
	resource: string;
	/** What the editor calls it. */
	resourceName: string;
	choice: INodePropertyOptions;
	fields: INodeProperties[];
}

/** The label of a resource. @throws Error for one that is not among the choices */
function labelOf(properties: readonly INodeProperties[], resource: string): string {
	const found = properties
		.filter(({ name }) => name === 'resource')
		.flatMap(choicesOf)
		.find(({ value }) => value === resource);
	if (!found) throw new Error(`No resource ${resource}`);
	return found.name;
}

export const operations: ShownOperation[] = Object.entries(NODES).flatMap(
	([
		node,
		{
			description: { properties },
		},
	]) =>
		properties
			.filter(({ name }) => name === 'operation')
			.flatMap((selector) =>
				(selector.displayOptions?.show?.resource ?? []).flatMap((resource) =>
					choicesOf(selector).map((choice) => ({
						path: `${node} ${String(resource)}.${String(choice.value)}`,
						node,
						resource: String(resource),
						resourceName: labelOf(properties, String(resource)),
						choice,
						fields: properties.filter(
							(property) => shownFor(property) === `${String(resource)}.${String(choice.value)}`,
						),
					})),
				),
			),
);

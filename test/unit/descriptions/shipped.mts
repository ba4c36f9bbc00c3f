/** Every node and credential that the package ships, and ways to walk over their properties. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { z } from 'zod';

import { isObject } from '../../../nodes/shared/values.ts';
import { CATALOG } from '../../vendors/catalog.mts';
import { repositoryRoot } from '../../support/paths.mts';

const nodeType = z.custom<INodeType>((value) => isObject(value) && 'description' in value);
const credentialType = z.custom<ICredentialType>(
	(value) => isObject(value) && 'properties' in value,
);

const load = createRequire(join(repositoryRoot(), 'package.json'));

/** An instance of the class that a file is named after. @throws Error if it exports no such class */
function create(path: string, className: string): unknown {
	const Class: unknown = Object(load(path))[className];
	if (typeof Class !== 'function') throw new Error(`${path} must export ${className}`);
	return Reflect.construct(Class, []);
}

/** By class name; `structure.test.mts` checks that these are all that package.json names. */
export const NODES: Record<string, INodeType> = Object.fromEntries(
	CATALOG.flatMap(({ folder, nodeClasses }) =>
		nodeClasses.map((name) => [
			name,
			nodeType.parse(create(`./nodes/${folder}/${name}.node.ts`, name)),
		]),
	),
);
export const CREDENTIALS: Record<string, ICredentialType> = Object.fromEntries(
	CATALOG.flatMap(({ credentials }) =>
		credentials.map((name) => [
			name,
			credentialType.parse(create(`./credentials/${name}.credentials.ts`, name)),
		]),
	),
);

/** One property, at any depth. */
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

/** A property and everything inside it. */
function within(property: INodeProperties, prefix: string, depth: number): Place[] {
	const path = `${prefix}${property.name}`;
	const inner = [...entriesOf(property), ...groupsOf(property).flatMap(({ values }) => values)];
	return [
		{ path, property, depth },
		...inner.flatMap((entry) => within(entry, `${path}.`, depth + 1)),
	];
}

/** The operation for which a property is shown. */
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
	/** Its label in the editor. */
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

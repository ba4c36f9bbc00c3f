/**
 * Turns a vendor's resources into the `properties` of its node. Pure.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { collectionField } from '../fields/builders';
import { runOptions } from '../fields/runOptions';
import type { Operation, Resource, Vendor } from './types';

/** *Resource*, *Operation*, then the fields of each operation, shown only for that operation. */
export function actionProperties<Client>(vendor: Vendor<Client>): INodeProperties[] {
	return [
		resourceSelector(vendor.resources),
		...vendor.resources.map(operationSelector),
		...vendor.resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operationFields(vendor, operation).map((field) => shownFor(field, resource, operation)),
			),
		),
	];
}

/** The fields of an operation, with the *Options* that every operation has. */
export function operationFields<Client>(
	vendor: Vendor<Client>,
	operation: Operation<Client>,
): INodeProperties[] {
	return [
		...operation.fields,
		collectionField('options', [
			...(operation.options ?? []),
			...(vendor.options ?? []),
			...runOptions(vendor),
		]),
	];
}

/**
 * The line under the node's name: "Get Many: Guest", not the values "getAll: guest".
 *
 * @returns an n8n expression
 */
export function actionSubtitle<Client>(vendor: {
	resources: ReadonlyArray<Resource<Client>>;
}): string {
	const names = Object.fromEntries(
		vendor.resources.flatMap((resource) =>
			resource.operations.map((operation) => [
				`${resource.value}.${operation.value}`,
				`${operation.name}: ${resource.name}`,
			]),
		),
	);
	return `={{ (${JSON.stringify(names)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
}

function resourceSelector<Client>(resources: ReadonlyArray<Resource<Client>>): INodeProperties {
	const initial = first(resources).value;
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: byName(resources.map(({ name, value }) => ({ name, value }))),
		default: initial,
	};
}

function operationSelector<Client>(resource: Resource<Client>): INodeProperties {
	const initial = first(resource.operations).value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName(
			resource.operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
		),
		default: initial,
	};
}

function shownFor<Client>(
	field: INodeProperties,
	resource: Resource<Client>,
	operation: Operation<Client>,
): INodeProperties {
	const show = field.displayOptions?.show ?? {};
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...show, resource: [resource.value], operation: [operation.value] },
		},
	};
}

function byName(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

function first<T>(list: readonly T[]): T {
	const [entry] = list;
	if (entry === undefined) throw new RangeError('A node needs a resource, a resource an operation');
	return entry;
}

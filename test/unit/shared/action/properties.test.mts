/** How resources become the properties of a node. */
import { runInNewContext } from 'node:vm';

import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import {
	operationFields,
	actionProperties,
	actionSubtitle,
} from '../../../../nodes/shared/action/properties.ts';
import type { Operation, Vendor } from '../../../../nodes/shared/action/types.ts';

const text = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});
const operation = (value: string, name: string): Operation<object> => ({
	value,
	name,
	action: `${name} thing`,
	description: `Does ${name}`,
	effect: 'read',
	fields: [
		text('Title', 'title'),
		{ ...text('Limit', 'limit'), displayOptions: { show: { returnAll: [false] } } },
		{ ...text('Hidden', 'hidden'), displayOptions: { hide: { title: [''] } } },
	],
	options: [text('Zebra', 'zebra'), text('Also', 'also')],
	run: async () => ({}),
});
const vendor: Vendor<object> = {
	name: 'Vendor',
	credentialType: 'vendorApi',
	resources: [
		{
			value: 'thing',
			name: 'Thing',
			operations: [operation('upsert', 'Put'), operation('get', 'Get')],
		},
		{ value: 'event', name: 'Event', operations: [operation('cancel', 'Cancel')] },
	],
	defaultConcurrency: 7,
	options: [text('Event ID', 'eventId')],
	connect: () => ({}),
};
const properties = actionProperties(vendor);
const named = (name: string) => properties.filter((property) => property.name === name);

describe('selectors', () => {
	test('Resource lists resources by name, defaults to the first one given, and takes no expression', () => {
		expect(properties[0]).toEqual({
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Event', value: 'event' },
				{ name: 'Thing', value: 'thing' },
			],
			default: 'thing',
		});
	});

	test('Operation exists once per resource and lists operations by name, with action and description', () => {
		expect(named('operation')).toEqual([
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['thing'] } },
				options: [
					{ name: 'Get', value: 'get', action: 'Get thing', description: 'Does Get' },
					{ name: 'Put', value: 'upsert', action: 'Put thing', description: 'Does Put' },
				],
				default: 'upsert',
			},
			expect.objectContaining({ displayOptions: { show: { resource: ['event'] } } }),
		]);
	});

	test('building the selectors does not reorder the vendor’s operations', () => {
		const values = vendor.resources[0]?.operations.map(({ value }) => value);
		expect(values).toEqual(['upsert', 'get']);
	});
});

describe('fields', () => {
	test('each is shown only for its operation, in addition to its own conditions', () => {
		expect(named('limit').map(({ displayOptions }) => displayOptions)).toEqual(
			[
				['thing', 'upsert'],
				['thing', 'get'],
				['event', 'cancel'],
			].map(([resource, chosen]) => ({
				show: { returnAll: [false], resource: [resource], operation: [chosen] },
			})),
		);
		expect(named('hidden')[0]?.displayOptions).toEqual({
			hide: { title: [''] },
			show: { resource: ['thing'], operation: ['upsert'] },
		});
	});

	test('Options come last and list the entries of the operation, the vendor and every node by label', () => {
		for (const { operations } of vendor.resources) {
			for (const each of operations) {
				const options = operationFields(vendor, each).at(-1);
				expect(options).toMatchObject({ name: 'options', type: 'collection', default: {} });
				expect(options?.options?.map(({ name }) => name)).toEqual([
					'also',
					'concurrency',
					'eventId',
					'maxWait',
					'timeout',
					'zebra',
				]);
			}
		}
	});

	test('Concurrency defaults to the vendor’s value', () => {
		const entries = named('options')[0]?.options ?? [];
		expect(entries.find(({ name }) => name === 'concurrency')).toMatchObject({ default: 7 });
	});
});

test.each([
	['no resource', { ...vendor, resources: [] }],
	['no operation', { ...vendor, resources: [{ value: 'x', name: 'X', operations: [] }] }],
])('a node with %s is refused', (_, broken) => {
	expect(() => actionProperties(broken)).toThrow(RangeError);
});

test('the subtitle has the names of resource and operation', () => {
	const expression = actionSubtitle(vendor);
	const [, body = ''] = /^=\{\{ (.*) \}\}$/.exec(expression) ?? [];
	const shown = (resource: string, operation: string): unknown =>
		runInNewContext(body, { $parameter: { resource, operation } });
	for (const resource of vendor.resources) {
		for (const { value, name } of resource.operations) {
			expect(shown(resource.value, value)).toBe(`${name}: ${resource.name}`);
		}
	}
});

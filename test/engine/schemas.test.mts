/**
 * The output schemas of the nodes, with which the editor shows a node's fields before it has run: every operation has
 * one, there are no others, n8n finds them in the build, and the actual output matches. They describe the output with
 * default settings: Simplify on, companions as IDs.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { nodeOperations, nodeProperties } from '../contract/support/builtNode.mts';
import { planRuns } from '../contract/support/plan.mts';
import { operationName } from '../contract/support/table.mts';
import {
	outputSchema,
	toOutputSchema,
	schemaText,
	type OutputSchema,
} from '../generated/schema.mts';
import { expectCurrent, isGenerating } from '../generated/update.mts';
import { useVendor } from '../rig/useVendor.mts';
import { repositoryRoot } from '../support/paths.mts';
import type { Sample } from '../vendors/defineVendor.mts';
import { catalogEntry, VENDORS } from '../vendors/index.mts';

const LOST_RESPONSE = { kind: 'resetAfterEffect' } as const;
/** Enough guests for the lists to show every field. */
const GUESTS = 60;

describe.each(VENDORS)('$key', (vendor) => {
	const rig = useVendor(vendor, { guests: GUESTS });
	const { folder } = catalogEntry(vendor);
	const operations = nodeOperations(vendor.key);

	const fileOf = (name: string) =>
		join(
			repositoryRoot(),
			'nodes',
			folder,
			'__schema__',
			'v1.0.0',
			`${name.replace(': ', '/')}.json`,
		);

	/** The current schema; undefined for a new operation. */
	const knownSchema = (name: string): OutputSchema | undefined => {
		const file = fileOf(name);
		if (!existsSync(file)) return undefined;
		return outputSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	};

	/** The vendor's samples of an operation; if there are none, its contract run with all parameters. */
	const samplesFor = (name: string): Sample[] => {
		const own = vendor.samples(rig.server)[name]?.();
		if (own !== undefined) return own;
		const properties = nodeProperties(vendor.key);
		vendor.contract.seed(rig.server);
		const runs = vendor.contract.table.endpoints.flatMap((endpoint) =>
			endpoint.reachedBy
				.filter((reaching) => operationName(reaching) === name)
				.flatMap((reaching) => planRuns(endpoint, reaching, properties).slice(0, 1)),
		);
		return runs.map(({ parameters, items }) => ({
			parameters,
			...(items === undefined ? {} : { items: [...items] }),
		}));
	};

	const FOLDERS = ['nodes', 'dist/nodes'];
	if (!isGenerating) {
		test.each(FOLDERS)('has one file per operation and no other in %s', (root) => {
			const schemas = join(repositoryRoot(), root, folder, '__schema__');
			const files = readdirSync(schemas, { recursive: true }).map(String);

			expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
				operations.map((name) => join('v1.0.0', `${name.replace(': ', '/')}.json`)).sort(),
			);
		});
	}

	test('has samples only for existing operations', () => {
		const sampled = Object.keys(vendor.samples(rig.server));
		expect(sampled.filter((name) => !operations.includes(name))).toEqual([]);
	});

	test.each(operations)('%s matches its schema, which is current', async (name) => {
		const returned: IDataObject[] = [];
		for (const { parameters, items, lost } of samplesFor(name)) {
			if (lost !== undefined) rig.fault({ when: { path: lost }, do: LOST_RESPONSE });
			const result = await rig.run(name, parameters, items === undefined ? {} : { items });
			expect(result.error).toBeUndefined();
			expect(result.items.length).toBeGreaterThan(0);
			returned.push(...result.items.map(({ json }) => json));
		}

		const current = toOutputSchema(returned, knownSchema(name));
		expectCurrent(fileOf(name), schemaText(current));
		for (const json of returned) expect(differences(current, json, 'item')).toEqual([]);
	});

	if (!isGenerating) {
		test.each(operations)('n8n finds the schema of %s in the build', (name) => {
			const [resource = '', operation = ''] = name.split(': ');
			const nodeDir = join(repositoryRoot(), 'dist', 'nodes', folder);
			const { loadOutputSchema } = rig.engine.modules.core;
			const loaded = loadOutputSchema({ nodeDir, version: 1, resource, operation });

			expect(outputSchema.parse(loaded)).toEqual(knownSchema(name));
		});
	}
});

test('the check itself finds mismatches', () => {
	const schema: OutputSchema = {
		type: 'object',
		properties: {
			name: { type: ['string', 'null'] },
			tags: { type: 'array', items: { type: 'string' } },
			free: { type: 'object' },
		},
	};

	expect(differences(schema, { name: null, tags: ['a'], free: { any: 1 } }, 'item')).toEqual([]);
	expect(differences(schema, { name: 1, tags: ['a', 2], free: [], more: true }, 'item')).toEqual([
		'item.name is number, not string or null',
		'item.tags.1 is number, not string',
		'item.free is array, not object',
		'item.more is not in the schema',
	]);
});

/** How a value differs from its schema, in words; empty if it matches. */
function differences(schema: OutputSchema, value: unknown, at: string): string[] {
	const allowed = [schema.type].flat();
	const actual = typeOf(value);
	if (!allowed.some((type) => type === actual))
		return [`${at} is ${actual}, not ${allowed.join(' or ')}`];
	if (Array.isArray(value)) {
		const { items } = schema;
		return items === undefined
			? [`${at} has entries that the schema does not describe`]
			: value.flatMap((entry, index) => differences(items, entry, `${at}.${index}`));
	}
	const { properties } = schema;
	if (typeof value !== 'object' || value === null || properties === undefined) return [];
	return Object.entries(value).flatMap(([key, entry]) => {
		const property = properties[key];
		return property === undefined
			? [`${at}.${key} is not in the schema`]
			: differences(property, entry, `${at}.${key}`);
	});
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

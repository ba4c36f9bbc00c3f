/**
 * The output schemas of the nodes, by which the editor shows a node's fields before it has run: every operation has
 * one, none is left over, n8n finds it in the build, and what the operation really gives has that shape. They
 * describe what comes out when nothing is set: Simplify on, companions as ids.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { nodeOperations } from '../contract/support/builtNode.mts';
import { useVendor } from '../rig/useVendor.mts';
import { repositoryRoot } from '../support/paths.mts';
import { catalogEntry, VENDORS } from '../vendors/index.mts';

const TYPES = ['array', 'boolean', 'null', 'number', 'object', 'string'] as const;
type TypeName = (typeof TYPES)[number];

/** The part of JSON Schema that n8n's own files use and the editor shows. */
interface OutputSchema {
	type: TypeName | TypeName[];
	properties?: Record<string, OutputSchema> | undefined;
	items?: OutputSchema | undefined;
	version?: 1 | undefined;
}

const typeName = z.enum(TYPES);
const outputSchema: z.ZodType<OutputSchema> = z.lazy(() =>
	z
		.object({
			type: z.union([typeName, z.array(typeName).nonempty()]),
			properties: z.record(outputSchema).optional(),
			items: outputSchema.optional(),
			version: z.literal(1).optional(),
		})
		.strict(),
);

const LOST_RESPONSE = { kind: 'resetAfterEffect' } as const;
/** Enough guests that the lists show every field. */
const GUESTS = 60;

describe.each(VENDORS)('$key', (vendor) => {
	const rig = useVendor(vendor, { guests: GUESTS });
	const { folder } = catalogEntry(vendor);
	const operations = nodeOperations(vendor.key);

	/** As n8n loads it, from the build. */
	const schemaOf = (resource: string, operation: string): OutputSchema => {
		const nodeDir = join(repositoryRoot(), 'dist', 'nodes', folder);
		const { loadOutputSchema } = rig.engine.modules.core;
		return outputSchema.parse(loadOutputSchema({ nodeDir, version: 1, resource, operation }));
	};

	test.each(['nodes', 'dist/nodes'])('has one file per operation and no other in %s', (root) => {
		const schemas = join(repositoryRoot(), root, folder, '__schema__');
		const files = readdirSync(schemas, { recursive: true }).map(String);

		expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
			operations.map((name) => join('v1.0.0', `${name.replace(': ', '/')}.json`)).sort(),
		);
	});

	test('has a sample for every operation', () => {
		expect(Object.keys(vendor.samples(rig.server)).sort()).toEqual(operations.sort());
	});

	test.each(operations)('%s gives what its schema says', async (name) => {
		const [resource = '', operation = ''] = name.split(': ');
		const schema = schemaOf(resource, operation);
		const seen = new Set<string>();
		for (const { parameters, items, lost } of vendor.samples(rig.server)[name]?.() ?? []) {
			if (lost !== undefined) rig.fault({ when: { path: lost }, do: LOST_RESPONSE });
			const result = await rig.run(name, parameters, items === undefined ? {} : { items });
			expect(result.error).toBeUndefined();
			expect(result.items.length).toBeGreaterThan(0);
			for (const { json } of result.items) {
				expect(differences(schema, json, 'item')).toEqual([]);
				for (const key of Object.keys(json)) seen.add(key);
			}
		}

		expect([...seen].sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
	});
});

test('the check itself finds what does not fit', () => {
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

/** How a value differs from its schema, in words; empty where it does not. */
function differences(schema: OutputSchema, value: unknown, at: string): string[] {
	const allowed = [schema.type].flat();
	const actual = typeOf(value);
	if (!allowed.includes(actual)) return [`${at} is ${actual}, not ${allowed.join(' or ')}`];
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

function typeOf(value: unknown): TypeName {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	const name = typeof value;
	const known = TYPES.find((type) => type === name);
	if (known === undefined) throw new TypeError(`${name} is not a type of JSON`);
	return known;
}

/** Output schemas, made from what an operation really returned. Pure. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

const TYPES = ['array', 'boolean', 'null', 'number', 'object', 'string'] as const;
type TypeName = (typeof TYPES)[number];

/** The part of JSON Schema that n8n's own files use and the editor shows. */
export interface OutputSchema {
	type: TypeName | TypeName[];
	properties?: Record<string, OutputSchema> | undefined;
	items?: OutputSchema | undefined;
	version?: 1 | undefined;
}

const typeName = z.enum(TYPES);
export const outputSchema: z.ZodType<OutputSchema> = z.lazy(() =>
	z
		.object({
			type: z.union([typeName, z.array(typeName).nonempty()]),
			properties: z.record(outputSchema).optional(),
			items: outputSchema.optional(),
			version: z.literal(1).optional(),
		})
		.strict(),
);

/**
 * The schema of an operation: its fields are those that were seen. A type that an older schema names is kept, because a
 * run shows a field with one value, and it may have another.
 *
 * @param items what the operation returned
 * @param known the schema so far, if there is one
 */
export function toOutputSchema(
	items: readonly IDataObject[],
	known: OutputSchema | undefined,
): OutputSchema {
	const properties: Record<string, OutputSchema> = {};
	for (const key of new Set(items.flatMap((item) => Object.keys(item)))) {
		const values = items.filter((item) => key in item).map((item) => item[key]);
		const [first, ...others] = values.map(toSchema);
		const seen = others.reduce<OutputSchema>(merge, first ?? { type: 'null' });
		const before = known?.properties?.[key];
		properties[key] = before === undefined ? seen : merge(before, seen);
	}
	return { type: 'object', properties: inOrder(properties, known), version: 1 };
}

/** Fields stay where they were; new ones come last. */
function inOrder(
	properties: Record<string, OutputSchema>,
	known: OutputSchema | undefined,
): Record<string, OutputSchema> {
	const before = Object.keys(known?.properties ?? {}).filter((key) => key in properties);
	const added = Object.keys(properties).filter((key) => !before.includes(key));
	return Object.fromEntries(
		[...before, ...added].flatMap((key) => {
			const property = properties[key];
			return property === undefined ? [] : [[key, property]];
		}),
	);
}

function toSchema(value: unknown): OutputSchema {
	if (value === null || value === undefined) return { type: 'null' };
	if (Array.isArray(value)) {
		const [first, ...others] = value.map(toSchema);
		return first === undefined
			? { type: 'array' }
			: { type: 'array', items: others.reduce<OutputSchema>(merge, first) };
	}
	if (typeof value === 'object') {
		const properties = Object.entries(value).map(([key, entry]) => [key, toSchema(entry)]);
		return properties.length === 0
			? { type: 'object' }
			: { type: 'object', properties: Object.fromEntries(properties) };
	}
	return { type: typeName.parse(typeof value) };
}

/** A schema that both fit. An object without listed properties is free and stays so. */
function merge(known: OutputSchema, seen: OutputSchema): OutputSchema {
	const types = [...new Set([known.type, seen.type].flat())];
	const [only] = types;
	const properties = mergeProperties(known, seen);
	const items =
		known.items === undefined || seen.items === undefined
			? (known.items ?? seen.items)
			: merge(known.items, seen.items);
	return {
		type: types.length === 1 && only !== undefined ? only : types,
		...(properties === undefined ? {} : { properties }),
		...(items === undefined ? {} : { items }),
	};
}

function mergeProperties(
	known: OutputSchema,
	seen: OutputSchema,
): Record<string, OutputSchema> | undefined {
	const isFree = (schema: OutputSchema) =>
		[schema.type].flat().includes('object') && schema.properties === undefined;
	if (isFree(known)) return undefined;
	if (known.properties === undefined) return seen.properties;
	const merged = { ...known.properties };
	for (const [key, property] of Object.entries(seen.properties ?? {})) {
		const before = merged[key];
		merged[key] = before === undefined ? property : merge(before, property);
	}
	return merged;
}

/** The schema as a file, in the repository's format: tabs, and a list of types on one line. */
export function schemaText(schema: OutputSchema): string {
	const text = JSON.stringify(schema, null, '\t');
	const compact = text.replace(
		/\[\s+("[^[\]{}]*")\s+\]/g,
		(_, types: string) => `[${types.replace(/\s+/g, ' ')}]`,
	);
	return `${compact}\n`;
}

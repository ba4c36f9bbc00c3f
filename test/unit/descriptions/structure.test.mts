/** How the nodes are built: required parts, pickers, selectors, accompanying files. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { repositoryRoot } from '../../support/paths.mts';
import {
	allPlaces,
	choicesOf,
	CREDENTIALS,
	entriesOf,
	NODES,
	nodePlaces,
	operations,
} from './shipped.mts';

const ROOT = repositoryRoot();
const readJson = (...path: string[]): unknown =>
	JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));
const { n8n } = readJson('package.json') as { n8n: { nodes: string[]; credentials: string[] } };

/** Categories of n8n's codex, spelled as n8n does (docs.n8n.io, "codex-files"). */
const CATEGORIES = [
	'Data & Storage',
	'Finance & Accounting',
	'Marketing & Content',
	'Productivity',
	'Miscellaneous',
	'Sales',
	'Development',
	'Analytics',
	'Communication',
	'Utility',
];

/** The order of fields after the required ones (docs.n8n.io, "ux-guidelines"). */
const LAST_FIELDS = ['returnAll', 'limit', 'simplify', 'additionalFields', 'filters', 'options'];

test('covers everything that the package ships', () => {
	const classesOf = (files: string[], ending: string) =>
		files.map((file) => basename(file, ending)).sort();
	expect(classesOf(n8n.nodes, '.node.js')).toEqual(Object.keys(NODES).sort());
	expect(classesOf(n8n.credentials, '.credentials.js')).toEqual(Object.keys(CREDENTIALS).sort());
});

const isOfTrigger = (path: string): boolean => /^\w+Trigger /.test(path);

describe.each(Object.entries(NODES))('the node %s', (className, node) => {
	const { description } = node;
	const folder = join(ROOT, 'nodes', className.replace(/(Instant)?Trigger$/, ''));
	const isTrigger = description.group.includes('trigger');

	test('is named after its class and has a version', () => {
		expect(description.name).toBe(className[0]?.toLowerCase() + className.slice(1));
		expect(description.version).toBe(1);
	});

	test('shows its operation in the subtitle', () => {
		const told = isTrigger ? 'triggerOn' : 'operation';
		expect(description.subtitle).toMatch(/^=\{\{.*\}\}$/);
		expect(description.subtitle).toContain(`$parameter["${told}"]`);
	});

	test('can be used by AI tools if it is an action node, and only then', () => {
		expect(description.usableAsTool === true).toBe(!isTrigger);
	});

	test('has one credential, from this package, and requires it', () => {
		expect(description.credentials).toHaveLength(1);
		const [credential] = description.credentials ?? [];
		expect(Object.values(CREDENTIALS).map(({ name }) => name)).toContain(credential?.name);
		expect(credential?.required).toBe(true);
	});

	test('has two different icon files', () => {
		const { icon } = description;
		if (typeof icon !== 'object') throw new TypeError('A light and a dark icon are needed');
		expect(icon.light).not.toBe(icon.dark);
		for (const file of [icon.light, icon.dark]) {
			expect(file).toMatch(/^file:.*\.svg$/);
			expect(existsSync(join(folder, file.slice('file:'.length)))).toBe(true);
		}
		expect(description.defaults.color).toBeUndefined();
	});

	test('can be found with n8n’s search', () => {
		const codex = readJson('nodes', basename(folder), `${className}.node.json`);
		expect(codex).toMatchObject({
			node: `n8n-nodes-guestlist.${description.name}`,
			codexVersion: '1.0',
			categories: expect.arrayContaining([expect.any(String)]),
		});
		const { categories } = codex as { categories: string[] };
		expect(categories.filter((category) => !CATEGORIES.includes(category))).toEqual([]);
	});
});

describe('selectors', () => {
	const selectors = nodePlaces.filter(({ property }) =>
		['resource', 'operation'].includes(property.name),
	);

	test.each(selectors)(
		'$path takes no expression and has its default among its choices',
		({ property }) => {
			expect(property.noDataExpression).toBe(true);
			expect(choicesOf(property).map(({ value }) => value)).toContain(property.default);
		},
	);

	test('every resource has its operations', () => {
		for (const [name, { description }] of Object.entries(NODES)) {
			const resource = description.properties.find((property) => property.name === 'resource');
			for (const { value } of resource === undefined ? [] : choicesOf(resource)) {
				expect(
					operations.filter((each) => each.node === name && each.resource === value),
				).not.toEqual([]);
			}
		}
	});

	test('every field belongs to an operation', () => {
		const shown = new Set(operations.flatMap(({ fields }) => fields));
		const lost = nodePlaces.filter(
			({ property, depth }) =>
				depth === 0 && !['resource', 'operation'].includes(property.name) && !shown.has(property),
		);
		expect(lost.map(({ path }) => path).filter((path) => !isOfTrigger(path))).toEqual([]);
	});
});

describe('triggers', () => {
	const isOfTriggers = nodePlaces.filter(({ path, depth }) => depth === 0 && isOfTrigger(path));

	test('ask what to trigger on first, or right after the event', () => {
		const firsts = new Map<string, string[]>();
		for (const { path, property } of isOfTriggers) {
			const node = path.split(' ', 1)[0] ?? '';
			firsts.set(node, [...(firsts.get(node) ?? []), property.name]);
		}
		for (const [node, names] of firsts) {
			const before = node === 'EventtiaInstantTrigger' ? ['scope', 'eventUri'] : [];
			expect([node, names.slice(0, before.length + 1)]).toEqual([node, [...before, 'triggerOn']]);
		}
		expect(firsts.size).toBe(Object.keys(NODES).filter((name) => name.endsWith('Trigger')).length);
	});
});

/** Lists that are not called Get Many. */
const OTHER_LISTS = ['getAttendees', 'getCheckIns', 'getSpeakers'];
/** Reads that do not return a record of the vendor. */
const NO_RECORDS = ['event.getCloneProgress', 'eventParameter.get', 'message.getStats'];
/** Writes other than Create and Update that return the vendor's record. */
const RECORD_WRITES = ['cancel', 'clone', 'replaceAll', 'setCategories', 'upload'];

describe.each(operations)('$path', ({ choice, resource, fields }) => {
	const names = fields.map(({ name }) => name);

	test('has each field once', () => {
		expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
	});

	test('has its required fields first, then the rest in n8n’s order', () => {
		const required = fields.map((field) => field.required === true);
		const lastRequired = required.lastIndexOf(true);
		const firstOptional = fields.findIndex(({ name }) => LAST_FIELDS.includes(name));
		expect(lastRequired).toBeLessThan(firstOptional);
		const order = names.filter((name) => LAST_FIELDS.includes(name));
		expect(order).toEqual(LAST_FIELDS.filter((name) => names.includes(name)));
		expect(names.at(-1)).toBe('options');
	});

	test('is Get Many exactly if it has Return All and Limit', () => {
		const value = String(choice.value);
		const isMany = value.startsWith('getAll') || OTHER_LISTS.includes(value);
		expect(names.includes('returnAll')).toBe(isMany);
		expect(names.includes('limit')).toBe(isMany);
	});

	test('can be simplified if it reads records', () => {
		const value = String(choice.value);
		const isRecord = value !== 'getCount' && !NO_RECORDS.includes(`${resource}.${value}`);
		const reads = value.startsWith('get') && isRecord;
		// Some writes return the vendor's record.
		const writes = /^(create|update|upsert)/.test(value) || RECORD_WRITES.includes(value);
		const mayBeSimplified = reads || writes;
		if (reads) expect(names).toContain('simplify');
		if (!mayBeSimplified) expect(names).not.toContain('simplify');
	});
});

/** The only picker with an initial value: InEvent documents a single dataset. */
const KNOWN_DATASET = 'InEvent analytics.getAll dataset';
const KNOWN_WATCHED_DATASET = 'InEventTrigger  dataset';
/** n8n's nodes write files to `data` by default. */
const KNOWN_FILE_FIELD = 'Eventtia eventFile.upload binaryPropertyName';

describe('values', () => {
	const isEmpty = (value: unknown) =>
		value === '' ||
		(Array.isArray(value) && value.length === 0) ||
		(typeof value === 'object' && value !== null && 'value' in value && value.value === '');

	test('required fields are at the top level and empty at first; collections hold optional ones', () => {
		const required = nodePlaces.filter(({ property }) => property.required === true);
		expect(required.length).toBeGreaterThan(0);
		expect(required.filter(({ depth }) => depth > 0).map(({ path }) => path)).toEqual([]);
		expect(
			required
				.filter(({ property }) => !isEmpty(property.default))
				.map(({ path }) => path)
				.sort(),
		).toEqual([KNOWN_FILE_FIELD, KNOWN_DATASET, KNOWN_WATCHED_DATASET].sort());
	});

	test('names are in camelCase, and unique within a collection', () => {
		expect(allPlaces.filter(({ property }) => !/^[a-z][A-Za-z0-9]*$/.test(property.name))).toEqual(
			[],
		);
		for (const { path, property } of allPlaces) {
			const names = entriesOf(property).map(({ name }) => name);
			expect([path, new Set(names).size]).toEqual([path, names.length]);
		}
	});

	const TYPES: Record<string, (property: INodeProperties) => boolean> = {
		boolean: ({ default: value }) => typeof value === 'boolean',
		number: ({ default: value, typeOptions = {} }) => {
			const { minValue = -Infinity, maxValue = Infinity } = typeOptions;
			return typeof value === 'number' && value >= minValue && value <= maxValue;
		},
		string: ({ default: value, typeOptions = {} }) =>
			typeOptions.multipleValues === true ? Array.isArray(value) : typeof value === 'string',
		options: (property) =>
			property.typeOptions?.loadOptionsMethod === undefined
				? choicesOf(property).some(({ value }) => value === property.default)
				: property.default === '',
		collection: ({ default: value }) => JSON.stringify(value) === '{}',
		fixedCollection: ({ default: value }) => JSON.stringify(value) === '{}',
		dateTime: ({ default: value }) => value === '',
	};
	test.each(Object.entries(TYPES))('the default of every %s is valid', (type, fits) => {
		const places = allPlaces.filter(({ property }) => property.type === type);
		expect(places.length).toBeGreaterThan(0);
		expect(places.filter(({ property }) => !fits(property)).map(({ path }) => path)).toEqual([]);
	});

	test('the values of choices are unique', () => {
		for (const { path, property } of nodePlaces) {
			const values = choicesOf(property).map(({ value }) => value);
			expect([path, new Set(values).size]).toEqual([path, values.length]);
		}
	});
});

describe('pickers', () => {
	const pickers = nodePlaces.filter(({ property }) => property.type === 'resourceLocator');

	test('exist', () => {
		expect(pickers.length).toBeGreaterThan(0);
	});

	test.each(pickers)('$path: From List first, searchable, from a method of the node', (place) => {
		const { property, path } = place;
		const [node = ''] = path.split(' ');
		const [first, ...others] = property.modes ?? [];
		expect(first).toMatchObject({
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchable: true, searchListMethod: expect.any(String) },
		});
		const method = first?.typeOptions?.searchListMethod ?? '';
		expect(NODES[node]?.methods?.listSearch).toHaveProperty(method, expect.any(Function));
		expect(others.length).toBeGreaterThan(0);
		for (const mode of others) expect(mode.displayName).toMatch(/^By /);
		const modes = (property.modes ?? []).map(({ name }) => name);
		expect(new Set(modes).size).toBe(modes.length);
		const value = path === KNOWN_DATASET ? 'checkins' : '';
		expect(property.default).toEqual({ mode: expect.any(String), value });
		expect(modes).toContain((property.default as { mode: string }).mode);
	});

	test('every loaded list comes from a method of the node', () => {
		const loaded = (method: 'loadOptionsMethod' | 'resourceMapperMethod') =>
			nodePlaces.flatMap(({ path, property: { typeOptions = {} } }) => {
				const name =
					method === 'loadOptionsMethod'
						? typeOptions.loadOptionsMethod
						: typeOptions.resourceMapper?.resourceMapperMethod;
				return name === undefined ? [] : [{ node: path.split(' ')[0] ?? '', name }];
			});
		const lists = loaded('loadOptionsMethod');
		const mappers = loaded('resourceMapperMethod');
		expect(lists.length).toBeGreaterThan(0);
		expect(mappers.length).toBeGreaterThan(0);
		for (const [node, { methods }] of Object.entries(NODES)) {
			const names = (of: typeof lists) =>
				[...new Set(of.filter((each) => each.node === node).map(({ name }) => name))].sort();
			expect(names(lists)).toEqual(Object.keys(methods?.loadOptions ?? {}).sort());
			expect(names(mappers)).toEqual(Object.keys(methods?.resourceMapping ?? {}).sort());
		}
	});

	test('every method of a node is used by a picker', () => {
		for (const [name, node] of Object.entries(NODES)) {
			const used = pickers
				.filter(({ path }) => path.startsWith(`${name} `))
				.map(({ property }) => property.modes?.[0]?.typeOptions?.searchListMethod);
			expect(Object.keys(node.methods?.listSearch ?? {}).sort()).toEqual([...new Set(used)].sort());
		}
	});
});

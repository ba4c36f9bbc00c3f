/** The texts in the editor follow n8n's UX guidelines, in every node and credential. */
import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import {
	allPlaces,
	choicesOf,
	entriesOf,
	groupsOf,
	NODES,
	nodePlaces,
	operations,
	type Place,
} from './shipped.mts';
import {
	endsAsItShould,
	isAlphabetical,
	isSentenceCase,
	isTitleCase,
	sentenceCount,
} from './words.mts';

/** Lists with at least this many entries are alphabetical. */
const LONG_LIST = 5;
const MAX_HINT_LENGTH = 120;

const paths = (places: readonly Place[]): string[] => places.map(({ path }) => path);
/** The places that break a rule; there should be none. */
function expectNone(places: readonly Place[]): void {
	expect(paths(places)).toEqual([]);
}
const of = (...types: string[]) =>
	allPlaces.filter(({ property }) => types.includes(property.type));
const named = (...names: string[]) =>
	nodePlaces.filter(({ property }) => names.includes(property.name));

/** Names that keep their capitals in a sentence: vendors, n8n's own, and the fields of the node itself. */
const LABELS = allPlaces.flatMap(({ property }) => [
	property.displayName,
	...choicesOf(property).map(({ name }) => name),
]);
const NAMES = [
	...LABELS.map((label) => `"${label}"`),
	'"Check-in"',
	'"Name"',
	...Object.values(NODES).map(({ description }) => description.displayName),
];

test('there is something to check', () => {
	expect(nodePlaces.length).toBeGreaterThan(100);
	expect(operations.length).toBeGreaterThan(10);
});

describe('labels', () => {
	test('of fields are in title case; notices are sentences', () => {
		const isNotice = ({ property }: Place) => property.type === 'notice';
		expectNone(allPlaces.filter((at) => !isNotice(at) && !isTitleCase(at.property.displayName)));
		expectNone(
			allPlaces.filter((at) => isNotice(at) && !/^[A-Z].*\.$/.test(at.property.displayName)),
		);
	});

	test('of choices, groups and modes are in title case', () => {
		const labels = allPlaces.flatMap(({ path, property }) => [
			...choicesOf(property).map(({ name }) => ({ path, label: name })),
			...groupsOf(property).map(({ displayName }) => ({ path, label: displayName })),
			...(property.modes ?? []).map(({ displayName }) => ({ path, label: displayName })),
		]);
		expect(labels.filter(({ label }) => !isTitleCase(label))).toEqual([]);
	});

	test('contain no emoji or asterisk', () => {
		expect(LABELS.filter((label) => /\*|\p{Extended_Pictographic}/u.test(label))).toEqual([]);
	});

	test('a parameter has the same label everywhere in a node', () => {
		const seen = new Map<string, Set<string>>();
		for (const { path, property } of nodePlaces) {
			const [node] = path.split(' ');
			const { name, displayName } = property;
			// A collection may be named after the content of its rows.
			if (path.endsWith(`.${name}.${name}`)) continue;
			// n8n's lint requires this wording for loaded lists.
			const label = displayName.replace(/ Name or ID$/, '');
			const key = `${node} ${name}`;
			seen.set(key, (seen.get(key) ?? new Set()).add(label));
		}
		expect([...seen].filter(([, labels]) => labels.size > 1)).toEqual([]);
	});
});

describe('descriptions', () => {
	const described = allPlaces.filter(({ property }) => property.description !== undefined);
	const wordsOf = ({ property }: Place): string => property.description ?? '';

	test('every field has one, except selectors, collections and notices', () => {
		const needNone = ['notice', 'collection', 'hidden'];
		// n8n's own rule: "Trigger On" has no tooltip.
		const isSelector = ({ name }: INodeProperties) =>
			['resource', 'operation', 'triggerOn'].includes(name);
		expectNone(
			allPlaces.filter(
				({ property }) =>
					property.description === undefined &&
					!needNone.includes(property.type) &&
					!isSelector(property),
			),
		);
	});

	test('start with a capital and end like one sentence or like several', () => {
		expectNone(described.filter((at) => !/^[A-Z]/.test(wordsOf(at))));
		expectNone(described.filter((at) => !endsAsItShould(wordsOf(at))));
	});

	test('say more than the label', () => {
		expectNone(
			described.filter((at) => wordsOf(at).toLowerCase() === at.property.displayName.toLowerCase()),
		);
	});

	test('of switches start with "Whether"', () => {
		expectNone(of('boolean').filter((at) => !wordsOf(at).startsWith('Whether ')));
	});

	test('of choices are sentences too', () => {
		const words = nodePlaces.flatMap(({ property }) =>
			property.name === 'operation'
				? []
				: choicesOf(property).flatMap(({ description }) => description ?? []),
		);
		expect(words.length).toBeGreaterThan(0);
		expect(words.filter((text) => !/^[A-Z]/.test(text) || !endsAsItShould(text))).toEqual([]);
	});

	test('avoid "error", "problem", "failure" and "mistake"', () => {
		const bad = /\b(errors?|problems?|failures?|failed|mistakes?)\b/i;
		const isOutput = (text: string) => text.includes('error output');
		expectNone(described.filter((at) => bad.test(wordsOf(at)) && !isOutput(wordsOf(at))));
	});
});

test('hints are short', () => {
	expectNone(allPlaces.filter(({ property }) => (property.hint ?? '').length > MAX_HINT_LENGTH));
});

describe('placeholders', () => {
	test('of values start with "e.g. ", of collections with "Add "', () => {
		for (const { path, property } of allPlaces) {
			if (property.placeholder === undefined) continue;
			const isCollection = ['collection', 'fixedCollection'].includes(property.type);
			const rule = isCollection ? /^Add [a-z]+/ : /^e\.g\. \S/;
			expect(`${path}: ${property.placeholder}`).toMatch(new RegExp(`: ${rule.source.slice(1)}`));
		}
	});

	test('every collection has one', () => {
		expectNone(
			of('collection', 'fixedCollection').filter(
				({ property }) => property.placeholder === undefined,
			),
		);
	});

	test('of resource locator modes start with "e.g. "', () => {
		const modes = of('resourceLocator').flatMap(({ path, property }) =>
			(property.modes ?? []).map((mode) => ({ path, mode })),
		);
		for (const { path, mode } of modes.filter((each) => each.mode.type === 'string')) {
			expect(`${path} ${mode.placeholder}`).toMatch(/ e\.g\. \S/);
		}
		expect(modes.length).toBeGreaterThan(0);
	});

	test('name no real people', () => {
		const mails = allPlaces.flatMap(({ property }) => [
			property.placeholder ?? '',
			...(property.modes ?? []).map(({ placeholder = '' }) => placeholder),
		]);
		for (const text of mails.filter((each) => each.includes('@'))) {
			expect(text).toMatch(/@example\.(com|org)$/);
		}
	});
});

describe('lists of five or more are alphabetical', () => {
	test('choices', () => {
		const long = allPlaces.filter(({ property }) => choicesOf(property).length >= LONG_LIST);
		expectNone(
			long.filter(({ property }) => !isAlphabetical(choicesOf(property).map(({ name }) => name))),
		);
		expect(long.length).toBeGreaterThan(0);
	});

	test('the fields of collections, however few', () => {
		const collections = of('collection');
		expectNone(
			collections.filter(
				({ property }) =>
					!isAlphabetical(entriesOf(property).map(({ displayName }) => displayName)),
			),
		);
		expect(collections.length).toBeGreaterThan(0);
	});
});

describe('n8n’s fixed wording', () => {
	const CONSTANTS: Record<string, Partial<INodeProperties>> = {
		returnAll: {
			displayName: 'Return All',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		limit: {
			displayName: 'Limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
		},
		simplify: {
			displayName: 'Simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		additionalFields: { displayName: 'Additional Fields', type: 'collection', default: {} },
		filters: { displayName: 'Filters', type: 'collection', default: {} },
		options: { displayName: 'Options', type: 'collection', default: {} },
	};

	test.each(Object.entries(CONSTANTS))('%s', (name, constant) => {
		const places = named(name);
		expect(places.length).toBeGreaterThan(0);
		for (const { property } of places) expect(property).toMatchObject(constant);
	});

	test('Limit is shown only without Return All', () => {
		for (const { property } of named('limit')) {
			expect(property.displayOptions?.show?.returnAll).toEqual([false]);
		}
	});

	test.each([
		['getAll', 'Get Many', /^Retrieve a list of /],
		['get', 'Get', /^Retrieve /],
		[
			'upsert',
			'Create or Update',
			/^Create a new record, or update the current one if it already exists \(upsert\)$/,
		],
	])('the operation %s', (value, name, description) => {
		const found = operations.filter(({ choice }) => choice.value === value);
		expect(found.length).toBeGreaterThan(0);
		for (const { choice } of found) {
			expect(choice.name).toBe(name);
			expect(choice.description).toMatch(description);
		}
	});
});

/** The words of an action in the singular. */
const singulars = (text: string): string[] =>
	text
		.toLowerCase()
		.split(' ')
		.map((word) => word.replace(/ies$/, 'y').replace(/s$/, ''));

describe('operations', () => {
	test.each(operations)('$path', ({ choice, resource, resourceName, fields }) => {
		const { name, action = '', description = '' } = choice;
		// The name omits the resource; the action has it, in sentence case and without articles.
		expect(name.toLowerCase().split(' ')).not.toContain(resource);
		expect(singulars(action)).toEqual(expect.arrayContaining(singulars(resourceName)));
		expect(isSentenceCase(action, NAMES)).toBe(true);
		expect(action).not.toMatch(/(^| )(a|an|the)( |$)/i);
		expect(action).not.toMatch(/[.!]$/);
		// The description is what an AI agent chooses by: a sentence that starts with a verb, unlike name and action.
		expect(description.split(' ').length).toBeGreaterThanOrEqual(5);
		expect(isSentenceCase(description, NAMES) || sentenceCount(description) > 1).toBe(true);
		expect(endsAsItShould(description)).toBe(true);
		expect([name, action]).not.toContain(description);
		// Each of its required fields is explained too, so that the agent can fill it.
		for (const field of fields.filter(({ required }) => required === true)) {
			expect(field.description).toEqual(expect.stringMatching(/\w+ \w+ \w+/));
		}
	});

	test('no two of a node have the same description, except n8n’s fixed wording', () => {
		const free = operations.filter(({ choice }) => choice.value !== 'upsert');
		for (const key of ['action', 'description'] as const) {
			const words = free.map(({ node, choice }) => `${node}: ${choice[key]}`);
			expect(words.filter((text, at) => words.indexOf(text) !== at)).toEqual([]);
		}
	});
});

test.each(Object.entries(NODES))('the node %s describes itself', (_, { description }) => {
	expect(isTitleCase(description.displayName)).toBe(true);
	expect(description.defaults.name).toBe(description.displayName);
	expect(description.description.split(' ').length).toBeGreaterThanOrEqual(5);
	expect(isSentenceCase(description.description, NAMES)).toBe(true);
	expect(description.description).not.toMatch(/\.$/);
});

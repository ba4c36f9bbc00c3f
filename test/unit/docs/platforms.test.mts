/** The page of each platform names everything that its nodes and its credential have, and nothing else. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { repositoryRoot } from '../../support/paths.mts';

import {
	CREDENTIALS,
	NODES,
	choicesOf,
	entriesOf,
	nodePlaces,
	operations,
} from '../descriptions/shipped.mts';
import { CATALOG } from '../../vendors/catalog.mts';
import { pages, readText, tableOf, tablesOf } from './markdown.mts';

/** Fields that a credential inherits from n8n's own type, and that a person fills in. */
const INHERITED: Record<string, string[]> = { oAuth2Api: ['Client ID', 'Client Secret'] };

describe.each(CATALOG)('$name', ({ name, folder, slug, credentials }) => {
	const page = readText(`docs/${slug}.md`);
	const nodes = Object.keys(NODES).filter((node) => node.startsWith(folder));

	test('lists every operation', () => {
		let resource = '';
		const listed = tableOf(page, 'Operations', 'Resource').rows.map(([first = '', operation]) => {
			resource = first || resource;
			return `${resource}: ${operation ?? ''}`;
		});
		const real = operations
			.filter(({ node }) => node === folder)
			.map(({ resourceName, choice }) => `${resourceName}: ${choice.name}`);
		expect(real.length).toBeGreaterThan(0);
		expect(listed.sort()).toEqual(real.sort());
	});

	test('lists every field of the credential', () => {
		const listed = tableOf(page, 'Credential', 'Field').rows.map(([field]) => field);
		const real = credentials.flatMap((className) => {
			const { properties = [], extends: parents = [] } = CREDENTIALS[className] ?? {};
			const own = properties.filter(({ type }) => type !== 'hidden' && type !== 'notice');
			return [
				...own.map(({ displayName }) => displayName),
				...parents.flatMap((parent) => INHERITED[parent] ?? []),
			];
		});
		expect(real.length).toBeGreaterThan(0);
		expect(listed.sort()).toEqual(real.sort());
	});

	test('names the credential', () => {
		for (const className of credentials) {
			expect(page).toContain(`**${CREDENTIALS[className]?.displayName ?? className}**`);
		}
	});

	test.each(
		nodes
			.filter((node) => node.endsWith('Trigger'))
			.map((node) => [node, node.endsWith('InstantTrigger') ? 'Instant trigger' : 'Trigger']),
	)('lists every event of %s', (node, section) => {
		const listed = tableOf(page, section, 'Event').rows.map(([event]) => event);
		const real = (NODES[node]?.description.properties ?? [])
			.filter(({ name: property }) => property === 'triggerOn')
			.flatMap(choicesOf)
			.map(({ name: event }) => event);
		expect(real.length).toBeGreaterThan(0);
		expect(listed.sort()).toEqual([...new Set(real)].sort());
	});

	test('names the settings that a trigger has in addition to the usual ones', () => {
		const usual = readText('docs/triggers.md');
		for (const node of nodes.filter((one) => one.endsWith('Trigger'))) {
			for (const { path, property } of nodePlaces) {
				const isNamed = property.type !== 'notice' && property.type !== 'collection';
				if (!path.startsWith(`${node} `) || !isNamed) continue;
				// The events themselves are listed above, and so are the parts of a label.
				const label = property.displayName;
				if (['Trigger On', 'Label', 'Custom Field'].includes(label)) continue;
				expect([path, page.includes(label) || usual.includes(label)]).toEqual([path, true]);
			}
		}
	});

	test('is covered in the README: name, pages, triggers, assumptions', () => {
		const readme = readText('README.md');
		expect(tableOf(readme, 'n8n-nodes-guestlist', 'Platform').rows.map(([first]) => first)).toEqual(
			expect.arrayContaining([expect.stringContaining(`**${name}**`)]),
		);
		for (const section of ['operations', 'credential', 'trigger']) {
			expect(readme).toContain(`(docs/${slug}.md#${section})`);
		}
		const watched = tableOf(readme, 'Triggers', 'Platform, record').rows.map(([first]) => first);
		expect(watched).toEqual(expect.arrayContaining([expect.stringMatching(`^${name}[:,]`)]));
		const assumed = tableOf(readme, 'What this rests on', 'Platform').rows.map(([first]) => first);
		expect(assumed).toContain(name);
	});
});

test('names only existing options', () => {
	const names = nodePlaces
		.filter(({ property }) => property.name === 'options')
		.flatMap(({ property }) => entriesOf(property))
		.map(({ displayName }) => displayName.replace(/ \((Seconds|Minutes|Percent)\)$/, ''));
	const named = pages().flatMap((page) =>
		[...readText(page).matchAll(/\*Options → ([^*]+)\*/g)].map(([, option]) => [page, option]),
	);
	expect(named.length).toBeGreaterThan(10);
	for (const [page, option] of named)
		expect([page, names.includes(option ?? '') ? option : names]).toEqual([page, option]);
});

/** Messages of n8n itself. */
const OF_N8N = ['Connection tested successfully'];

test('quotes only messages that the nodes, the credentials or the platforms have', () => {
	const root = repositoryRoot();
	const sources = ['nodes', 'credentials', 'sandbox', 'host']
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true }).map((file) =>
				join(root, folder, String(file)),
			),
		)
		.filter((file) => /\.m?[tj]s$/.test(file))
		.map((file) => readFileSync(file, 'utf8').replace(/\\'/g, "'"))
		.join('\n');
	const quoted = pages()
		.filter((page) => page.startsWith('docs/'))
		.flatMap((page) =>
			tablesOf(readText(page))
				.filter(({ head }) => ['n8n says', 'Message', 'What you see'].includes(head[0] ?? ''))
				.flatMap(({ rows }) => rows.map(([first = '']) => first))
				.flatMap((cell) => [...cell.matchAll(/\*([^*]+)\*/g)].map(([, words = '']) => words))
				.filter((words) => !OF_N8N.includes(words))
				// Variable parts are written as …, and the code inserts the name of the platform.
				.flatMap((words) => words.split(/…|: /))
				.map((part) => part.trim().replace(/[.:]$/, ''))
				.filter((part) => /\w/.test(part))
				.map((part) => [page, part] as const),
		);
	expect(quoted.length).toBeGreaterThan(30);
	const bare = (part: string) =>
		CATALOG.reduce((rest, { name }) => rest.replace(`${name} `, ''), part);
	for (const [page, part] of quoted) {
		const isThere = sources.includes(part) || sources.includes(bare(part));
		expect([page, part, isThere]).toEqual([page, part, true]);
	}
});

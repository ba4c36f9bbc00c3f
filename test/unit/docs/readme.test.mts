/**
 * The README's statements about versions, examples and commands are true; each package's own README contains what its
 * users need.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { repositoryRoot } from '../../support/paths.mts';
import { readText, sectionOf, tableOf, tablesOf } from './markdown.mts';
import { CATALOG } from '../../vendors/catalog.mts';

const manifestSchema = z.object({
	version: z.string(),
	engines: z.object({ node: z.string() }).optional(),
	scripts: z.record(z.string()).optional(),
	dependencies: z.record(z.string()).optional(),
});
const manifest = (file: string) => manifestSchema.parse(JSON.parse(readText(file)));
const readme = readText('README.md');

test('names the n8n versions of the end-to-end tests, and the oldest Node of the checks', () => {
	const compatibility = sectionOf(readme, 'Compatibility');
	expect(compatibility).toContain(`n8n ${manifest('host/package.json').dependencies?.n8n ?? '?'} `);
	// The oldest n8n, if the tests run in one.
	const oldest = 'host/oldest/package.json';
	if (existsSync(join(repositoryRoot(), oldest))) {
		expect(compatibility).toContain(`n8n ${manifest(oldest).dependencies?.n8n ?? '?'} `);
	}
	expect(readme).toContain(manifest('package.json').engines?.node.replace('>=', '') ?? '?');
});

test('has the log-in that `npm start` prints', () => {
	const program = readText('host/n8n.mjs');
	const email = /email: '([^']+)'/.exec(program)?.[1];
	const password = /password: '([^']+)'/.exec(program)?.[1];
	expect(sectionOf(readme, 'Try it without an account')).toContain(
		`${email ?? '?'}   password  ${password ?? '?'}`,
	);
});

test('names only existing commands', () => {
	const { scripts = {} } = manifest('package.json');
	const texts = ['README.md', 'CONTRIBUTING.md', 'docs/troubleshooting.md']
		.map(readText)
		.join('\n');
	const named = [...texts.matchAll(/npm (start|test|run [\w:]+)/g)];
	expect(named.length).toBeGreaterThan(5);
	for (const [, command = ''] of named)
		expect(Object.keys(scripts)).toContain(command.replace('run ', ''));
});

test('the changelog covers the version', () => {
	const { version } = manifest('package.json');
	expect(readText('CHANGELOG.md')).toMatch(
		new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, 'm'),
	);
});

test('lists every example, and only existing ones', () => {
	const files = readdirSync(join(repositoryRoot(), 'examples')).filter((name) =>
		name.endsWith('.json'),
	);
	const text = readText('examples/README.md');
	const listed = tablesOf(text).flatMap(({ rows }) =>
		rows.map(([first = '']) => /\(([^)]+\.json)\)/.exec(first)?.[1]),
	);
	expect(listed.sort()).toEqual(files.sort());
});

test('the example that the README changes is as described', () => {
	const steps = sectionOf(readme, 'Try it without an account');
	const example = readText('examples/invitario-checked-in-to-event-vault.json');
	for (const node of ['Get Checked-In Guests', 'Give Each an Entry Ticket']) {
		expect(steps).toContain(`**${node}**`);
		expect(example).toContain(`"name": "${node}"`);
	}
	expect(example).toContain('"checkInStatus": "checkedIn"');
	expect(example).toContain('"value": "ENTRY"');
});

describe.each(CATALOG)('the README of the package of $name', ({ name, slug, splitReadme }) => {
	const text = splitReadme();
	const page = readText(`docs/${slug}.md`);

	test('contains operations, credential and trigger as on the platform’s page', () => {
		expect(text).toContain(`# n8n-nodes-guestlist-${slug}\n`);
		for (const [section, head] of [
			['Operations', 'Resource'],
			['Credential', 'Field'],
			['Trigger', 'Event'],
		] as const) {
			expect(tableOf(text, section, head)).toEqual(tableOf(page, section, head));
		}
	});

	test('contains the rows of the README’s table of triggers', () => {
		const own = tableOf(readme, 'Triggers', 'Platform, record').rows.filter(([first = '']) =>
			first.startsWith(name),
		);
		expect(own.length).toBeGreaterThan(0);
		const { rows } = tableOf(text, 'Delays and requests of the trigger', 'Platform, record');
		expect(rows.map(([first]) => first)).toEqual(own.map(([first]) => first));
	});

	test('names its sources and requirements, and says that no account was used', () => {
		expect(text).toContain('No live account was used');
		expect(sectionOf(text, 'Compatibility')).toContain(
			manifest('host/package.json').dependencies?.n8n ?? '?',
		);
		expect(tableOf(text, 'Examples', 'file').rows).not.toEqual([]);
	});

	test('names no other vendor’s page', () => {
		for (const other of CATALOG.filter((one) => one.slug !== slug)) {
			expect(text).not.toContain(`docs/${other.slug}.md`);
		}
	});
});

test('the licence exists', () => {
	expect(existsSync(join(repositoryRoot(), 'LICENSE'))).toBe(true);
});

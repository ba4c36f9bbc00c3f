/** Every link of the pages has a target: files and headings of the repository, pictures, links of the editor. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { repositoryRoot } from '../../support/paths.mts';
import { CREDENTIALS } from '../descriptions/shipped.mts';
import { anchorsOf, linksOf, pages, readText } from './markdown.mts';
import { CATALOG } from '../../vendors/catalog.mts';

const REPOSITORY = 'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist';
const RAW_FILES = 'https://raw.githubusercontent.com/n8n-nodes-guestlist/n8n-nodes-guestlist/main/';
const isWeb = (target: string) => /^[a-z]+:/.test(target);

/** The problem with a path and its anchor, or nothing. */
function checkLink(file: string, anchor: string | undefined): string | undefined {
	if (!existsSync(join(repositoryRoot(), file))) return `${file} is missing`;
	if (anchor === undefined || anchorsOf(readText(file)).includes(anchor)) return undefined;
	return `${file} has no heading #${anchor}`;
}

/** The same for a full URL of this repository; others are not requested. */
function checkUrl(address: string): string | undefined {
	if (address.startsWith(RAW_FILES)) return checkLink(address.slice(RAW_FILES.length), undefined);
	if (address !== REPOSITORY && !new RegExp(`^${REPOSITORY}[/#]`).test(address)) return undefined;
	const [path = '', anchor] = address.slice(REPOSITORY.length).split('#');
	if (path === '') return checkLink('README.md', anchor);
	if (path === '/issues') return undefined;
	const [, kind, file] = /^\/(blob|tree)\/main\/(.+)$/.exec(path) ?? [];
	return kind && file ? checkLink(file, anchor) : `${address} is not a page of the repository`;
}

test.each(pages())('%s: every link has a target', (page) => {
	const links = linksOf(readText(page));
	const complaints = links.map(({ target }) => {
		if (isWeb(target)) return checkUrl(target);
		const [path = '', anchor] = target.split('#');
		return checkLink(path === '' ? page : normalize(join(dirname(page), path)), anchor);
	});
	expect(complaints.filter((problem) => problem !== undefined)).toEqual([]);
});

test.each(pages())('%s: every picture has a description', (page) => {
	for (const { label, target, isImage } of linksOf(readText(page))) {
		if (isImage) expect([target, label]).toEqual([target, expect.stringMatching(/\w+ \w+ \w+/)]);
	}
});

test.each(CATALOG)(
	'the README of $name’s own package has only full links, with targets',
	({ splitReadme }) => {
		const text = splitReadme();
		const own = anchorsOf(text).map((anchor) => `#${anchor}`);
		const links = linksOf(text).map(({ target }) => target);
		// These two are in the package itself.
		const outside = links.filter((target) => !['CHANGELOG.md', 'LICENSE', ...own].includes(target));
		expect(outside.filter((target) => !target.startsWith('https://'))).toEqual([]);
		expect(outside.map(checkUrl).filter((problem) => problem !== undefined)).toEqual([]);
	},
);

describe('the links of the editor', () => {
	test.each(Object.entries(CREDENTIALS))('credential %s', (_, { documentationUrl = '' }) => {
		expect(documentationUrl).toMatch(/#credential$/);
		expect(checkUrl(documentationUrl)).toBeUndefined();
	});

	test.each(CATALOG)('nodes of $name', ({ folder, slug }) => {
		const codexes = readdirSync(join(repositoryRoot(), 'nodes', folder)).filter((file) =>
			file.endsWith('.node.json'),
		);
		expect(codexes).not.toEqual([]);
		for (const codex of codexes) {
			const addresses = [...readText(`nodes/${folder}/${codex}`).matchAll(/"url": "([^"]+)"/g)].map(
				([, url = '']) => url,
			);
			expect(addresses).toHaveLength(2);
			for (const address of addresses) {
				expect(address).toContain(`/docs/${slug}.md`);
				expect(checkUrl(address)).toBeUndefined();
			}
		}
	});
});

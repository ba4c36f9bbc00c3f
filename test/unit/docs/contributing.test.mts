/**
 * The lists of CONTRIBUTING.md are complete: every file that names a platform or an operation is listed, and every
 * listed file exists.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { repositoryRoot } from '../../support/paths.mts';
import { type ShownOperation, operations } from '../descriptions/shipped.mts';
import { readText, sectionOf } from './markdown.mts';
import { CATALOG } from '../../vendors/catalog.mts';

const ROOT = repositoryRoot();
/** The highest number of files, naming all vendors, that adding one may change. */
const MAX_SHARED_FILES = 10;
/** The highest number of places that adding an operation may change by hand. */
const PLACES_OF_AN_OPERATION = 5;
/** Installed, generated, or not part of the project. */
const ELSEWHERE = new Set(['node_modules', 'dist', 'build', 'coverage', '.git', '.n8n']);
/** Derived from the others, or about all of them. */
const NO_SOURCES = [
	'package-lock.json',
	'host/package-lock.json',
	'CONTRIBUTING.md',
	'test/unit/docs/',
];
const TEXT_FILE = /(\.(ts|mts|cts|js|mjs|cjs|json|md|yml|svg)|^\.[\w.]+|\/run|LICENSE)$/;

/** Every file of the repository, by its path from the root. */
function filesOf(folder = ''): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		if (ELSEWHERE.has(entry.name)) return [];
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) return filesOf(path);
		return entry.isFile() ? [path] : [];
	});
}

const FILES = filesOf()
	.filter((file) => TEXT_FILE.test(file))
	.filter(
		(file) =>
			!NO_SOURCES.some((path) => file === path || (path.endsWith('/') && file.startsWith(path))),
	)
	.map((path) => ({ path, text: `${path}\n${readFileSync(join(ROOT, path), 'utf8')}` }));

/** Whether a file is one of the paths, or in one of the folders (which end with a slash). */
const isCovered = (file: string, paths: readonly string[]) =>
	paths.some((path) => file === path || (path.endsWith('/') && file.startsWith(path)));

/** A path that exists: a folder if it ends with a slash, else a file. */
function isThere(path: string): boolean {
	const place = join(ROOT, path);
	return existsSync(place) && statSync(place).isDirectory() === path.endsWith('/');
}

/** The paths at the start of the points of a list; `box`: of a checklist. */
function pathsOf(text: string, bullet: string): string[] {
	return text
		.split('\n')
		.filter((line) => line.startsWith(bullet))
		.flatMap((line) => {
			const head = line.replace(/^- (\[ \] )?/, '').split(':')[0] ?? '';
			return [...head.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
		});
}

const contributing = readText('CONTRIBUTING.md');
const fill = (path: string, names: Record<string, string>) =>
	path.replace(/<(\w+)>/g, (placeholder, name: string) => names[name] ?? placeholder);

describe('add a platform', () => {
	const section = sectionOf(contributing, 'Add a platform');
	const steps = pathsOf(section, '- [ ] ');
	const own = steps.filter((path) => path.includes('<'));
	const shared = steps.filter((path) => !path.includes('<') && !path.endsWith('/'));
	const folders = steps.filter((path) => !path.includes('<') && path.endsWith('/'));
	const asExamples = pathsOf(section, '- `');

	const ownOf = ({ folder, camel, slug }: (typeof CATALOG)[number]) =>
		own.map((path) => fill(path, { Vendor: folder, camel, vendor: slug }));
	/** The name in every form used in code and texts; `withinEvent` is not InEvent. */
	const names = ({ name, folder, camel, slug }: (typeof CATALOG)[number]) => {
		const loud = slug.replace('-', '_').toUpperCase();
		return new RegExp(`\\b(${name}|${folder}|${camel}|${slug}|${loud})`);
	};

	test('the list can be read', () => {
		expect([own.length > 20, shared.length > 5, asExamples.length > 5]).toEqual([true, true, true]);
		expect(folders).toEqual(['credentials/']);
		expect(shared.length).toBeLessThanOrEqual(MAX_SHARED_FILES);
	});

	test.each(CATALOG)('$name has everything on the list', (vendor) => {
		expect([...ownOf(vendor), ...folders].filter((path) => !isThere(path))).toEqual([]);
		for (const className of vendor.credentials) {
			expect(isThere(`credentials/${className}.credentials.ts`)).toBe(true);
		}
		const silent = shared.filter((path) => !names(vendor).test(readText(path)));
		expect(silent).toEqual([]);
	});

	test.each(CATALOG)('every file that names $name is on the list', (vendor) => {
		const folder = [`nodes/${vendor.folder}/`];
		const named = FILES.filter(({ text }) => names(vendor).test(text)).map(({ path }) => path);
		const listed = [...ownOf(vendor), ...folder, ...shared, ...folders, ...asExamples];
		expect(named.filter((path) => !isCovered(path, listed))).toEqual([]);
	});

	test('files that name all platforms are not examples', () => {
		const all = FILES.filter(({ text }) => CATALOG.every((vendor) => names(vendor).test(text)));
		const others = all.map(({ path }) => path).filter((path) => !shared.includes(path));
		// These choose platforms by their features.
		expect(others.filter((path) => !/^test\/(bench|fuzz|e2e\/queue)\//.test(path))).toEqual([]);
	});

	test('the list of examples has no missing file', () => {
		expect(asExamples.filter((path) => !isThere(path))).toEqual([]);
	});
});

describe('add an operation', () => {
	const section = sectionOf(contributing, 'Add an operation');
	const steps = pathsOf(section, '- [ ] ');
	const helpers = pathsOf(section, '- `');

	/** The list for one operation. */
	function listFor({ node, resource, choice }: ShownOperation) {
		const vendor = CATALOG.find(({ folder }) => folder === node);
		if (!vendor) throw new Error(`No vendor ${node}`);
		const operation = String(choice.value);
		const filled = [...steps, ...helpers].map((path) =>
			fill(path, { Vendor: node, vendor: vendor.slug, resource, operation }),
		);
		return { paths: filled, required: filled.slice(0, steps.length), vendor, operation };
	}

	test('the list can be read', () => {
		expect(steps).toHaveLength(PLACES_OF_AN_OPERATION);
		expect(helpers.length).toBeGreaterThan(0);
	});

	test.each(operations.map((operation) => [operation.path, operation] as const))(
		'%s is in every place of the list',
		(_, shown) => {
			const { required, vendor, operation } = listFor(shown);
			expect(required.filter((path) => !isThere(path))).toEqual([]);

			const contract = readText(`test/contract/${vendor.slug}.contract.mts`);
			const index = readText(`nodes/${shown.node}/resources/${shown.resource}/index.ts`);
			expect({
				listed: index.includes(`./${operation}'`),
				contracted: new RegExp(`${shown.resource}\\W[^;]{0,60}?${operation}\\b`).test(contract),
			}).toEqual({ listed: true, contracted: true });
		},
	);

	test('every file that names an operation is on the list: Get Many of collections', () => {
		const shown = operations.find(({ path }) => path === 'Artsvp collection.getAll');
		if (!shown) throw new Error('The operation is gone: take another one');
		const { paths, vendor } = listFor(shown);
		const folder = `nodes/${vendor.folder}/`;
		const pair =
			/collections?\b[^\n]{0,80}\bgetAll\b|'\/collections'|Collection[^\n]{0,40}Get Many/;
		const named = FILES.filter(({ text }) => pair.test(text)).map(({ path }) => path);
		expect(named.length).toBeGreaterThan(5);
		// Other files of the vendor that know the operation are the vendor's own business.
		expect(named.filter((path) => !isCovered(path, [...paths, folder]))).toEqual([]);
	});
});

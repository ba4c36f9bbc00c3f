/** Reads the repository's pages: headings, anchors, links, tables. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../../support/paths.mts';

/** The text of a file, given its path from the root. */
export const readText = (file: string): string =>
	readFileSync(join(repositoryRoot(), file), 'utf8');

/** Every page that people read on GitHub, by its path from the root. */
export function pages(): string[] {
	const inDocs = readdirSync(join(repositoryRoot(), 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`);
	return [
		'README.md',
		'CONTRIBUTING.md',
		'CHANGELOG.md',
		...inDocs,
		'examples/README.md',
		'sandbox/README.md',
		'test/bench/RESULTS.md',
	];
}

/** A page without its code blocks, which are not Markdown. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** The anchors that GitHub derives from headings: lower-case letters, digits and hyphens. */
export function anchorsOf(text: string): string[] {
	return [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
		title
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);
}

export interface Link {
	/** Of a picture: its description. */
	label: string;
	target: string;
	isImage: boolean;
}

export function linksOf(text: string): Link[] {
	const found = prose(text).matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g);
	return [...found].map(([, bang, label = '', target = '']) => ({
		label,
		target,
		isImage: bang === '!',
	}));
}

/**
 * The text below a heading, up to the next one of the same or a higher level.
 * @throws Error if there is no such heading
 */
export function sectionOf(text: string, title: string): string {
	const lines = text.split('\n');
	const start = lines.findIndex((line) => line.replace(/^#+ /, '') === title);
	const level = /^#+/.exec(lines[start] ?? '')?.[0].length;
	if (level === undefined) throw new Error(`No heading "${title}"`);
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => (/^(#+) /.exec(line)?.[1]?.length ?? Infinity) <= level);
	return (end < 0 ? rest : rest.slice(0, end)).join('\n');
}

export interface Table {
	head: string[];
	rows: string[][];
}

const cellsOf = (line: string): string[] =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

/** The tables of a text, in order. */
export function tablesOf(text: string): Table[] {
	const blocks = text.match(/(?:^\|.*\|$\n?)+/gm) ?? [];
	return blocks.map((block) => {
		const [head = '', , ...rows] = block.trim().split('\n');
		return { head: cellsOf(head), rows: rows.map(cellsOf) };
	});
}

/**
 * The first table of a section with this header in its first column.
 * @throws Error if there is none
 */
export function tableOf(text: string, section: string, firstHead: string): Table {
	const found = tablesOf(sectionOf(text, section)).find(({ head }) => head[0] === firstHead);
	if (!found) throw new Error(`No table "${firstHead}" below "${section}"`);
	return found;
}

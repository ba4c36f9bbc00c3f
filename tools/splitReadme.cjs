// The README of a vendor's package: the vendor's page in `docs`, with the rows of the root README's tables that are about it.

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, toCamel, toPackageName, toSlug } = require('./vendors.cjs');

const MAIN_REPOSITORY = 'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist';
const RAW_FILES = 'https://raw.githubusercontent.com/n8n-nodes-guestlist/n8n-nodes-guestlist/main';

const read = (file) => fs.readFileSync(path.join(ROOT, file), 'utf8');

/** A vendor's own page, from the root. */
const readVendorPage = (vendor) => `docs/${toSlug(vendor)}.md`;

/**
 * @param {string} text a page in Markdown
 * @param {string} title a heading of it
 * @returns {string} the text below the heading, up to the next one of the same or a higher level
 * @throws if there is no such heading
 */
function readSection(text, title) {
	const lines = text.split('\n');
	const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === title);
	if (start < 0) throw new Error(`No heading "${title}"`);
	const level = lines[start].indexOf(' ');
	const length = lines.slice(start + 1).findIndex((line) => {
		const depth = /^(#+) /.exec(line)?.[1].length;
		return depth !== undefined && depth <= level;
	});
	const end = length < 0 ? lines.length : start + 1 + length;
	return lines
		.slice(start + 1, end)
		.join('\n')
		.trim();
}

/**
 * Makes links that leave the package's README point to the main repository; for images, to the file.
 * @param {string} text Markdown
 * @param {string} from the file it comes from, relative to the root: its links are relative to that
 * @param {boolean} keepsAnchors whether the README contains the text with all its headings
 * @throws if a link has no target
 */
function withFullLinks(text, from, keepsAnchors) {
	return text.replace(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g, (link, bang, label, target) => {
		if (/^[a-z]+:/.test(target) || (keepsAnchors && target.startsWith('#'))) return link;
		const [file, anchor] = target.split('#');
		const inRoot =
			file === '' ? from : path.posix.normalize(path.posix.join(path.posix.dirname(from), file));
		if (!fs.existsSync(path.join(ROOT, inRoot))) {
			throw new Error(`${from} links to ${target}, which is missing`);
		}
		const isFolder = fs.statSync(path.join(ROOT, inRoot)).isDirectory();
		const base = bang === '!' ? RAW_FILES : `${MAIN_REPOSITORY}/${isFolder ? 'tree' : 'blob'}/main`;
		return `${bang}[${label}](${base}/${inRoot}${anchor === undefined ? '' : `#${anchor}`})`;
	});
}

/**
 * The rows about a vendor from the README's table of triggers, with the table's header.
 * @throws if there are none
 */
function readTriggerRows(vendor) {
	const table = readSection(read('README.md'), 'Triggers')
		.split('\n')
		.filter((line) => line.startsWith('|'));
	const [head, rule, ...rows] = table;
	const own = rows.filter((row) => new RegExp(`^\\| ${vendor.name}[:,]`).test(row));
	if (own.length === 0) throw new Error(`README.md has no row of a trigger for ${vendor.name}`);
	return [head, rule, ...own];
}

/** The entries about a vendor from the list of examples, with the list's header. */
function readExampleRows(vendor) {
	const file = 'examples/README.md';
	const [head, rule, ...rows] = read(file)
		.split('\n')
		.filter((line) => line.startsWith('|'));
	const own = rows.filter((row) => row.includes(vendor.name));
	if (own.length === 0) throw new Error(`${file} has no example with ${vendor.name}`);
	return [head, rule, ...own].map((row) => withFullLinks(tidyRow(row), file, false));
}

/** A row without the spaces that align columns in the source. */
const tidyRow = (row) =>
	`| ${splitCells(row)
		.map((cell) => (/^-+$/.test(cell) ? '---' : cell))
		.join(' | ')} |`;

/** The cells of a row of a table. */
const splitCells = (row) =>
	row
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

/** The entries about a vendor from the README's table of assumptions: what is covered, and what is assumed. */
function readAssumptions(vendor) {
	const rows = readSection(read('README.md'), 'What this rests on').split('\n');
	const own = rows.find((row) => row.startsWith(`| ${vendor.name} |`));
	if (!own) throw new Error(`README.md does not say what the ${vendor.name} node rests on`);
	const [, covered, assumed] = splitCells(own);
	return withFullLinks(
		`Covered: ${covered}. Where the document is silent, the node assumes: ${assumed}.`,
		'README.md',
		false,
	);
}

/** @returns {string} Markdown */
function buildReadme(vendor) {
	const name = toPackageName(vendor);
	const page = readVendorPage(vendor);
	const body = withFullLinks(read(page), page, true).replace(/^# .+/, '').trim();
	const [introduction, ...sections] = body.split(/\n+## /);
	const compatibility = withFullLinks(
		readSection(read('README.md'), 'Compatibility'),
		'README.md',
		false,
	);
	return [
		`# ${name}`,
		'',
		`n8n community nodes for ${vendor.about}.`,
		'',
		introduction,
		'',
		'## Installation',
		'',
		`In n8n, open **Settings > Community nodes > Install a community node** and enter \`${name}\`. The`,
		'[n8n documentation](https://docs.n8n.io/integrations/community-nodes/installation/) describes the steps.',
		`Install either this package or \`n8n-nodes-guestlist\`, not both: they hold the same \`${toCamel(vendor)}\` node.`,
		'',
		...sections.map((section) => `## ${section}\n`),
		'',
		'## Examples',
		'',
		'In n8n: **Create workflow**, then in the menu with the three dots **Import > From file**.',
		'',
		...readExampleRows(vendor),
		'',
		'## Delays and requests of the trigger',
		'',
		'One trigger with one kind of record, polled every 5 minutes, while nothing changes. *Delay* is until the poll that sees it.',
		`[What the columns mean](${MAIN_REPOSITORY}#triggers).`,
		'',
		...readTriggerRows(vendor),
		'',
		'## What this rests on',
		'',
		'No live account was used: the node follows the published document, and is tested against a local stand-in built from the same document.',
		readAssumptions(vendor),
		'',
		'## Compatibility',
		'',
		compatibility,
		'',
		'## Resources',
		'',
		'- [n8n community nodes documentation](https://docs.n8n.io/integrations/#community-nodes)',
		`- [Main repository, with examples, a local test server and all tests](${MAIN_REPOSITORY}): the code is developed there, and this repository is written from it`,
		'',
		'## Version history',
		'',
		'See [CHANGELOG.md](CHANGELOG.md).',
		'',
		'## License',
		'',
		'[MIT](LICENSE)',
		'',
	].join('\n');
}

module.exports = { readVendorPage, buildReadme, readSection };

// The README of a vendor's package, written from what the built node itself says it can do.

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, camelOf, nodeClassesOf, packageNameOf } = require('./vendors.cjs');

const MAIN_REPOSITORY = 'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist';

/** The version of n8n that the tests run in. */
function testedN8nVersion() {
	const host = JSON.parse(fs.readFileSync(path.join(ROOT, 'host', 'package.json'), 'utf8'));
	return host.dependencies.n8n;
}

/** Loads a class from `dist`. */
function built(folder, file, className) {
	const target = path.join(ROOT, 'dist', folder, file);
	if (!fs.existsSync(target)) throw new Error(`${target} is missing: run \`npm run build\` first`);
	return new (require(target)[className])();
}

/** Lines that list the operations of a node, one heading per resource. */
function operationLines(description) {
	const resources = description.properties.find(({ name }) => name === 'resource')?.options ?? [];
	const operations = description.properties.filter(({ name }) => name === 'operation');
	return resources.flatMap((resource) => [
		`### ${resource.name}`,
		'',
		...operations
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource.value))
			.flatMap(({ options }) => options)
			.map(({ name, description: text }) => (text ? `- **${name}**: ${text}` : `- **${name}**`)),
		'',
	]);
}

/** Lines that list what a credential asks for. */
function credentialLines(credential) {
	return [
		`### ${credential.displayName}`,
		'',
		...credential.properties
			.filter(({ type }) => type !== 'hidden' && type !== 'notice')
			.map(({ displayName, description: text }) =>
				text ? `- **${displayName}**: ${text}` : `- **${displayName}**`,
			),
		'',
	];
}

/** @returns {string} Markdown */
function readmeOf(vendor) {
	const name = packageNameOf(vendor);
	const nodes = nodeClassesOf(vendor).map((className) =>
		built(path.join('nodes', vendor.folder), `${className}.node.js`, className),
	);
	const credentials = vendor.credentials.map((className) =>
		built('credentials', `${className}.credentials.js`, className),
	);
	return [
		`# ${name}`,
		'',
		`n8n community nodes for ${vendor.about}.`,
		'',
		`This package holds one vendor of [n8n-nodes-guestlist](${MAIN_REPOSITORY}).`,
		'The code is developed and tested there, and this repository is written from it.',
		'',
		'## Installation',
		'',
		`In n8n, open **Settings > Community nodes > Install** and enter \`${name}\`. The`,
		'[n8n documentation](https://docs.n8n.io/integrations/community-nodes/installation/) describes the steps.',
		`Install either this package or \`n8n-nodes-guestlist\`, not both: they hold the same \`${camelOf(vendor)}\` node.`,
		'',
		'## Operations',
		'',
		...nodes.flatMap(({ description }) => operationLines(description)),
		'## Credentials',
		'',
		...credentials.flatMap(credentialLines),
		'## Compatibility',
		'',
		`Tested with n8n ${testedN8nVersion()}. No runtime dependencies.`,
		'',
		'## Resources',
		'',
		'- [n8n community nodes documentation](https://docs.n8n.io/integrations/#community-nodes)',
		`- [Main repository, with examples, a local test server and all tests](${MAIN_REPOSITORY})`,
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

module.exports = { readmeOf };

// The vendors of the package. One line per vendor drives the icons, the split packages and the gates.

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');

/** Folder of `nodes/` that every vendor may import from. */
const SHARED_FOLDER = 'shared';

/**
 * name        the vendor's name as people write it; the split package is `n8n-nodes-guestlist-<name in kebab case>`
 * folder      `nodes/<folder>` and the class prefix
 * credentials files of `credentials/`, without `.credentials.ts`
 * about       completes "n8n nodes for <about>"
 */
const VENDORS = [
	{
		name: 'Event Vault',
		folder: 'EventVault',
		credentials: ['EventVaultApi'],
		about: 'guests and tickets in Event Vault',
	},
	{
		name: 'Invitario',
		folder: 'Invitario',
		credentials: ['InvitarioApi'],
		about: 'guests and check-in in Invitario',
	},
	{
		name: 'ARTSVP',
		folder: 'Artsvp',
		credentials: ['ArtsvpApi'],
		about: 'invites and bookings in ARTSVP',
	},
	{
		name: 'InEvent',
		folder: 'InEvent',
		credentials: ['InEventOAuth2Api'],
		about: 'registrations and attendees in InEvent',
	},
	{
		name: 'Eventtia',
		folder: 'Eventtia',
		credentials: ['EventtiaApi'],
		about: 'events, attendees and activities in Eventtia',
	},
];

/** `Event Vault` → `event-vault`. */
const toSlug = (vendor) => vendor.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** `EventVault` → `eventVault`, the name of the vendor's icon files and of its node. */
const toCamel = (vendor) => vendor.folder[0].toLowerCase() + vendor.folder.slice(1);

/** Name of the package with this vendor alone. */
const toPackageName = (vendor) => `n8n-nodes-guestlist-${toSlug(vendor)}`;

/** Class names of the vendor's nodes, read from `nodes/<folder>/*.node.ts`. */
function listNodeClasses(vendor) {
	const suffix = '.node.ts';
	return fs
		.readdirSync(path.join(ROOT, 'nodes', vendor.folder))
		.filter((file) => file.endsWith(suffix))
		.map((file) => file.slice(0, -suffix.length))
		.sort();
}

/** The `n8n` section of a package.json with these vendors. */
function buildN8nSection(vendors) {
	return {
		n8nNodesApiVersion: 1,
		strict: true,
		credentials: vendors.flatMap((vendor) =>
			vendor.credentials.map((name) => `dist/credentials/${name}.credentials.js`),
		),
		nodes: vendors.flatMap((vendor) =>
			listNodeClasses(vendor).map((name) => `dist/nodes/${vendor.folder}/${name}.node.js`),
		),
	};
}

module.exports = {
	ROOT,
	SHARED_FOLDER,
	VENDORS,
	toCamel,
	buildN8nSection,
	listNodeClasses,
	toPackageName,
	toSlug,
};

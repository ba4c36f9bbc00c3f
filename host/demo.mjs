// What the demo of `npm start` puts into n8n, and the expected result of its run.

import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatTable } from './ui.mjs';

const EXAMPLES = join(dirname(dirname(fileURLToPath(import.meta.url))), 'examples');
export const DEMO_EXAMPLE = 'invitario-checked-in-to-event-vault.json';

/** Invitario guests in the demo; Event Vault starts with fewer, so that the run both creates and finds some. */
export const INVITARIO_GUESTS = 40;
export const EVENT_VAULT_GUESTS = 12;

const TICKET_TYPE = 'ENTRY';

/** @returns {Promise<Map<string, any>>} every example workflow by its file name */
export async function readExamples() {
	const names = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort();
	const texts = await Promise.all(names.map((name) => readFile(join(EXAMPLES, name), 'utf8')));
	return new Map(names.map((name, index) => [name, JSON.parse(texts[index])]));
}

/**
 * Assigns the saved credentials to the nodes of a workflow, by type.
 * @param {any} workflow as in `examples`
 * @param {Map<string, { id: string, name: string }>} saved by credential type
 * @returns {any} a copy
 */
export function withCredentials(workflow, saved) {
	const nodes = workflow.nodes.map((node) => {
		const types = Object.keys(node.credentials ?? {});
		const assigned = types.map((type) => [type, saved.get(type) ?? node.credentials[type]]);
		return types.length === 0 ? node : { ...node, credentials: Object.fromEntries(assigned) };
	});
	return { ...workflow, nodes };
}

/**
 * Imports the examples. An existing one keeps the user's changes, unless the repository has a new version of it.
 * @param {import('./n8n.mjs').N8n} n8n
 * @param {Map<string, { id: string, name: string }>} saved credentials by type
 * @param {string} recordFile the file that remembers what was imported
 * @returns {Promise<Map<string, string>>} workflow ID by file name
 */
export async function importExamples(n8n, saved, recordFile) {
	const imported = JSON.parse(await readFile(recordFile, 'utf8').catch(() => '{}'));
	const ids = new Map();
	for (const [file, example] of await readExamples()) {
		const hash = createHash('sha256').update(JSON.stringify(example)).digest('hex');
		const previous = imported[file];
		const isCurrent = previous?.hash === hash && (await n8n.workflow(previous.id)) !== undefined;
		const id = isCurrent
			? previous.id
			: await n8n.importWorkflow(withCredentials(example, saved), previous?.id);
		imported[file] = { id, hash };
		ids.set(file, id);
	}
	await writeFile(recordFile, JSON.stringify(imported));
	return ids;
}

/** The output items of a node in a finished execution, in order. */
export function readOutput(data, nodeName) {
	const runs = data.resultData.runData[nodeName] ?? [];
	return runs.flatMap((run) => run.data?.main?.[0] ?? []).map((item) => item.json);
}

/**
 * Compares the run with the sandbox's records afterwards.
 * @param {any} data the execution's data
 * @param {{ control: (method: string, path: string) => Promise<any> }} sandbox
 * @returns {Promise<{ table: string, summary: string, problems: string[] }>} `problems` is empty if everything is
 * right
 */
export async function checkResult(data, sandbox) {
	const guests = readOutput(data, 'Put Them on the Guest List');
	const tickets = readOutput(data, 'Give Each an Entry Ticket');
	const [credentials, vault, invitario, refused] = await Promise.all([
		sandbox.control('GET', '/credentials'),
		sandbox.control('GET', '/event-vault/state'),
		sandbox.control('GET', '/invitario/state'),
		Promise.all([
			sandbox.control('GET', '/event-vault/refused'),
			sandbox.control('GET', '/invitario/refused'),
		]),
	]);
	const expected = invitario.guests
		.filter((guest) => guest.checkInDateTime !== null && guest.checkOutDateTime === null)
		.filter((guest) => guest.deleteDateTime === null)
		.map((guest) => guest.fields.email);
	const { eventId } = credentials.find(({ vendor }) => vendor === 'event-vault').data;
	const event = vault.events[eventId];
	const listed = new Map(event.guests.map((guest) => [guest.email, guest]));
	const entries = new Set(
		event.tickets.filter(({ TIER }) => TIER === TICKET_TYPE).map(({ EMAIL }) => EMAIL),
	);
	const problems = [
		...expected
			.filter((email) => !listed.has(email) || !entries.has(email))
			.map(
				(email) =>
					`${email} is checked in at Invitario and not on Event Vault's list with a ticket`,
			),
		...refused.flat().map(({ reason }) => reason),
	];
	if (expected.length === 0) problems.push('nobody is checked in at Invitario');
	for (const [step, items] of [
		['guest', guests],
		['ticket', tickets],
	]) {
		const emails = items.map(({ email }) => email);
		if (JSON.stringify(emails) !== JSON.stringify(expected)) {
			problems.push(
				`the ${step} step put out ${emails.length} items, not the ${expected.length} checked-in guests in their order`,
			);
		}
	}
	const rows = guests.map((guest, index) => [
		String(guest.email),
		String(guest.name ?? ''),
		String(guest.company ?? ''),
		String(guest.result ?? ''),
		String(tickets[index]?.ticketType ?? ''),
	]);
	return {
		table: formatTable(['Email', 'Name', 'Company', 'Guest', 'Ticket'], rows),
		summary: `${expected.length} of ${invitario.guests.length} guests are checked in at Invitario; Event Vault's list has ${event.guestCount} guests now`,
		problems,
	};
}

// Each vendor's package on its own in a real n8n, installed as n8n installs it; and all of them in one n8n.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { repositoryRoot } from '../../support/paths.mts';
import { CATALOG } from '../../vendors/catalog.mts';
import { type N8nClient, until } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { newInstance } from '../support/instance.mts';
import { SEEDED_GUESTS } from '../support/vendors.mts';
import {
	type SplitVendor,
	TRIGGER,
	forPackages,
	packageOf,
	splitVendors,
	triggered,
} from './vendors.mts';

const BUILDER = join(repositoryRoot(), 'test', 'e2e', 'support', 'splitPackages.mjs');
const SLUGS = CATALOG.map(({ slug }) => slug);
const ALL = 'all';
const BUILD_DEADLINE_MS = 180_000;
const DEADLINE_MS = 300_000;
const FOUND_DEADLINE_MS = 60_000;
/** Starting n8n keeps a CPU core busy. */
const AT_A_TIME = 2;

/** The nodes folders that the builder makes. */
let folder = '';

const served = z.array(
	z
		.object({
			name: z.string(),
			iconUrl: z.object({ light: z.string(), dark: z.string() }).optional().catch(undefined),
		})
		.passthrough(),
);

/** Every icon of a type, as n8n serves it. */
async function iconsOf(n8n: N8nClient, { iconUrl }: z.infer<typeof served>[number]) {
	const paths = iconUrl === undefined ? [] : [iconUrl.light, iconUrl.dark];
	return await Promise.all(paths.map(async (path) => await n8n.file(`/${path}`)));
}

/** The nodes and credentials that an n8n serves, and whether each has two icons. */
async function whatIsServed(n8n: N8nClient, vendors: SplitVendor[]) {
	const types = async (kind: string) =>
		served.parse(JSON.parse((await n8n.file(`/types/${kind}.json`)).body));
	const nodes = (await types('nodes')).filter(({ name }) => name.includes('guestlist'));
	const known = vendors.map(({ credential }) => credential.type);
	const credentials = (await types('credentials')).filter(({ name }) => known.includes(name));
	const withoutIcons: string[] = [];
	for (const type of [...nodes, ...credentials]) {
		const icons = await iconsOf(n8n, type);
		const isRight = icons.length === 2 && icons.every(({ body }) => body.includes('<svg'));
		if (!isRight || icons[0]?.body === icons[1]?.body) withoutIcons.push(type.name);
	}
	return {
		nodes: nodes.map(({ name }) => name).sort(),
		credentials: credentials.map(({ name }) => name).sort(),
		withoutIcons,
	};
}

/** Presses *Test*, runs the workflow, publishes the trigger and waits for its output. */
async function useVendor(n8n: N8nClient, vendor: SplitVendor) {
	const { type, data } = vendor.credential;
	const credential = await n8n.saveCredential(type, data);
	const tested = await n8n.testCredential(credential);
	const ran = await n8n.run(forPackages(vendor.workflow(credential), [vendor]));
	const id = await n8n.publish(forPackages(triggered(vendor, credential), [vendor]));
	const change = vendor.change();
	const reported: unknown[] = [];
	await until(`${JSON.stringify(change)} of ${vendor.slug}`, FOUND_DEADLINE_MS, async () => {
		const executions = await n8n.executions(id);
		reported.splice(0, reported.length, ...executions.flatMap(({ items }) => items(TRIGGER)));
		return reported.length > 0;
	});
	await n8n.unpublish(id);
	const schema = await n8n.file(`/schemas/${packageOf(vendor)}.${vendor.schema}.json`);
	return {
		tested,
		error: ran.error,
		items: ran.items(vendor.outcome.node),
		change,
		told: reported,
		schema,
	};
}

/** Starts an n8n with the packages of a folder, and a sandbox for it. */
async function withN8n<T>(
	nodesFolder: string,
	visit: (n8n: N8nClient, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
	const sandbox = await startSandbox({ seed: { guests: SEEDED_GUESTS } });
	try {
		const instance = await newInstance(nodesFolder);
		try {
			return await visit(await instance.start(), sandbox);
		} finally {
			await instance.end();
		}
	} finally {
		await sandbox.close();
	}
}

/** Everything that was observed in the n8n of one package. */
async function visitOne(slug: string) {
	return await withN8n(join(folder, slug), async (n8n, sandbox) => {
		const all = splitVendors(sandbox);
		const vendor = all.find((one) => one.slug === slug);
		if (vendor === undefined) throw new Error(`there is no vendor ${slug}`);
		return { vendor, seen: await whatIsServed(n8n, all), ...(await useVendor(n8n, vendor)) };
	});
}

/** From Invitario to Event Vault: one workflow with nodes of two packages. */
async function visitTogether() {
	return await withN8n(join(folder, ALL), async (n8n, sandbox) => {
		const all = splitVendors(sandbox);
		const seen = await whatIsServed(n8n, all);
		const credentials = [];
		for (const { credential } of all) {
			credentials.push(await n8n.saveCredential(credential.type, credential.data));
		}
		const workflow = exampleWith('invitario-checked-in-to-event-vault.json', credentials);
		const { error, items } = await n8n.run(forPackages(workflow, all));
		const tickets = sandbox.eventVault.state.event().tickets();
		return { all, seen, error, items: items('Give Each an Entry Ticket'), tickets };
	});
}

const visits = new Map<string, ReturnType<typeof visitOne>>();
let together: ReturnType<typeof visitTogether>;

/** Starts all of them, a few n8n at a time; each test waits for its own. */
function visitAll() {
	const queues: Array<Promise<unknown>> = Array.from({ length: AT_A_TIME }, () =>
		Promise.resolve(),
	);
	let next = 0;
	const inTurn = <T,>(visit: () => Promise<T>): Promise<T> => {
		const queue = next++ % AT_A_TIME;
		const visited = (queues[queue] ?? Promise.resolve()).then(visit);
		queues[queue] = visited.catch(() => {});
		return visited;
	};
	for (const slug of SLUGS) {
		const visit = inTurn(async () => await visitOne(slug));
		visit.catch(() => {});
		visits.set(slug, visit);
	}
	together = inTurn(async () => await visitTogether());
	together.catch(() => {});
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-split-'));
	await promisify(execFile)(process.execPath, [BUILDER, folder]);
	visitAll();
}, BUILD_DEADLINE_MS);

afterAll(async () => {
	await Promise.allSettled([...visits.values(), together]);
	await rm(folder, { recursive: true, force: true });
}, DEADLINE_MS);

describe.each(SLUGS)('n8n-nodes-guestlist-%s on its own', (slug) => {
	const visited = async () => {
		const visit = await visits.get(slug);
		if (visit === undefined) throw new Error(`${slug} was not visited`);
		return visit;
	};

	test(
		'has its nodes, its credential and their icons, and no others',
		async () => {
			const { seen, vendor, schema } = await visited();

			expect(seen).toEqual({
				nodes: vendor.nodes.map((name) => `n8n-nodes-guestlist-${slug}.${name}`),
				credentials: [vendor.credential.type],
				withoutIcons: [],
			});
			expect(schema.status).toBe(200);
			expect(JSON.parse(schema.body)).toMatchObject({ type: 'object' });
		},
		DEADLINE_MS,
	);

	test(
		'runs a workflow written for the whole package, with a credential that passes its test',
		async () => {
			const { tested, error, items, vendor } = await visited();

			expect(tested.status).toBe('OK');
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(0);
			expect(items).toEqual(vendor.outcome.items);
		},
		DEADLINE_MS,
	);

	test(
		'publishes its trigger, which reports later changes',
		async () => {
			const { change, told: reported } = await visited();

			expect(reported).toEqual([expect.objectContaining(change)]);
		},
		DEADLINE_MS,
	);
});

test(
	'all packages can be installed together, and used in one workflow',
	async () => {
		const { all, seen, error, items, tickets } = await together;
		const guests = all.find(({ slug }) => slug === 'invitario')?.outcome.items;

		expect(seen).toEqual({
			nodes: all
				.flatMap((vendor) => vendor.nodes.map((name) => `${packageOf(vendor)}.${name}`))
				.sort(),
			credentials: all.map(({ credential }) => credential.type).sort(),
			withoutIcons: [],
		});
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(3);
		expect(items).toEqual(guests);
		for (const { email } of items) {
			expect(tickets).toContainEqual(expect.objectContaining({ EMAIL: email, TIER: 'ENTRY' }));
		}
	},
	DEADLINE_MS,
);

/**
 * The output schemas of the nodes, by which the editor shows a node's fields before it has run: every operation has
 * one, none is left over, n8n finds it in the build, and what the operation really gives has that shape. They
 * describe what comes out when nothing is set: Simplify on, companions as ids.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { codeOf } from '../../sandbox/artsvp/seed.mts';
import {
	ARTSVP_CREDENTIALS,
	EVENT_VAULT_CREDENTIALS,
	EVENTTIA_CREDENTIALS,
	INEVENT_CREDENTIALS,
	INVITARIO_CREDENTIALS,
} from '../../sandbox/credentials.mts';
import { uuidOf } from '../../sandbox/shared/random.mts';
import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import { nodeOperations } from '../contract/support/builtNode.mts';
import {
	createEngine,
	type CredentialData,
	type Engine,
	type NodeRunRequest,
} from '../support/engine.mts';
import { repositoryRoot } from '../support/paths.mts';
import { EVENTTIA_SAMPLES } from './eventtia/samples.mts';
import { INEVENT_SAMPLES } from './inevent/samples.mts';
import { ALL_SCOPES } from './inevent/support.mts';

const TYPES = ['array', 'boolean', 'null', 'number', 'object', 'string'] as const;
type TypeName = (typeof TYPES)[number];

/** The part of JSON Schema that n8n's own files use and the editor shows. */
interface OutputSchema {
	type: TypeName | TypeName[];
	properties?: Record<string, OutputSchema> | undefined;
	items?: OutputSchema | undefined;
	version?: 1 | undefined;
}

const typeName = z.enum(TYPES);
const outputSchema: z.ZodType<OutputSchema> = z.lazy(() =>
	z
		.object({
			type: z.union([typeName, z.array(typeName).nonempty()]),
			properties: z.record(outputSchema).optional(),
			items: outputSchema.optional(),
			version: z.literal(1).optional(),
		})
		.strict(),
);

const NEW = 'new@example.com';
const ADA = 'ada.almeida.1@example.com';
const LOST_ANSWER = { kind: 'resetAfterEffect' } as const;
/** Requests per minute that the samples do not come near. */
const UNREACHED_LIMIT = 100_000;

/** One run of an operation; `lost` names the path whose first answer is lost on the way. */
interface Sample {
	parameters: IDataObject;
	items?: NonNullable<NodeRunRequest['items']>;
	lost?: string;
}

/** What a node's samples are, by operation; some depend on what the sandbox holds after its reset. */
type Samples = Record<string, Sample[] | (() => Sample[])>;

/** Runs that together give every field of an operation. */
const EVENT_VAULT: Record<string, Sample[]> = {
	'guest: add': [
		{ parameters: { userEmail: NEW } },
		{
			parameters: { userEmail: 'lost@example.com', additionalFields: { name: 'Lost' } },
			lost: '/addGuest',
		},
	],
	'guest: upsert': [
		{ parameters: { userEmail: ADA } },
		{ parameters: { userEmail: NEW }, lost: '/addGuest' },
	],
	'guest: remove': [
		{ parameters: { userEmail: ADA } },
		{ parameters: { userEmail: NEW, ifNotRegistered: 'ignore' } },
		{ parameters: { userEmail: 'ben.bauer.2@example.com' }, lost: '/removeGuest' },
	],
	'guest: get': [{ parameters: { userEmail: ADA } }],
	'guest: getAll': [{ parameters: { returnAll: true } }],
	'guest: getCount': [{ parameters: {} }],
	'ticket: upsert': [
		{ parameters: { userEmail: ADA, ticketType: 'VIP' } },
		{ parameters: { userEmail: ADA, ticketType: 'TALK', additionalFields: { sessionId: 's1' } } },
	],
	'ticket: remove': [
		{ parameters: { userEmail: ADA, ticketType: 'ENTRY' } },
		{ parameters: { userEmail: ADA, ticketType: 'NONE', ifNotFound: 'ignore' } },
		{
			parameters: { userEmail: 'ben.bauer.2@example.com', ticketType: 'ENTRY' },
			lost: '/removeTicket',
		},
	],
	'ticket: getAll': [{ parameters: { returnAll: true } }],
};

const INVITARIO: Record<string, Sample[]> = {
	'guest: getAll': [{ parameters: { returnAll: true, options: { includeDeleted: true } } }],
	'guest: get': [{ parameters: { guestId: { __rl: true, mode: 'email', value: ADA } } }],
	'guest: getChangedSince': [{ parameters: { sinceDateTime: '2018-01-01T18:30:00+02:00' } }],
	'event: get': [{ parameters: {} }],
};

const INEVENT: Record<string, Sample[]> = INEVENT_SAMPLES;

/** An invite that was used: the second one. */
const USED_INVITE = `inv-${uuidOf(2)}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const FIRST_EVENT = { resourceId: byId(`eve-${uuidOf(1)}`) };
const ARTSVP: Record<string, Sample[]> = {
	'event: get': [{ parameters: { eventId: byId(`eve-${uuidOf(1)}`) } }],
	'event: getAll': [{ parameters: { returnAll: true } }],
	'collection: get': [{ parameters: { collectionId: byId(`col-${uuidOf(1)}`) } }],
	'collection: getAll': [{ parameters: { returnAll: true } }],
	'booking: get': [{ parameters: { bookingId: byId(`boo-${uuidOf(2)}`) } }],
	'booking: getAll': [{ parameters: { returnAll: true } }],
	'booking: update': [
		{ parameters: { bookingId: byId(`boo-${uuidOf(1)}`), updateFields: { name: 'Ada' } } },
	],
	'invite: create': [
		{ parameters: FIRST_EVENT },
		{ parameters: { ...FIRST_EVENT, additionalFields: { email: NEW, tags: ['vip'] } } },
	],
	'invite: upsert': [{ parameters: { ...FIRST_EVENT, additionalFields: { email: NEW } } }],
	// With Preview on, as it is when nothing is set.
	'invite: createBatch': [{ parameters: { resourceTags: ['vip'] } }],
	'invite: get': [
		{ parameters: { inviteId: byId(USED_INVITE) } },
		{ parameters: { inviteId: { __rl: true, mode: 'code', value: codeOf(1) } } },
	],
	'invite: getAll': [{ parameters: { returnAll: true } }],
	'invite: update': [
		{ parameters: { inviteId: byId(USED_INVITE), updateFields: { golden: true } } },
	],
	'invite: delete': [{ parameters: { inviteId: byId(USED_INVITE) } }],
};

const EVENTTIA: Samples = Object.fromEntries(
	Object.entries(EVENTTIA_SAMPLES).map(([name, samplesOf]) => [
		name,
		() => samplesOf(sandbox.eventtia.state.event(), sandbox.eventtia.state),
	]),
);

let engine: Engine;
let sandbox: Sandbox;
beforeAll(async () => {
	engine = await createEngine();
	sandbox = await startSandbox({ seed: { guests: 60 } });
});
afterAll(async () => await sandbox.close());

interface NodeUnderTest {
	nodeType: string;
	folder: string;
	samples: Samples;
	vendor(): Pick<Sandbox['eventtia'], 'reset' | 'faults'>;
	credentials(): CredentialData;
}

const NODES: NodeUnderTest[] = [
	{
		nodeType: 'eventVault',
		folder: 'EventVault',
		samples: EVENT_VAULT,
		vendor: () => sandbox.eventVault,
		credentials: (): CredentialData => {
			const { apiKey, clientId, eventId } = EVENT_VAULT_CREDENTIALS;
			return { eventVaultApi: { apiKey, clientId, eventId, baseUrl: sandbox.eventVault.url } };
		},
	},
	{
		nodeType: 'invitario',
		folder: 'Invitario',
		samples: INVITARIO,
		vendor: () => sandbox.invitario,
		credentials: (): CredentialData => ({
			invitarioApi: { ...INVITARIO_CREDENTIALS, baseUrl: sandbox.invitario.url },
		}),
	},
	{
		nodeType: 'artsvp',
		folder: 'Artsvp',
		samples: ARTSVP,
		vendor: () => sandbox.artsvp,
		credentials: (): CredentialData => {
			const { apiKey } = ARTSVP_CREDENTIALS;
			return { artsvpApi: { apiKey, baseUrl: `${sandbox.artsvp.url}/api/v3` } };
		},
	},
	{
		nodeType: 'inEvent',
		folder: 'InEvent',
		samples: INEVENT,
		vendor: () => sandbox.inEvent,
		credentials: (): CredentialData => {
			const { clientId, clientSecret } = INEVENT_CREDENTIALS.production;
			const baseUrl = sandbox.inEvent.url;
			return { inEventOAuth2Api: { clientId, clientSecret, scopes: ALL_SCOPES, baseUrl } };
		},
	},
	{
		nodeType: 'eventtia',
		folder: 'Eventtia',
		samples: EVENTTIA,
		vendor: () => sandbox.eventtia,
		credentials: (): CredentialData => {
			const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
			const baseUrl = sandbox.eventtia.url;
			const account = { email, password, accountApiKey, baseUrl };
			return { eventtiaApi: { ...account, rateLimitRequests: UNREACHED_LIMIT } };
		},
	},
];

describe.each(NODES)('$folder', ({ nodeType, folder, samples, vendor, credentials }) => {
	const operations = nodeOperations(nodeType);

	/** As n8n loads it, from the build. */
	const schemaOf = (resource: string, operation: string): OutputSchema => {
		const nodeDir = join(repositoryRoot(), 'dist', 'nodes', folder);
		const { loadOutputSchema } = engine.modules.core;
		return outputSchema.parse(loadOutputSchema({ nodeDir, version: 1, resource, operation }));
	};

	test.each(['nodes', 'dist/nodes'])('has one file per operation and no other in %s', (root) => {
		const schemas = join(repositoryRoot(), root, folder, '__schema__');
		const files = readdirSync(schemas, { recursive: true }).map(String);

		expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
			operations.map((name) => join('v1.0.0', `${name.replace(': ', '/')}.json`)).sort(),
		);
	});

	test('has a sample for every operation', () => {
		expect(Object.keys(samples).sort()).toEqual(operations.sort());
	});

	test.each(operations)('%s gives what its schema says', async (name) => {
		const [resource = '', operation = ''] = name.split(': ');
		const schema = schemaOf(resource, operation);
		vendor().reset();
		const seen = new Set<string>();
		const given = samples[name] ?? [];
		for (const { parameters, items, lost } of typeof given === 'function' ? given() : given) {
			if (lost !== undefined) vendor().faults.add({ when: { path: lost }, do: LOST_ANSWER });
			const result = await engine.run({
				nodeType,
				parameters: { resource, operation, ...parameters },
				credentials: credentials(),
				...(items === undefined ? {} : { items }),
			});
			expect(result.error).toBeUndefined();
			expect(result.items.length).toBeGreaterThan(0);
			for (const { json } of result.items) {
				expect(complaints(schema, json, 'item')).toEqual([]);
				for (const key of Object.keys(json)) seen.add(key);
			}
		}

		expect([...seen].sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
	});
});

test('the check itself finds what does not fit', () => {
	const schema: OutputSchema = {
		type: 'object',
		properties: {
			name: { type: ['string', 'null'] },
			tags: { type: 'array', items: { type: 'string' } },
			free: { type: 'object' },
		},
	};

	expect(complaints(schema, { name: null, tags: ['a'], free: { any: 1 } }, 'item')).toEqual([]);
	expect(complaints(schema, { name: 1, tags: ['a', 2], free: [], more: true }, 'item')).toEqual([
		'item.name is number, not string or null',
		'item.tags.1 is number, not string',
		'item.free is array, not object',
		'item.more is not in the schema',
	]);
});

/** How a value differs from its schema, in words; empty where it does not. */
function complaints(schema: OutputSchema, value: unknown, at: string): string[] {
	const allowed = [schema.type].flat();
	const actual = typeOf(value);
	if (!allowed.includes(actual)) return [`${at} is ${actual}, not ${allowed.join(' or ')}`];
	if (Array.isArray(value)) {
		const { items } = schema;
		return items === undefined
			? [`${at} has entries that the schema does not describe`]
			: value.flatMap((entry, index) => complaints(items, entry, `${at}.${index}`));
	}
	const { properties } = schema;
	if (typeof value !== 'object' || value === null || properties === undefined) return [];
	return Object.entries(value).flatMap(([key, entry]) => {
		const property = properties[key];
		return property === undefined
			? [`${at}.${key} is not in the schema`]
			: complaints(property, entry, `${at}.${key}`);
	});
}

function typeOf(value: unknown): TypeName {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	const name = typeof value;
	const known = TYPES.find((type) => type === name);
	if (known === undefined) throw new TypeError(`${name} is not a type of JSON`);
	return known;
}

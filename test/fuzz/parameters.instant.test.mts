/**
 * Hostile deliveries to the webhook of the Eventtia instant trigger, and hostile parameters of the trigger: no one
 * without the secret starts a workflow, and every delivery with the secret is output or reported.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../rig/items.mts';
import { useVendor } from '../rig/useVendor.mts';
import type { WebhookNode } from '../support/engine-webhooks.mts';
import eventtia from '../vendors/eventtia.mts';
import { ACCOUNT_KEY, API, EVENT } from '../engine/eventtia/shared.mts';
import { startGuard, type Guard } from './support/guard.mts';
import { BLANKS, OTHER_TEXTS, SEED, TYPES, WORST_TEXTS } from './support/hostile.mts';
import { triggerErrorComplaints } from './support/inspect.mts';

const RUNS = 150;
const TIMEOUT_MS = 120_000;
const UNAUTHORIZED = 401;
const ALL = [...TYPES, ...BLANKS, ...WORST_TEXTS, ...OTHER_TEXTS];
/** Values that a person can type: no expression, and only JSON; omitted ones have their defaults. */
const STATIC = ALL.filter(
	({ json }) =>
		json.special === undefined && !(typeof json.v === 'string' && json.v.startsWith('=')),
);
const rig = useVendor(eventtia, { guests: 3 });
let guard: Guard;

beforeAll(() => {
	guard = startGuard((port) => port === Number(new URL(rig.server.url).port));
});
afterAll(() => guard.end());
afterEach(() => {
	expect(guard.strangers()).toEqual([]);
	expect(guard.pollution()).toEqual([]);
});

async function trigger(parameters: IDataObject = {}): Promise<WebhookNode> {
	return await rig.engine.webhookNode('eventtiaInstantTrigger', {
		parameters: {
			scope: 'event',
			eventUri: by('uri', EVENT),
			triggerOn: ['attendeeCreated'],
			simplify: true,
			...parameters,
		},
		credentials: rig.credentials({ accountApiKey: ACCOUNT_KEY }),
	});
}

function secretOf(node: WebhookNode): string {
	return String(Reflect.get(Object(node.staticData.subscribed), 'secret'));
}

const bodies = fc.oneof(
	fc.jsonValue({ maxDepth: 4 }),
	fc.string({ unit: 'binary' }),
	fc.record(
		{
			id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
			type: fc.constantFrom('attendees', 'events', '__proto__', 'x', null),
			attributes: fc.oneof(
				fc.jsonValue({ maxDepth: 2 }),
				fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
			),
			relationships: fc.jsonValue({ maxDepth: 4 }),
			included: fc.jsonValue({ maxDepth: 3 }),
		},
		{ requiredKeys: [] },
	),
);

describe('a delivery', () => {
	test('without the secret starts nothing, whatever it contains', async () => {
		const node = await trigger();
		await node.publish();
		const before = JSON.stringify(node.staticData);
		const secret = secretOf(node);
		const texts = ALL.flatMap(({ json }) => (typeof json.v === 'string' ? [json.v] : []));
		for (const given of [...texts, secret.slice(1), `${secret} `, secret.toUpperCase()]) {
			const delivered = await node.deliver({
				query: { trigger: 'attendee_created', secret: given },
				body: { data: { id: '1', type: 'attendees' } },
			});

			expect(delivered).toMatchObject({ status: UNAUTHORIZED, items: undefined });
		}
		const lists: Record<string, string> = JSON.parse(
			JSON.stringify({ trigger: 'attendee_created', secret: [secret, secret] }),
		);
		expect((await node.deliver({ query: lists })).items).toBeUndefined();
		expect((await node.deliver({ query: {} })).items).toBeUndefined();
		for (const { json } of ALL) {
			const query: Record<string, string> = JSON.parse(JSON.stringify({ trigger: json.v, secret }));
			expect((await node.deliver({ query })).items).toBeUndefined();
		}
		expect(JSON.stringify(node.staticData)).toBe(before);
	});

	test(
		'with the secret is output, whatever it contains',
		async () => {
			const node = await trigger();
			await node.publish();
			const query = { trigger: 'attendee_created', secret: secretOf(node) };
			await fc.assert(
				fc.asyncProperty(bodies, async (body) => {
					const { status, items } = await node.deliver({ query, body });

					expect(status).toBe(200);
					expect(items).toHaveLength(1);
					expect(items?.[0]).toMatchObject({
						_event: 'attendeeCreated',
						_key: expect.stringMatching(/^\S/),
					});
					expect(JSON.stringify(items)).not.toContain('[object Object]');
				}),
				{ numRuns: RUNS, seed: SEED },
			);
			for (const { json } of ALL) {
				const { items } = await node.deliver({ query, body: json.v });

				expect(items).toHaveLength(1);
			}
		},
		TIMEOUT_MS,
	);
});

describe('the parameters', () => {
	const places: Array<[string, string, (value: unknown) => IDataObject]> = [
		['Watch', 'Watch', (value) => JSON.parse(JSON.stringify({ scope: value }))],
		[
			'Event (by uri)',
			'Event',
			(value) => ({ eventUri: by('uri', JSON.parse(JSON.stringify({ value })).value) }),
		],
		[
			'Event (by url)',
			'Event',
			(value) => ({ eventUri: by('url', JSON.parse(JSON.stringify({ value })).value) }),
		],
		['Trigger On', 'Trigger On', (value) => JSON.parse(JSON.stringify({ triggerOn: value }))],
	];

	test.each(places)(
		'%s: activation reports the problem, or subscribes as it should',
		async (_name, label, parametersOf) => {
			const findings: string[] = [];
			for (const { json, label: value, isBlank } of STATIC) {
				const before = rig.sent().length;
				const node = await trigger(parametersOf(json.v));
				const error = await node.publish().then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
				findings.push(...triggerErrorComplaints(error, [label]).map((one) => `${value}: ${one}`));
				if (error === undefined && isBlank) findings.push(`${value} is taken`);
				for (const { method, path } of rig.sent().slice(before)) {
					const segments = path.split('/').length;
					const isKnown =
						path === `${API}/web_hooks` ||
						path === `${API}/auth` ||
						(path.startsWith(`${API}/events/`) &&
							path.endsWith('/event_web_hooks') &&
							segments === 6);
					if (!isKnown || path.includes('//')) findings.push(`${value}: ${method} ${path}`);
				}
			}

			expect(findings).toEqual([]);
		},
		TIMEOUT_MS,
	);
});

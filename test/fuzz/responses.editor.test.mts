/**
 * Spoiled responses outside executions: in pickers, in the credential test, and in the life cycle of the instant
 * trigger.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { seededRandom } from '../../sandbox/shared/random.mts';
import { startContractRig, type ContractRig } from '../contract/support/contractRig.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { withShortWaits } from '../support/short-waits.mts';
import type { TestVendor, VendorKey } from '../vendors/defineVendor.mts';
import eventtia from '../vendors/eventtia.mts';
import { VENDORS } from '../vendors/index.mts';
import { damages, echoes, redirects, refusals, wholeBodies } from './support/responseMutations.mts';
import type { Mutation } from './support/responseMutations.mts';
import { startReplay, type Exchange, type Replay } from './support/replay.mts';
import { sample, SEED } from './support/responseSuite.mts';
import { checkMessage, leaksIn } from './support/responseChecks.mts';
import { originOf } from './support/credential.mts';
import { validCalls } from './support/validCalls.mts';

const SAMPLES = 12;
/** The document gives its only choice. */
const UNASKED = new Set(['searchDatasets']);

let engine: Engine;
let replay: Replay;

beforeAll(async () => {
	[engine, replay] = await Promise.all([createEngine(), startReplay()]);
});
afterAll(async () => await replay.close());

/** What n8n itself redirects is not ours. */
function strayed(): string[] {
	return replay.strayed.filter(
		(one) => !VENDORS.some(({ fuzz }) => fuzz.responses.mayStray?.test(one)),
	);
}

function mutationsOf({ answer }: Exchange, random: () => number): Mutation[] {
	return [
		...sample(wholeBodies(), SAMPLES, random),
		...sample(refusals(), SAMPLES / 2, random),
		...sample(redirects(replay.elsewhere), 2, random),
		...sample(echoes(), SAMPLES / 2, random),
		...sample(damages(answer), SAMPLES, random),
	];
}

/** The credential for the replay. */
function rigCredential<Key extends VendorKey>({ credential }: TestVendor<Key>): IDataObject {
	return JSON.parse(JSON.stringify({ ...credential.data(replay.url), ...credential.unlimited }));
}

function secretsOf<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	credential: IDataObject,
): Record<string, string> {
	return Object.fromEntries(
		vendor.credential.secrets.map((name) => [name, String(credential[name])]),
	);
}

/** What a person sees of an error. */
function wordsOf(error: unknown): string[] {
	const { message, description } = Object(error);
	return [message, description].filter((text): text is string => typeof text === 'string');
}

describe.each(VENDORS)('$key', (vendor) => {
	let rig: ContractRig;

	beforeAll(async () => {
		rig = await startContractRig(vendor);
		rig.reset();
	});
	afterAll(async () => await rig.close());

	test('pickers: an error, or entries with a name and a value', async () => {
		const random = seededRandom(SEED);
		const filledIn = validCalls(vendor.contract.table).flatMap(({ runs }) =>
			runs.map((run) => run.parameters),
		);
		const { methods = {} } = engine.nodeType(vendor.key);
		const good = { [vendor.credential.type]: rigCredential(vendor) };
		const hidden = {
			...good[vendor.credential.type],
			...vendor.fuzz.responses.disguise,
			...vendor.fuzz.responses.session,
		};
		const findings: string[] = [];
		for (const kind of ['listSearch', 'loadOptions', 'resourceMapping'] as const) {
			for (const method of Object.keys(methods[kind] ?? {})) {
				let parameters: IDataObject = {};
				const ask = async (credential: IDataObject) =>
					await engine[kind](vendor.key, method, {
						parameters,
						credentials: { [vendor.credential.type]: JSON.parse(JSON.stringify(credential)) },
					});
				// The operation with the fields that decide what the picker requests.
				let exchanges: Exchange[] = [];
				for (parameters of filledIn) {
					exchanges = replay.record(originOf(rig));
					const isAsked = await ask({ ...good[vendor.credential.type] }).then(
						() => true,
						() => false,
					);
					if (isAsked && exchanges.length > 0) break;
				}
				expect({ method, asks: exchanges.length > 0 || UNASKED.has(method) }).toEqual({
					method,
					asks: true,
				});
				for (const [at, exchange] of exchanges.entries()) {
					if (vendor.fuzz.responses.isLogIn?.(exchange.asked) === true) continue;
					for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
						replay.play(exchanges, () => ({ at, replace, onlyPage: false }));
						const { result } = await withShortWaits(
							async () =>
								await ask(hidden).then(
									(answer) => ({ answer, error: undefined }),
									(error: unknown) => ({ answer: undefined, error }),
								),
						);
						const { answer, error } = result;
						const isSilent = vendor.fuzz.responses.isUnread?.(exchange.asked) === true;
						const found: string[] =
							answer === undefined
								? [...checkMessage(...wordsOf(error)), ...leaksIn(error, secretsOf(vendor, hidden))]
								: checkEntries(answer);
						if (answer !== undefined && leaves === 'refusal' && !isSilent) found.push('no error');
						findings.push(...found.map((one) => `${method} | ${name} | ${one}`));
					}
				}
			}
		}
		expect(findings.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);

	test('the credential test: a failure is reported, without secrets', async () => {
		const random = seededRandom(SEED);
		const good = rigCredential(vendor);
		const hidden = { ...good, ...vendor.fuzz.responses.disguise };
		const exchanges = replay.record(originOf(rig));
		const tested = await engine.testCredential(
			vendor.credential.type,
			JSON.parse(JSON.stringify(good)),
		);
		expect(tested.status).toBe('OK');
		const findings: string[] = [];
		for (const [at, exchange] of exchanges.entries()) {
			for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
				replay.play(exchanges, () => ({ at, replace, onlyPage: false }));
				const result = await engine.testCredential(
					vendor.credential.type,
					JSON.parse(JSON.stringify(hidden)),
				);
				const found = [
					// When n8n itself logs in, the message is n8n's.
					...(vendor.fuzz.responses.isUnread?.(exchange.asked) === true
						? []
						: checkMessage(result.message)),
					...leaksIn(result, secretsOf(vendor, hidden)),
				];
				if (leaves === 'refusal' && result.status === 'OK') found.push('taken for good');
				findings.push(...found.map((one) => `${exchange.asked.path} | ${name} | ${one}`));
			}
		}
		expect(findings.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);
});

/** An entry that cannot be read or chosen. */
function checkEntries(answer: object): string[] {
	const lists: unknown[] = Array.isArray(answer) ? [answer] : Object.values(answer);
	return lists
		.flatMap((list) => (Array.isArray(list) ? list : []))
		.flatMap((entry: object) => {
			const { name, displayName = name, value, id = value } = Object(entry);
			const isTold = typeof displayName === 'string' && displayName.trim() !== '';
			const words = checkMessage(`${String(displayName)} ${String(id)}`);
			const isChosen = id !== undefined && id !== null && id !== '';
			return isTold && isChosen ? words : [`the entry ${JSON.stringify(entry)}`, ...words];
		});
}

describe('the instant trigger of Eventtia', () => {
	const vendor = eventtia;
	const parameters = {
		scope: 'event',
		eventUri: { __rl: true, mode: 'uri', value: 'test-event-1' },
		triggerOn: ['attendeeCreated', 'attendeeUpdated'],
	};
	let rig: ContractRig;

	beforeAll(async () => {
		rig = await startContractRig(vendor);
		rig.reset();
	});
	afterAll(async () => await rig.close());

	async function newTrigger(isHidden: boolean) {
		const credential = {
			...rigCredential(vendor),
			...(isHidden ? { ...vendor.fuzz.responses.disguise, ...vendor.fuzz.responses.session } : {}),
		};
		return await engine.webhookNode('eventtiaInstantTrigger', {
			parameters,
			credentials: { [vendor.credential.type]: JSON.parse(JSON.stringify(credential)) },
		});
	}

	test('a spoiled response during its life cycle is an error, and created webhooks are remembered', async () => {
		const random = seededRandom(SEED);
		const exchanges = replay.record(originOf(rig));
		const first = await newTrigger(false);
		await first.publish();
		await first.remove();
		const findings: string[] = [];
		for (const [at, exchange] of exchanges.entries()) {
			const { method } = exchange.asked;
			if (vendor.fuzz.responses.isLogIn?.(exchange.asked) === true) continue;
			for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
				const trigger = await newTrigger(true);
				replay.play(exchanges, () => ({ at, replace, onlyPage: false }));
				const { result: error } = await withShortWaits(
					async () =>
						await trigger
							.publish()
							.then(() => trigger.remove().then(() => undefined))
							.catch((thrown: unknown) => thrown),
				);
				const found =
					error === undefined
						? []
						: [
								...checkMessage(...wordsOf(error)),
								...leaksIn(
									error,
									secretsOf(vendor, {
										...rigCredential(vendor),
										...vendor.fuzz.responses.disguise,
									}),
								),
							];
				const isGone = method === 'DELETE' && / 404 /.test(` ${name} `);
				if (error === undefined && leaves === 'refusal' && !isGone) found.push('no error');
				const made = replay.asked.some(
					(one) => one.method === 'POST' && one.path.endsWith('/event_web_hooks'),
				);
				const isKept = JSON.stringify(trigger.staticData).includes('secret');
				if (error !== undefined && made && !isKept) found.push('what was made is forgotten');
				if (method === 'GET' && leaves === 'junk' && made)
					found.push('subscribed although the list was unknown');
				findings.push(...found.map((one) => `${method} ${exchange.asked.path} | ${name} | ${one}`));
			}
		}
		expect(findings.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);

	test('every delivery is output as one item with a key, or not at all', async () => {
		replay.record(originOf(rig));
		const trigger = await newTrigger(false);
		await trigger.publish();
		const [address] = JSON.stringify(trigger.staticData).match(/http[^"]+/g) ?? [];
		const query = Object.fromEntries(new URL(address ?? '').searchParams);
		const bodies: unknown[] = [
			undefined,
			null,
			true,
			7,
			'',
			'text',
			[],
			[null],
			{},
			{ data: null },
			{ data: [] },
			{ data: {} },
			{ data: { id: null, type: 'attendees' } },
			{ data: { id: {}, type: {} } },
			{ id: '', type: '' },
			{ data: { id: '1', type: 'attendees', attributes: null, relationships: 7 } },
			{ data: { id: '1', type: 'attendees', attributes: { updated_at: {}, fields: [] } } },
			{ data: { id: 1, type: '__proto__', attributes: { __proto__: 1 } } },
			{ json: 'x'.repeat(1_000_000) },
		];
		for (const body of bodies) {
			const { status, items = [] } = await trigger.deliver({ query, body });
			expect({ body, status, count: items.length }).toEqual({ body, status: 200, count: 1 });
			expect(items[0]).toMatchObject({ _event: expect.any(String), _key: expect.any(String) });
			expect(checkMessage(String(items[0]?._key))).toEqual([]);
		}
		const { items } = await trigger.deliver({ query: { ...query, secret: 'wrong' }, body: {} });
		expect(items).toBeUndefined();
	});
});

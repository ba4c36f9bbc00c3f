/**
 * Spoiled answers outside of executions: behind pickers, in the test of a credential, and in the life of the instant
 * trigger.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { seededRandom } from '../../sandbox/shared/random.mts';
import type { ContractRig } from '../contract/support/describeContract.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { withShortWaits } from '../support/short-waits.mts';
import { damages, echoes, redirects, refusals, wholeBodies } from './support/answersMutations.mts';
import type { Mutation } from './support/answersMutations.mts';
import { startStage, type Exchange, type Stage } from './support/answersStage.mts';
import { sample, SEED } from './support/answersSuite.mts';
import { FUZZED, validCalls, type FuzzedVendor } from './support/answersVendors.mts';
import { complaintsAboutWords, leaksIn } from './support/answersVerdict.mts';

const SAMPLES = 12;
/** The document gives its one choice. */
const UNASKED = new Set(['searchDatasets']);
const VENDORS: FuzzedVendor[] = Object.values(FUZZED);

let engine: Engine;
let stage: Stage;

beforeAll(async () => {
	[engine, stage] = await Promise.all([createEngine(), startStage()]);
});
afterAll(async () => await stage.close());

/** What n8n itself sends on is its own. */
function strayed(): string[] {
	return stage.strayed.filter((one) => !VENDORS.some(({ mayStray }) => mayStray?.test(one)));
}

function mutationsOf({ answer }: Exchange, random: () => number): Mutation[] {
	return [
		...sample(wholeBodies(), SAMPLES, random),
		...sample(refusals(), SAMPLES / 2, random),
		...sample(redirects(stage.elsewhere), 2, random),
		...sample(echoes(), SAMPLES / 2, random),
		...sample(damages(answer), SAMPLES, random),
	];
}

function credentialOf(vendor: FuzzedVendor, rig: ContractRig): IDataObject {
	const [data = {}] = Object.values(rig.credentials);
	return JSON.parse(JSON.stringify({ ...data, baseUrl: `${stage.url}${vendor.basePath}` }));
}

function targetOf(rig: ContractRig): string {
	const [data = {}] = Object.values(rig.credentials);
	return new URL(String(data.baseUrl)).origin;
}

function secretsOf(vendor: FuzzedVendor, credential: IDataObject): Record<string, string> {
	return Object.fromEntries(vendor.secrets.map((name) => [name, String(credential[name])]));
}

/** What a person is told of an error. */
function wordsOf(error: unknown): string[] {
	const { message, description } = Object(error);
	return [message, description].filter((text): text is string => typeof text === 'string');
}

describe.each(VENDORS)('$name', (vendor) => {
	let rig: ContractRig;

	beforeAll(async () => {
		rig = await vendor.startRig();
		rig.reset();
	});
	afterAll(async () => await rig.close());

	test('pickers: an error, or entries with a name and a value', async () => {
		const random = seededRandom(SEED);
		const filledIn = validCalls(vendor).flatMap(({ runs }) => runs.map((run) => run.parameters));
		const { methods = {} } = engine.nodeType(vendor.table.nodeType);
		const good = { [vendor.credentialType]: credentialOf(vendor, rig) };
		const hidden = { ...good[vendor.credentialType], ...vendor.disguise, ...vendor.session };
		const complaints: string[] = [];
		for (const kind of ['listSearch', 'loadOptions', 'resourceMapping'] as const) {
			for (const method of Object.keys(methods[kind] ?? {})) {
				let parameters: IDataObject = {};
				const ask = async (credential: IDataObject) =>
					await engine[kind](vendor.table.nodeType, method, {
						parameters,
						credentials: { [vendor.credentialType]: JSON.parse(JSON.stringify(credential)) },
					});
				// The operation whose fields say what the picker asks for.
				let exchanges: Exchange[] = [];
				for (parameters of filledIn) {
					exchanges = stage.record(targetOf(rig));
					const isAsked = await ask({ ...good[vendor.credentialType] }).then(
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
					if (vendor.isLogIn?.(exchange.asked) === true) continue;
					for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
						stage.play(exchanges, () => ({ at, replace, onlyPage: false }));
						const { result } = await withShortWaits(
							async () =>
								await ask(hidden).then(
									(answer) => ({ answer, error: undefined }),
									(error: unknown) => ({ answer: undefined, error }),
								),
						);
						const { answer, error } = result;
						const isSilent = vendor.isUnread?.(exchange.asked) === true;
						const found: string[] =
							answer === undefined
								? [
										...complaintsAboutWords(...wordsOf(error)),
										...leaksIn(error, secretsOf(vendor, hidden)),
									]
								: complaintsAboutEntries(answer);
						if (answer !== undefined && leaves === 'refusal' && !isSilent) found.push('no error');
						complaints.push(...found.map((one) => `${method} | ${name} | ${one}`));
					}
				}
			}
		}
		expect(complaints.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);

	test('the test of the credential: a refusal is told, without secrets', async () => {
		const random = seededRandom(SEED);
		const good = credentialOf(vendor, rig);
		const hidden = { ...good, ...vendor.disguise };
		const exchanges = stage.record(targetOf(rig));
		const tested = await engine.testCredential(
			vendor.credentialType,
			JSON.parse(JSON.stringify(good)),
		);
		expect(tested.status).toBe('OK');
		const complaints: string[] = [];
		for (const [at, exchange] of exchanges.entries()) {
			for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
				stage.play(exchanges, () => ({ at, replace, onlyPage: false }));
				const result = await engine.testCredential(
					vendor.credentialType,
					JSON.parse(JSON.stringify(hidden)),
				);
				const found = [
					// Of a log-in that n8n does by itself, the words are n8n's.
					...(vendor.isUnread?.(exchange.asked) === true
						? []
						: complaintsAboutWords(result.message)),
					...leaksIn(result, secretsOf(vendor, hidden)),
				];
				if (leaves === 'refusal' && result.status === 'OK') found.push('taken for good');
				complaints.push(...found.map((one) => `${exchange.asked.path} | ${name} | ${one}`));
			}
		}
		expect(complaints.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);
});

/** An entry that cannot be read or chosen. */
function complaintsAboutEntries(answer: object): string[] {
	const lists: unknown[] = Array.isArray(answer) ? [answer] : Object.values(answer);
	return lists
		.flatMap((list) => (Array.isArray(list) ? list : []))
		.flatMap((entry: object) => {
			const { name, displayName = name, value, id = value } = Object(entry);
			const isTold = typeof displayName === 'string' && displayName.trim() !== '';
			const words = complaintsAboutWords(`${String(displayName)} ${String(id)}`);
			const isChosen = id !== undefined && id !== null && id !== '';
			return isTold && isChosen ? words : [`the entry ${JSON.stringify(entry)}`, ...words];
		});
}

describe('the instant trigger of Eventtia', () => {
	const vendor: FuzzedVendor = FUZZED.eventtia;
	const parameters = {
		scope: 'event',
		eventUri: { __rl: true, mode: 'uri', value: 'test-event-1' },
		triggerOn: ['attendeeCreated', 'attendeeUpdated'],
	};
	let rig: ContractRig;

	beforeAll(async () => {
		rig = await vendor.startRig();
		rig.reset();
	});
	afterAll(async () => await rig.close());

	async function newTrigger(isHidden: boolean) {
		const credential = {
			...credentialOf(vendor, rig),
			...(isHidden ? { ...vendor.disguise, ...vendor.session } : {}),
		};
		return await engine.webhookNode('eventtiaInstantTrigger', {
			parameters,
			credentials: { [vendor.credentialType]: JSON.parse(JSON.stringify(credential)) },
		});
	}

	test('a spoiled answer to its life is an error, and what was made is kept for the end', async () => {
		const random = seededRandom(SEED);
		const exchanges = stage.record(targetOf(rig));
		const first = await newTrigger(false);
		await first.publish();
		await first.remove();
		const complaints: string[] = [];
		for (const [at, exchange] of exchanges.entries()) {
			const { method } = exchange.asked;
			if (vendor.isLogIn?.(exchange.asked) === true) continue;
			for (const { name, replace, leaves } of mutationsOf(exchange, random)) {
				const trigger = await newTrigger(true);
				stage.play(exchanges, () => ({ at, replace, onlyPage: false }));
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
								...complaintsAboutWords(...wordsOf(error)),
								...leaksIn(
									error,
									secretsOf(vendor, { ...credentialOf(vendor, rig), ...vendor.disguise }),
								),
							];
				const isGone = method === 'DELETE' && / 404 /.test(` ${name} `);
				if (error === undefined && leaves === 'refusal' && !isGone) found.push('no error');
				const made = stage.asked.some(
					(one) => one.method === 'POST' && one.path.endsWith('/event_web_hooks'),
				);
				const isKept = JSON.stringify(trigger.staticData).includes('secret');
				if (error !== undefined && made && !isKept) found.push('what was made is forgotten');
				if (method === 'GET' && leaves === 'junk' && made)
					found.push('subscribed although the list was unknown');
				complaints.push(
					...found.map((one) => `${method} ${exchange.asked.path} | ${name} | ${one}`),
				);
			}
		}
		expect(complaints.slice(0, SAMPLES)).toEqual([]);
		expect(strayed()).toEqual([]);
	}, 300_000);

	test('whatever is delivered comes out as one item with a key, or not at all', async () => {
		stage.record(targetOf(rig));
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
			expect(complaintsAboutWords(String(items[0]?._key))).toEqual([]);
		}
		const { items } = await trigger.deliver({ query: { ...query, secret: 'wrong' }, body: {} });
		expect(items).toBeUndefined();
	});
});

/** Answers that are too large, too late or without end: every run ends soon, in little memory, with words. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { ContractRig } from '../contract/support/describeContract.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { hugeBodies, pauses } from './support/answersMutations.mts';
import { startStage, type Exchange, type Replace, type Stage } from './support/answersStage.mts';
import { FUZZED, validCalls, type FuzzedVendor } from './support/answersVendors.mts';
import { complaintsAboutWords } from './support/answersVerdict.mts';

const LONGEST_RUN_MS = 20_000;
const MOST_MEMORY_BYTES = 400 * 1024 * 1024;
const MOST_REQUESTS = 200;
const VENDORS: FuzzedVendor[] = Object.values(FUZZED);

/** A list that can be read whole, and how an endless one of its kind looks. */
const LISTS: Record<string, { call: string; endless?: Array<[name: string, page: unknown]> }> = {
	'Event Vault': { call: 'guest: getAll' },
	Invitario: { call: 'guest: getAll' },
	ARTSVP: {
		call: 'booking: getAll',
		endless: [
			['empty pages', { has_more: true, last_booking_id: 'boo-$', data: [] }],
			['the same page', { has_more: true, last_booking_id: 'boo-$', data: [{ id: 'boo-1' }] }],
			['the same mark', { has_more: true, last_booking_id: 'boo-1', data: [{ id: 'boo-$' }] }],
		],
	},
	InEvent: {
		call: 'analytics: getAll',
		endless: [
			['the same rows', { data: [{ gate: 'north' }], pagination: { next_page: 1e9 } }],
			['a total that lies', { data: [], pagination: { total: 1e9, page_size: 1 } }],
			[
				'rows that are counted',
				{ data: [{ gate: 'x' }], pagination: { total: 1e9, page_size: 1 } },
			],
			['no word of pages', { data: Array.from({ length: 1_000 }, () => ({ gate: 'north' })) }],
		],
	},
	Eventtia: {
		call: 'country: getAll',
		endless: [
			[
				'empty pages',
				{ data: [], links: { next: 'http://127.0.0.1:1/x' }, meta: { total_pages: 1e9 } },
			],
			[
				'the same page',
				{
					data: [{ id: '1', type: 'countries' }],
					links: { next: { href: 'http://127.0.0.1:1/x' } },
					meta: { total_pages: 1e9 },
				},
			],
		],
	},
};

describe.each(VENDORS)('$name', (vendor) => {
	const { call = '', endless = [] } = LISTS[vendor.name] ?? {};
	let engine: Engine;
	let rig: ContractRig;
	let stage: Stage;
	let exchanges: Exchange[];
	let parameters: IDataObject;

	beforeAll(async () => {
		[engine, rig, stage] = await Promise.all([createEngine(), vendor.startRig(), startStage()]);
		rig.reset();
		const found = validCalls(vendor).find(({ title }) => title.startsWith(call));
		const run = found?.runs.at(1) ?? found?.runs[0];
		parameters = { ...run?.parameters, returnAll: true };
		exchanges = stage.record(targetOf());
		expect((await execute()).error).toBeUndefined();
	});
	afterAll(async () => await Promise.all([rig.close(), stage.close()]));

	function targetOf(): string {
		const [data = {}] = Object.values(rig.credentials);
		return new URL(String(data.baseUrl)).origin;
	}

	async function execute(options: IDataObject = {}) {
		const [data = {}] = Object.values(rig.credentials);
		const credential = { ...data, ...vendor.session, baseUrl: `${stage.url}${vendor.basePath}` };
		return await engine.run({
			nodeType: vendor.table.nodeType,
			parameters: {
				...parameters,
				options: { maxWait: 0, timeout: 10, concurrency: 1, ...options },
			},
			credentials: { [vendor.credentialType]: JSON.parse(JSON.stringify(credential)) },
			abortAfterMs: 2 * LONGEST_RUN_MS,
		});
	}

	/** What is wrong with how the list was read whose every page is replaced. */
	async function complaintsOf(name: string, replace: Replace, isError: boolean): Promise<string[]> {
		const isRead = ({ asked }: Exchange) =>
			vendor.isUnread?.(asked) !== true && vendor.isLogIn?.(asked) !== true;
		const at = exchanges.map(isRead).lastIndexOf(true);
		stage.play(exchanges, () => ({ at, replace, onlyPage: false }));
		const startedAt = performance.now();
		const { error, items } = await execute();
		const complaints = complaintsAboutWords(error?.message, error?.description);
		const tookMs = performance.now() - startedAt;
		if (tookMs > LONGEST_RUN_MS) complaints.push(`took ${tookMs} ms`);
		if (stage.asked.length > MOST_REQUESTS) complaints.push(`${stage.asked.length} requests`);
		if (isError && error === undefined) complaints.push(`no error, ${items.length} items`);
		return complaints.map((complaint) => `${name}: ${complaint}`);
	}

	// First of all: what a vendor says of coming back later holds for later runs as well.
	if (endless.length > 0) {
		test.each(endless)(
			'a list without end: %s',
			async (name, page) => {
				let count = 0;
				const replace: Replace = () => {
					count += 1;
					const text = JSON.stringify(page).replaceAll('$', String(count));
					return {
						status: 200,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from(text),
					};
				};
				expect(await complaintsOf(name, replace, false)).toEqual([]);
				expect(count).toBeGreaterThan(0);
			},
			120_000,
		);
	}

	test('ten megabytes of anything', async () => {
		const complaints: string[] = [];
		const before = process.memoryUsage().rss;
		for (const { name, replace } of hugeBodies()) {
			complaints.push(...(await complaintsOf(name, replace, true)));
		}
		expect(complaints).toEqual([]);
		expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY_BYTES);
	}, 240_000);

	test('a wish to come back later, said in any way', async () => {
		const complaints: string[] = [];
		for (const { name, replace } of pauses()) {
			complaints.push(...(await complaintsOf(name, replace, true)));
		}
		expect(complaints).toEqual([]);
	}, 120_000);
});

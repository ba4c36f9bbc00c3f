/** Responses that are too large, too late or endless: every run ends soon, with little memory and a message. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { startContractRig, type ContractRig } from '../contract/support/contractRig.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { VENDORS } from '../vendors/index.mts';
import { hugeBodies, pauses } from './support/responseMutations.mts';
import { startReplay, type Exchange, type Replace, type Replay } from './support/replay.mts';
import { checkMessage } from './support/responseChecks.mts';
import { rigCredential, originOf } from './support/credential.mts';
import { validCalls } from './support/validCalls.mts';

const LONGEST_RUN_MS = 20_000;
const MOST_MEMORY_BYTES = 400 * 1024 * 1024;
const MOST_REQUESTS = 200;

describe.each(VENDORS)('$key', (vendor) => {
	const facts = vendor.fuzz.responses;
	const { operation, endless } = facts.list;
	let engine: Engine;
	let rig: ContractRig;
	let replay: Replay;
	let exchanges: Exchange[];
	let parameters: IDataObject;

	beforeAll(async () => {
		[engine, rig, replay] = await Promise.all([
			createEngine(),
			startContractRig(vendor),
			startReplay(),
		]);
		rig.reset();
		const found = validCalls(vendor.contract.table).find(({ title }) =>
			title.startsWith(operation),
		);
		const run = found?.runs.at(1) ?? found?.runs[0];
		parameters = { ...run?.parameters, returnAll: true };
		exchanges = replay.record(originOf(rig));
		expect((await execute()).error).toBeUndefined();
	});
	afterAll(async () => await Promise.all([rig.close(), replay.close()]));

	async function execute(options: IDataObject = {}) {
		const { type, data } = rigCredential(rig);
		const { baseUrl } = vendor.credential.data(replay.url);
		const credential = { ...data, ...facts.session, baseUrl };
		return await engine.run({
			nodeType: vendor.key,
			parameters: {
				...parameters,
				options: { maxWait: 0, timeout: 10, concurrency: 1, ...options },
			},
			credentials: { [type]: JSON.parse(JSON.stringify(credential)) },
			abortAfterMs: 2 * LONGEST_RUN_MS,
		});
	}

	/** What is wrong with the result of a list in which every page is replaced. */
	async function collectFindings(
		name: string,
		replace: Replace,
		isError: boolean,
	): Promise<string[]> {
		const isRead = ({ asked }: Exchange) =>
			facts.isUnread?.(asked) !== true && facts.isLogIn?.(asked) !== true;
		const at = exchanges.map(isRead).lastIndexOf(true);
		replay.play(exchanges, () => ({ at, replace, onlyPage: false }));
		const startedAt = performance.now();
		const { error, items } = await execute();
		const findings = checkMessage(error?.message, error?.description);
		const tookMs = performance.now() - startedAt;
		if (tookMs > LONGEST_RUN_MS) findings.push(`took ${tookMs} ms`);
		if (replay.asked.length > MOST_REQUESTS) findings.push(`${replay.asked.length} requests`);
		if (isError && error === undefined) findings.push(`no error, ${items.length} items`);
		return findings.map((finding) => `${name}: ${finding}`);
	}

	// Runs first: a vendor's Retry-After also applies to later runs.
	if (endless.length > 0) {
		test.each(endless)(
			'an endless list: %s',
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
				expect(await collectFindings(name, replace, false)).toEqual([]);
				expect(count).toBeGreaterThan(0);
			},
			120_000,
		);
	}

	test('ten megabytes of anything', async () => {
		const findings: string[] = [];
		const before = process.memoryUsage().rss;
		for (const { name, replace } of hugeBodies()) {
			findings.push(...(await collectFindings(name, replace, true)));
		}
		expect(findings).toEqual([]);
		expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY_BYTES);
	}, 240_000);

	test('Retry-After in every form', async () => {
		const findings: string[] = [];
		for (const { name, replace } of pauses()) {
			findings.push(...(await collectFindings(name, replace, true)));
		}
		expect(findings).toEqual([]);
	}, 120_000);
});

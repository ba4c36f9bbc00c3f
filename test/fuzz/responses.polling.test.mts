/**
 * Spoiled responses to the polling triggers: never taken for "everything is deleted", never a reason to advance,
 * never a crash.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { seededRandom } from '../../sandbox/shared/random.mts';
import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { freshNode } from '../support/fresh-node.mts';
import { createPoller } from '../support/polling.mts';
import { startVirtualTime, type VirtualTime } from '../support/virtual-time.mts';
import { VENDORS } from '../vendors/index.mts';
import { damages, echoes, redirects, refusals, wholeBodies } from './support/responseMutations.mts';
import { startReplay, type Exchange, type Replay } from './support/replay.mts';
import { sample, SEED } from './support/responseSuite.mts';
import { checkMessage, leaksIn } from './support/responseChecks.mts';

const DAY_MS = 86_400_000;
const GUESTS = 30;
const SAMPLES = 14;
const MOST_SHOWN = 12;
/** Lists read in pages, with and without a list of changes, and complete lists. */
const EACH = VENDORS.flatMap((vendor) =>
	vendor.streams.slice(0, 2).map((stream) => ({ name: stream.name, vendor, stream })),
);

let engine: Engine;
let sandbox: Sandbox;
let replay: Replay;
let time: VirtualTime;

beforeAll(async () => {
	[engine, sandbox, replay] = await Promise.all([
		createEngine(),
		startSandbox({ seed: { guests: GUESTS } }),
		startReplay(),
	]);
	time = startVirtualTime();
});
afterAll(async () => {
	time.restore();
	await Promise.all([sandbox.close(), replay.close()]);
});

/** Whether the spoiled value belongs to one record of the list, which may then really have changed. */
function isInRecord(name: string): boolean {
	return /^(data|guests)?\.?\d+(\.| )/.test(name) || /^(data|guests) is (?!missing)/.test(name);
}

describe.each(EACH)('$vendor.key: $name', ({ vendor, stream }) => {
	test('a broken response causes no events, and nothing is lost', async () => {
		const random = seededRandom(SEED);
		const server = sandbox[vendor.key];
		vendor.api.liftLimits(server);
		const credential = {
			...vendor.credential.data(replay.url),
			...vendor.credential.unlimited,
		};
		const poller = await createPoller({
			engine,
			node: `${vendor.key}Trigger`,
			parameters: {
				triggerOn: Object.values(stream.events),
				...stream.scope(server),
				options: {},
			},
			credentials: { [vendor.credential.type]: { ...credential } },
			load: freshNode,
		});
		replay.record(server.url);
		expect(await poller.poll()).toMatchObject({ emitted: null, error: undefined });
		time.pass(DAY_MS);
		// One that reads everything.
		const exchanges: Exchange[] = replay.record(server.url);
		expect((await poller.poll()).error).toBeUndefined();
		const known = Object.values(JSON.parse(poller.saved()) as object)[0];
		const findings: string[] = [];
		let count = 0;
		for (const [at, exchange] of exchanges.entries()) {
			const isList = stream.lists(server).includes(exchange.asked.path);
			if (!isList) continue;
			const mutations = [
				...sample(wholeBodies(), SAMPLES, random),
				...sample(refusals(), SAMPLES / 2, random),
				...sample(redirects(replay.elsewhere), 1, random),
				...sample(echoes(), SAMPLES / 4, random),
				...sample(damages(exchange.answer), SAMPLES, random),
			];
			for (const { name, replace, leaves } of mutations) {
				count += 1;
				poller.overwrite(JSON.parse(JSON.stringify(known)));
				time.pass(DAY_MS);
				replay.play(exchanges, () => ({ at, replace, onlyPage: leaves === 'damaged' }));
				const spoiled = await poller.poll();
				const found = [
					...checkMessage(spoiled.error?.message, spoiled.error?.description),
					...leaksIn([spoiled.error, poller.logs], secretsIn(credential)),
				];
				const gone = spoiled.items.filter(({ _event }) => _event === stream.events.deleted);
				if (gone.length > 1) found.push(`${gone.length} are said to be deleted`);
				const isAboutOne = leaves === 'damaged' && isInRecord(name);
				if (!isAboutOne && spoiled.items.length > 0) {
					found.push(`told ${JSON.stringify(spoiled.items[0]).slice(0, 200)}`);
				}
				time.pass(DAY_MS);
				replay.play(exchanges);
				const after = await poller.poll();
				if (after.error !== undefined) found.push(`then: ${after.error.message}`);
				if (!isAboutOne && after.items.length > 0) {
					found.push(`then told ${JSON.stringify(after.items[0]).slice(0, 200)}`);
				}
				findings.push(...found.map((one) => `${exchange.asked.path} | ${name} | ${one}`));
			}
		}
		expect(count).toBeGreaterThan(SAMPLES);
		expect(findings.slice(0, MOST_SHOWN)).toEqual([]);
		expect(replay.strayed).toEqual([]);
	}, 300_000);
});

function secretsIn(credential: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(credential).flatMap(([name, value]) =>
			/key|password|secret|token/i.test(name) && typeof value === 'string' && value !== ''
				? [[name, value]]
				: [],
		),
	);
}

/**
 * Spoils every response that every operation of a vendor reads, one at a time, in n8n's real engine: no crash, no
 * request to another host, no secret in an error, no empty item.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { seededRandom } from '../../../sandbox/shared/random.mts';
import { startContractRig, type ContractRig } from '../../contract/support/contractRig.mts';
import type { PlannedRun } from '../../contract/support/plan.mts';
import {
	createEngine,
	type Engine,
	type NodeRunResult,
	type RunError,
} from '../../support/engine.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';
import {
	damages,
	echoes,
	redirects,
	refusals,
	wholeBodies,
	type Mutation,
} from './responseMutations.mts';
import {
	startReplay,
	TAG,
	type Asked,
	type Exchange,
	type Spoiled,
	type Replay,
} from './replay.mts';
import { checkItems, checkMessage, leaksIn, personalValues } from './responseChecks.mts';
import { TOKEN } from './awkward.mts';
import { originOf } from './credential.mts';
import { validCalls, type ValidCall } from './validCalls.mts';

/** Another seed finds other problems: `FUZZ_SEED=7 npm test`. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** Tests everything instead of a sample: takes an hour. */
const ALL = process.env.FUZZ_ALL === '1';
/** Longer than any run needs; the waits between attempts are switched off. */
const LONGEST_RUN_MS = 5_000;
const MOST_SHOWN = 15;

/** How many mutations each response gets. */
export interface Share {
	damages: number;
	refusals: number;
	echoes: number;
	/** The same for responses that were already tested with another operation. */
	again: number;
}

/** One recorded run. */
interface Recording {
	title: string;
	run: PlannedRun;
	exchanges: Exchange[];
	good: IDataObject[];
}

/** One response and its mutation. */
interface SpoiledAnswer extends Exchange, Spoiled {
	mutation: Mutation;
}

/** The result of a run, or of one of its items. */
interface Outcome {
	error: Pick<RunError, 'message' | 'description' | 'raw'> | undefined;
	items: IDataObject[];
}

const ITEMS_PER_GOOD_ONE = 10;

function named({ asked, mutation }: SpoiledAnswer): (finding: string) => string {
	return (finding) => `${asked.method} ${asked.path} | ${mutation.name} | ${finding}`;
}

export function describeResponses<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	share: Share,
	only: (index: number) => boolean = () => true,
): void {
	const { table } = vendor.contract;
	const facts = vendor.fuzz.responses;
	const met = new Set<string>();
	let engine: Engine;
	let rig: ContractRig;
	let replay: Replay;
	let count = 0;

	beforeAll(async () => {
		[engine, rig, replay] = await Promise.all([
			createEngine(),
			startContractRig(vendor),
			startReplay(),
		]);
	});
	afterAll(async () => {
		await Promise.all([rig.close(), replay.close()]);
		process.stdout.write(`\n${vendor.key}: ${count} spoiled answers, seed ${SEED}\n`);
	});

	function own(): IDataObject {
		const { credential } = vendor;
		return JSON.parse(JSON.stringify({ ...credential.data(replay.url), ...credential.unlimited }));
	}

	async function execute(
		run: Pick<PlannedRun, 'parameters' | 'items'>,
		credential: IDataObject,
		continues = false,
	): Promise<NodeRunResult> {
		const options = { ...Object(run.parameters.options), maxWait: 0, timeout: 5, concurrency: 1 };
		return await engine.run({
			nodeType: table.nodeType,
			parameters: { ...run.parameters, options },
			credentials: { [vendor.credential.type]: JSON.parse(JSON.stringify(credential)) },
			...(continues
				? { onError: 'continueRegularOutput' as const }
				: { abortAfterMs: LONGEST_RUN_MS }),
			...(run.items === undefined ? {} : { items: [...run.items] }),
		});
	}

	/** The run with every parameter or, if its filters match nothing, the one with the fewest. */
	async function record({ title, runs }: ValidCall): Promise<Recording> {
		const recordings: Recording[] = [];
		for (const run of runs.slice(0, 2)) {
			rig.reset();
			const exchanges = replay.record(originOf(rig));
			const { error, items } = await execute(run, own());
			expect(error).toBeUndefined();
			const recording = { title, run, exchanges, good: items.map(({ json }) => json) };
			if (items.length > 0) return recording;
			recordings.push(recording);
		}
		const [first] = recordings;
		if (first === undefined) throw new Error('No run is planned');
		return first;
	}

	/** A run for one spoiled response. */
	async function spoilOne(recording: Recording, spoiled: SpoiledAnswer): Promise<string[]> {
		const { run, exchanges } = recording;
		replay.play(exchanges, () => spoiled);
		count += 1;
		const startedAt = Date.now();
		const { error, items } = await execute(run, credentialFor(spoiled.asked));
		const tookMs = Date.now() - startedAt;
		const findings = tookMs > LONGEST_RUN_MS ? [`took ${tookMs} ms`] : [];
		const outcome: Outcome = { error, items: items.map(({ json }) => json) };
		return [...findings, ...checkRun(recording, spoiled, outcome)].map(named(spoiled));
	}

	/** One run for many: each item has its own spoiled response, and every tenth has a valid one. */
	async function spoilMany(
		recording: Recording,
		locator: string,
		all: readonly SpoiledAnswer[],
	): Promise<string[]> {
		const { run, exchanges, good } = recording;
		const planned = all.flatMap((spoiled, index) =>
			index % ITEMS_PER_GOOD_ONE === 0 ? [undefined, spoiled] : [spoiled],
		);
		replay.play(exchanges, (tag) => (tag === undefined ? undefined : planned[tag]));
		count += all.length;
		const { value = '', ...located } = Object(run.parameters[locator]);
		const startedAt = Date.now();
		const { error, items } = await execute(
			{
				...run,
				parameters: {
					...run.parameters,
					[locator]: {
						...located,
						value: `={{ ${JSON.stringify(`${value}${TAG}`)} + $itemIndex }}`,
					},
				},
				items: planned.map(() => run.items?.[0] ?? { json: {} }),
			},
			credentialFor(undefined),
			true,
		);
		const tookMs = Date.now() - startedAt;
		expect(error).toBeUndefined();
		const findings = tookMs > LONGEST_RUN_MS * planned.length ? [`took ${tookMs} ms`] : [];
		return planned.flatMap((spoiled, index) => {
			const own = items.filter(({ pairedItem }) => Object(pairedItem).item === index);
			const failed = own.find(({ json }) => 'error' in json && 'details' in json);
			if (spoiled === undefined) {
				const isWhole = failed === undefined && own.length === good.length;
				return isWhole
					? findings
					: [`item ${index} has no part in it: ${shown(own.map(({ json }) => json))}`];
			}
			const outcome: Outcome = {
				error:
					failed === undefined
						? undefined
						: {
								message: String(failed.json.error),
								description: String(Object(failed.json.details).description),
								raw: failed,
							},
				items: failed === undefined ? own.map(({ json }) => json) : [],
			};
			return checkRun(recording, spoiled, outcome).map(named(spoiled));
		});
	}

	function credentialFor(asked: Asked | undefined): IDataObject {
		const isLogIn = asked !== undefined && facts.isLogIn?.(asked) === true;
		return { ...own(), ...facts.disguise, ...(isLogIn ? {} : facts.session) };
	}

	/** What is wrong with how a spoiled response was handled. */
	function checkRun(
		{ title, run, exchanges, good }: Recording,
		{ asked, answer, mutation }: SpoiledAnswer,
		{ error, items }: Outcome,
	): string[] {
		const findings: string[] = [];
		const spoiled = mutation.replace(answer, asked);
		const isSame =
			spoiled.status === answer.status &&
			spoiled.body.equals(answer.body) &&
			!('content-encoding' in spoiled.headers);
		if (error !== undefined) {
			const secrets = Object.fromEntries(
				vendor.credential.secrets.map((name) => [
					name,
					String({ ...own(), ...facts.disguise }[name]),
				]),
			);
			const personal = exchanges.flatMap(({ answer: { body } }) =>
				personalValues(parsed(body), run.parameters),
			);
			findings.push(
				...checkMessage(error.message, error.description),
				...leaksIn(error.raw, { ...secrets, token: TOKEN, ...tokensIn(exchanges) }),
				...personal
					.filter((value) => `${error.message} ${error.description}`.includes(value))
					.map((value) => `${value} of somebody else in ${error.message} ${error.description}`),
			);
			if (error.message.trim() === '') findings.push('an error without words');
		}
		if (mutation.leaves === 'same' || isSame) {
			if (error !== undefined) findings.push(`an error: ${error.message}`);
			else if (items.length !== good.length) findings.push(`${items.length} items`);
		} else if (error === undefined && facts.isUnread?.(asked) !== true) {
			const isDocumented =
				(facts.mayBeSilent?.(asked) === true && isJsonOrNothing(spoiled.body)) ||
				mayBeAnything(answer.body, spoiled.body) ||
				isEmptyList(mutation, answer.body, spoiled.body);
			const isError =
				mutation.leaves === 'refusal' || (mutation.leaves === 'junk' && !isDocumented);
			if (isError) findings.push(`no error: ${shown(items)}`);
			const mayBeShorter =
				isEmptyList(mutation, answer.body, spoiled.body) ||
				facts.filteredBy?.test(mutation.name) === true;
			const hasIds = facts.withoutIds?.test(title) !== true;
			findings.push(...checkItems(items, good, mayBeShorter, hasIds));
		}
		return findings;
	}

	/** The locator that identifies the items of a run in its requests. */
	function locatorOf({ parameters }: PlannedRun): string | undefined {
		const { inEveryAddress: name } = facts;
		return name !== undefined && name in parameters ? name : undefined;
	}

	function mutationsOf({ asked, answer }: Exchange, random: () => number): Mutation[] {
		const key = `${asked.method} ${asked.path}`;
		const isMet = met.has(key);
		met.add(key);
		const some = (all: Mutation[], most: number) =>
			sample(all, isMet ? Math.min(most, share.again) : most, random);
		return [
			...some(wholeBodies(), Number.POSITIVE_INFINITY),
			...some(refusals(), share.refusals),
			...some(redirects(replay.elsewhere), share.refusals),
			...some(echoes(), share.echoes),
			...some(damages(answer), share.damages),
		];
	}

	describe(`hostile responses of ${vendor.key}`, () => {
		const calls = validCalls(table).filter((_, index) => only(index));
		test.each(calls)(
			'$title',
			async (call) => {
				const random = seededRandom(SEED);
				const recording = await record(call);
				const all = recording.exchanges.flatMap((exchange, at) =>
					mutationsOf(exchange, random).map((mutation) => ({
						...exchange,
						mutation,
						at,
						replace: mutation.replace,
						onlyPage: mutation.leaves === 'damaged' || mutation.leaves === 'shorter',
					})),
				);
				const findings: string[] = [];
				const locator = locatorOf(recording.run);
				const isAlone = ({ asked }: SpoiledAnswer) =>
					locator === undefined ||
					facts.isLogIn?.(asked) === true ||
					!`${asked.path}${asked.search}`.includes(
						String(Object(recording.run.parameters[locator]).value),
					);
				for (const spoiled of all.filter(isAlone)) {
					findings.push(...(await spoilOne(recording, spoiled)));
				}
				const together = all.filter((spoiled) => !isAlone(spoiled));
				if (locator !== undefined && together.length > 0) {
					findings.push(...(await spoilMany(recording, locator, together)));
				}
				expect(summary(findings)).toEqual([]);
				expect(replay.strayed.filter((one) => facts.mayStray?.test(one) !== true)).toEqual([]);
			},
			600_000,
		);
	});
}

/** Each kind of finding once, with the first response that caused it. */
function summary(findings: readonly string[]): string[] {
	const kinds = new Map<string, string[]>();
	for (const finding of findings) {
		const kind = finding.split(' | ').at(-1)?.slice(0, 60) ?? '';
		kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
	}
	return [...kinds.values()]
		.slice(0, MOST_SHOWN)
		.map(([first = '', ...others]) => `${first} (and ${others.length} more)`);
}

/** In pseudo-random order: the same for the same seed. */
export function sample<T>(all: readonly T[], most: number, random: () => number): T[] {
	if (ALL || all.length <= most) return [...all];
	return all
		.map((one) => ({ one, at: random() }))
		.sort((a, b) => a.at - b.at)
		.slice(0, most)
		.map(({ one }) => one);
}

function parsed(body: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(body.toString());
		return value;
	} catch {
		return undefined;
	}
}

/** Session tokens that the sandbox issued. */
function tokensIn(exchanges: readonly Exchange[]): Record<string, string> {
	const entries = exchanges.flatMap(({ answer }) => Object.entries(Object(parsed(answer.body))));
	return Object.fromEntries(
		entries.flatMap(([key, value]) =>
			/token$/i.test(key) && typeof value === 'string' ? [[key, value]] : [],
		),
	);
}

/** If the document shows no body, any JSON will do; text could be e.g. the page of a proxy. */
function mayBeAnything(documented: Buffer, spoiled: Buffer): boolean {
	const text = documented.toString().trim();
	return (text === '' || text === 'null') && isJsonOrNothing(spoiled);
}

function isJsonOrNothing(body: Buffer): boolean {
	const text = body.toString().trim();
	if (text === '' || text === '""') return true;
	const value = parsed(body);
	return value !== undefined && typeof value !== 'string';
}

/** A list may be empty, even without its usual envelope. */
function isEmptyList({ leaves }: Mutation, documented: Buffer, spoiled: Buffer): boolean {
	if (leaves === 'shorter') return true;
	const value: unknown = parsed(documented);
	const isList = Array.isArray(value) || Array.isArray(Object(value).data);
	return isList && spoiled.toString() === '[]';
}

function shown(items: readonly IDataObject[]): string {
	const text = JSON.stringify(items);
	return `${items.length} items ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

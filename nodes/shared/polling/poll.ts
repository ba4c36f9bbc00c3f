/**
 * The poll of every polling trigger: what n8n calls, around the decisions of `streamPoll.ts`. Keeps
 * nothing unless everything went well (reference: n8n-core `active-workflow-triggers.js`).
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
} from 'n8n-workflow';
import { toNodeError } from '../action/nodeError';
import { Parameters } from '../fields/parameters';
import { toLimits } from '../fields/runOptions';
import { inMs, readChoices, triggerProperties, type TriggerChoices } from './fields';
import { remember, resume } from './unsavedState';
import { canonical, newSalt, shortHash } from './hash';
import { UnreadableRows } from './snapshot';
import { recordFailure, isTransient, type FailureStreak } from './failureStreak';
import {
	newStreamState,
	readState,
	STATE_VERSION,
	revisionOf,
	type StreamState,
	type TriggerState,
} from './state';
import { eventItem } from './items';
import { pollStream } from './pollStream';
import type { PollBudget } from './pollBudget';
import type { PollingVendor, StartFrom, Stream } from './types';

/** The key of what is kept in the node's static data. */
const STATE_KEY = 'watch';
const FINGERPRINT_CHARACTERS = 16;
const DEFAULT_BUDGET_MS = 300_000;
/** Of the time that n8n gives: the rest is for the last page and for writing. */
const SHARE_OF_BUDGET = 0.6;
const MAX_SAMPLES = 5;
const MINUTES_PER_DAY = 1440;
/** What of a credential decides which records it shows; keys and passwords may be renewed. */
const CREDENTIAL_SCOPE = ['baseUrl', 'eventId', 'clientId', 'email'];
const FROM_NOW: StartFrom = { kind: 'now' };

/** Polls under way, by workflow and node: n8n does not keep them apart, and they share what is kept. */
const inFlight = new Set<string>();
/**
 * Contexts that have polled. Without durable cursors n8n makes one for each activation and saves what
 * is kept after its first poll, later only with items (n8n `trigger-execution-context.factory.js`);
 * with them it makes one for each poll, and saves after each but the first (see `handover.ts`).
 */
const hasPolled = new WeakSet<IPollFunctions>();
/** No items, but an execution: n8n saves what is kept. */
const SAVE_ONLY: INodeExecutionData[][] = [[]];
/** Troubles in a row, in memory only: a failed poll leaves everything else as it was. */
const failureStreaks = new Map<string, FailureStreak>();

/**
 * @returns the new items, or null where there are none; an empty list once, where a list was taken as
 *   known and n8n would not save that
 * @throws NodeApiError or NodeOperationError for what does not pass by itself, or has lasted
 */
export async function poll<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	const isManual = context.getMode() === 'manual';
	const key = keyOf(context);
	if (isManual) return await asNodeErrors(context, async () => await sample(context, trigger));
	if (inFlight.has(key)) return null;
	inFlight.add(key);
	try {
		const result = await tolerateTransient(
			context,
			key,
			async () => await pollLive(context, trigger),
		);
		hasPolled.add(context);
		return result;
	} finally {
		inFlight.delete(key);
	}
}

function keyOf(context: IPollFunctions): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}

async function asNodeErrors<T>(context: IPollFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}

async function tolerateTransient<T>(
	context: IPollFunctions,
	key: string,
	work: () => Promise<T>,
): Promise<T | null> {
	const done = work().then((result) => {
		failureStreaks.delete(key);
		return result;
	});
	return await done.catch((error: unknown) => {
		const { streak: trouble, shouldThrow: isOver } = recordFailure(
			failureStreaks.get(key),
			isTransient(error),
			Date.now(),
		);
		failureStreaks.set(key, trouble);
		const nodeError = toNodeError(context.getNode(), error);
		if (isOver) throw nodeError;
		context.logger.warn(
			`${context.getNode().name}: ${nodeError.message}. Nothing is lost: the next poll goes on from the same place (${trouble.polls} in a row).`,
		);
		return null;
	});
}

/** What a poll works with. */
interface OpenPoll<Client> {
	client: Client;
	parameters: Parameters;
	choices: TriggerChoices<Client>;
	credentials: ICredentialDataDecryptedObject;
}

async function openPoll<Client>(
	context: IPollFunctions,
	{ vendor, ...trigger }: PollingVendor<Client>,
): Promise<OpenPoll<Client>> {
	const credentials = await context.getCredentials(vendor.credentialType);
	const parameters = new Parameters(
		(name) => context.getNodeParameter(name, ''),
		triggerProperties({ vendor, ...trigger }),
		context.getTimezone(),
	);
	const choices = readChoices({ vendor, ...trigger }, parameters);
	const { timeoutMs, maxWaitMs } = toLimits(vendor, {});
	const limits = {
		timeoutMs,
		maxWaitMs: Math.min(maxWaitMs, budgetMsOf(context) * SHARE_OF_BUDGET),
	};
	const client = vendor.connect({ context, credentials, limits });
	return { client, parameters, choices, credentials };
}

async function pollLive<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	const opened = await openPoll(context, trigger);
	try {
		const staticData = context.getWorkflowStaticData('node');
		const key = keyOf(context);
		const saved: unknown = staticData[STATE_KEY];
		const before = revisionOf(saved);
		const found = isDurable(context) ? resume(key, saved, before, Date.now()) : saved;
		if (found === 'savePending') return null;
		const state = loadState(
			context,
			found,
			configurationHash(context, trigger, opened),
			canonical({ ...opened.choices.startFrom }),
		);
		const result = await pollStreams(context, opened, state).catch(async (error: unknown) => {
			if (!(error instanceof UnreadableRows)) throw error;
			return await pollStreams(context, opened, resetUnreadable(context, state));
		});
		const emittedAtMs = result.items.length > 0 ? Date.now() : undefined;
		remember(key, { previousRevision: before, state: result.state, emittedAtMs });
		// One assignment at the top, last of all: n8n notices it, and nothing can fail after it.
		staticData[STATE_KEY] = result.state;
		if (result.items.length > 0) return [result.items.map((json) => ({ json }))];
		return result.tookBaseline && hasPolled.has(context) ? SAVE_ONLY : null;
	} finally {
		await trigger.vendor.close?.(opened.client);
	}
}

/** One poll of every stream. */
interface PollResult {
	state: TriggerState;
	items: IDataObject[];
	/** Something was taken as known. */
	tookBaseline: boolean;
}

/** @throws UnreadableRows */
async function pollStreams<Client>(
	context: IPollFunctions,
	{ choices, client, parameters }: OpenPoll<Client>,
	kept: TriggerState,
): Promise<PollResult> {
	const budget = pollBudget(context);
	const streams: Record<string, StreamState> = {};
	const items: IDataObject[] = [];
	let tookBaseline = false;
	for (const { stream, chosen } of choices.streams) {
		const source = stream.open(client, parameters);
		const lookBackMinutes = source.lookBackMinutes ?? stream.lookBackMinutes;
		const settings = {
			salt: kept.salt,
			chosen,
			startFrom: kept.suppressExisting ? FROM_NOW : choices.startFrom,
			lookBackMs: choices.lookBackMs ?? inMs(lookBackMinutes) ?? 0,
			fullEveryMs: choices.fullEveryMs ?? inMs(stream.fullEveryMinutes ?? MINUTES_PER_DAY) ?? 0,
			largestDropPercent: choices.largestDropPercent,
			changedFields: choices.changedFields,
		};
		const before = kept.streams[stream.value] ?? newStreamState();
		const result = await pollStream(stream, source, settings, before, {
			...budget,
			items: choices.maxItems - items.length,
		});
		tookBaseline ||= before.phase === 'baseline' && result.state.phase === 'live';
		streams[stream.value] = result.state;
		items.push(...result.items);
		warnHeldBackDeletions(context, stream, result.heldBack);
	}
	const revision = items.length > 0 ? newSalt() : kept.revision;
	return { state: { ...kept, revision, streams }, items, tookBaseline };
}

function warnHeldBackDeletions<Client>(
	context: IPollFunctions,
	{ record }: Stream<Client>,
	count: number,
): void {
	if (count === 0) return;
	context.logger.warn(
		`${context.getNode().name}: ${count} ${record}s are missing from the list at once. Their deletion is held back until they are there again. If they are really gone, raise "Largest Drop" under "Options".`,
	);
}

/** What was kept, if it is readable and of the same configuration; else the trigger begins anew. */
function loadState(
	context: IPollFunctions,
	kept: unknown,
	configurationHash: string,
	start: string,
): TriggerState {
	const state = readState(toPlain(kept));
	if (state === 'absent') return resetState(configurationHash, start, false);
	if (state === 'unreadable') return resetUnreadable(context, { configurationHash, start });
	if (state.configurationHash === configurationHash && state.start === start) return state;
	context.logger.info(
		`${context.getNode().name}: what it watches was changed. The trigger begins anew${state.start === start ? ': what is there now is taken as known' : ''}.`,
	);
	return resetState(configurationHash, start, state.start === start);
}

/** The trigger begins anew, and says so. */
function resetUnreadable(
	context: IPollFunctions,
	{ configurationHash, start }: Pick<TriggerState, 'configurationHash' | 'start'>,
): TriggerState {
	context.logger.warn(
		`${context.getNode().name}: what was remembered of earlier polls cannot be read. The trigger begins anew: what is there now is taken as known.`,
	);
	return resetState(configurationHash, start, true);
}

function resetState(
	configurationHash: string,
	start: string,
	suppressExisting: boolean,
): TriggerState {
	const [salt, revision] = [newSalt(), newSalt()];
	return {
		v: STATE_VERSION,
		salt,
		revision,
		configurationHash,
		start,
		suppressExisting,
		streams: {},
	};
}

/** n8n wraps what it keeps (n8n-workflow `observable-object.js`); a copy is quick to read. */
function toPlain(kept: unknown): unknown {
	if (kept === undefined) return undefined;
	const copy: unknown = JSON.parse(JSON.stringify(kept));
	return copy;
}

/** What decides which records are watched, and how; not how many come out, nor in what shape. */
function configurationHash<Client>(
	context: IPollFunctions,
	{ vendor, scope, options = [] }: PollingVendor<Client>,
	{ parameters, choices, credentials }: OpenPoll<Client>,
): string {
	const details = context.getNode().credentials?.[vendor.credentialType];
	const watched = choices.streams.map(({ stream, chosen }) => [
		stream.value,
		stream.watched.map(({ name, keep }) => [name, keep]),
		chosen.some(({ rule }) => rule.kind === 'deleted'),
		// Without a choice of fields, events only filter; with one, they decide what is compared.
		choices.changedFields.length === 0 ? [] : chosen.map(({ value }) => value),
	]);
	const parts = [
		details?.id ?? '',
		CREDENTIAL_SCOPE.map((name) => credentials[name] ?? ''),
		watched,
		scope.map(({ name }) => parameters.rawValue(name)),
		options.map(({ name }) => parameters.rawEntry('options', name)),
		[...choices.changedFields].sort(),
	];
	return shortHash('', canonical(parts), FINGERPRINT_CHARACTERS);
}

function pollBudget(context: IPollFunctions): Omit<PollBudget, 'items'> {
	const startedMs = Date.now();
	const budgetMs = budgetMsOf(context) * SHARE_OF_BUDGET;
	return {
		isExhausted: () => Date.now() - startedMs >= budgetMs,
		nowMs: () => Date.now(),
	};
}

/** Whether n8n runs the poll with durable cursors: it then gives less time than otherwise. */
function isDurable(context: IPollFunctions): boolean {
	return budgetMsOf(context) < DEFAULT_BUDGET_MS;
}

/** Older n8n versions do not tell (n8n-workflow 2.41 `IPollFunctions`). */
function budgetMsOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	const budgetMs = context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	return Number.isFinite(budgetMs) && budgetMs > 0 ? budgetMs : DEFAULT_BUDGET_MS;
}

/** Recent records, as the first chosen event would give them; what is kept is neither read nor written. */
async function sample<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	const opened = await openPoll(context, trigger);
	try {
		const items: INodeExecutionData[] = [];
		for (const { stream, chosen } of opened.choices.streams) {
			const source = stream.open(opened.client, opened.parameters);
			const records = await (source.sample?.() ??
				source.all(undefined).then((page) => page.records));
			const alive = records.filter((record) => stream.isDeleted?.(record) !== true);
			const recent = [...alive]
				.sort((a, b) => (stream.changedAtMs?.(a) ?? 0) - (stream.changedAtMs?.(b) ?? 0))
				.slice(-MAX_SAMPLES);
			const shapes = await source.shape(recent);
			const event = chosen[0]?.value ?? '';
			shapes.forEach((json, index) => {
				const record = recent[index];
				const id = record === undefined ? '' : stream.idOf(record);
				items.push({ json: eventItem(json, event, `${stream.value}:${id}:sample:${event}`) });
			});
		}
		return items.length === 0 ? null : [items];
	} finally {
		await trigger.vendor.close?.(opened.client);
	}
}

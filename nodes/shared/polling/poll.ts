/**
 * The poll of every polling trigger, as n8n calls it: the effects around the decisions of
 * `pollStream.ts`. State changes only if everything succeeded (n8n-core
 * `active-workflow-triggers.js`).
 */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asNodeErrors, toNodeError } from '../action/nodeError';
import { DAY, MINUTE } from '../time';
import { configurationHash } from './configurationHash';
import { recordFailure, isTransient, type FailureStreak } from './failureStreak';
import { type TriggerChoices } from './fields';
import { canonical, newSalt } from './hash';
import { withOpenPoll, type OpenPoll } from './openPoll';
import { isDurable, startBudget } from './pollBudget';
import { pollStream, type StreamSettings } from './pollStream';
import { sample } from './sample';
import { UnreadableRows } from './snapshot';
import {
	newStreamState,
	readState,
	revisionOf,
	STATE_VERSION,
	type StreamState,
	type TriggerState,
} from './state';
import type { PollingVendor, Source, StartFrom, Stream } from './types';
import { remember, resume } from './unsavedState';

/** The key of the state in the node's static data. */
const STATE_KEY = 'watch';
const FROM_NOW: StartFrom = { kind: 'now' };

/** Polls in progress, by workflow and node: n8n lets polls overlap, and they share the state. */
const inFlight = new Set<string>();
/**
 * Contexts that have polled successfully. Without durable cursors n8n creates one context for each
 * activation and saves the state after its first poll, later only with items (n8n
 * `trigger-execution-context.factory.js`). With durable cursors it creates one for each poll and saves
 * after every poll but the first (see `unsavedState.ts`).
 */
const hasPolled = new WeakSet<IPollFunctions>();
/** Starts an execution without items, so that n8n saves the state. */
const SAVE_ONLY: INodeExecutionData[][] = [[]];
/** Failures in a row, by workflow and node. In memory only: a failed poll changes no saved state. */
const failureStreaks = new Map<string, FailureStreak>();

/**
 * @returns the new items, or null if there are none; an empty list if a stream became live and n8n
 *   would not save that
 * @throws NodeApiError or NodeOperationError for a failure that is not transient, or that has lasted
 */
export async function poll<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') {
		return await asNodeErrors(context, async () => await sample(context, trigger));
	}
	const key = nodeKey(context);
	if (inFlight.has(key)) return null;
	inFlight.add(key);
	try {
		const work = async () => await pollLive(context, trigger);
		const result = await tolerateTransient(context, key, work);
		hasPolled.add(context);
		return result;
	} finally {
		inFlight.delete(key);
	}
}

function nodeKey(context: IPollFunctions): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}

/** @returns null after a failure that is only logged */
async function tolerateTransient<T>(
	context: IPollFunctions,
	key: string,
	work: () => Promise<T>,
): Promise<T | null> {
	try {
		const result = await work();
		failureStreaks.delete(key);
		return result;
	} catch (error) {
		const { streak, shouldThrow } = recordFailure(
			failureStreaks.get(key),
			isTransient(error),
			Date.now(),
		);
		failureStreaks.set(key, streak);
		const nodeError = toNodeError(context.getNode(), error);
		if (shouldThrow) throw nodeError;
		context.logger.warn(
			`${context.getNode().name}: ${nodeError.message}. Nothing is lost: the next poll goes on from the same place (${streak.polls} in a row).`,
		);
		return null;
	}
}

async function pollLive<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	return await withOpenPoll(context, trigger, async (opened) => {
		const staticData = context.getWorkflowStaticData('node');
		const key = nodeKey(context);
		const saved: unknown = staticData[STATE_KEY];
		const previousRevision = revisionOf(saved);
		const resumed = isDurable(context) ? resume(key, saved, previousRevision, Date.now()) : saved;
		if (resumed === 'savePending') return null;
		const state = loadState(context, resumed, configurationOf(context, trigger, opened));
		const result = await pollStreams(context, opened, state).catch(async (error: unknown) => {
			if (!(error instanceof UnreadableRows)) throw error;
			return await pollStreams(context, opened, resetUnreadable(context, state));
		});
		const emittedAtMs = result.items.length > 0 ? Date.now() : undefined;
		remember(key, { previousRevision, state: result.state, emittedAtMs });
		// Assigned at the top level, which n8n notices, and as the last step, after which nothing can fail.
		staticData[STATE_KEY] = result.state;
		if (result.items.length > 0) return [result.items.map((json) => ({ json }))];
		return result.becameLive && hasPolled.has(context) ? SAVE_ONLY : null;
	});
}

interface PollResult {
	state: TriggerState;
	items: IDataObject[];
	/** A stream finished its first scan. */
	becameLive: boolean;
}

/** Polls every chosen stream. @throws UnreadableRows */
async function pollStreams<Client>(
	context: IPollFunctions,
	{ choices, client, parameters }: OpenPoll<Client>,
	state: TriggerState,
): Promise<PollResult> {
	const budget = startBudget(context);
	const streams: Record<string, StreamState> = {};
	const items: IDataObject[] = [];
	let becameLive = false;
	for (const { stream, chosen } of choices.streams) {
		const source = stream.open(client, parameters);
		const settings = { ...streamSettings(stream, source, choices, state), chosen };
		const before = state.streams[stream.value] ?? newStreamState();
		const result = await pollStream(stream, source, settings, before, {
			...budget,
			items: choices.maxItems - items.length,
		});
		becameLive ||= before.phase === 'baseline' && result.state.phase === 'live';
		streams[stream.value] = result.state;
		items.push(...result.items);
		warnHeldBackDeletions(context, stream, result.heldBack);
	}
	const revision = items.length > 0 ? newSalt() : state.revision;
	return { state: { ...state, revision, streams }, items, becameLive };
}

function streamSettings<Client>(
	stream: Stream<Client>,
	source: Source<IDataObject>,
	choices: TriggerChoices<Client>,
	{ salt, suppressExisting }: TriggerState,
): Omit<StreamSettings, 'chosen'> {
	const lookBackMinutes = source.lookBackMinutes ?? stream.lookBackMinutes ?? 0;
	const fullEveryMinutes = stream.fullEveryMinutes ?? DAY / MINUTE;
	return {
		salt,
		startFrom: suppressExisting ? FROM_NOW : choices.startFrom,
		lookBackMs: choices.lookBackMs ?? lookBackMinutes * MINUTE,
		fullEveryMs: choices.fullEveryMs ?? fullEveryMinutes * MINUTE,
		largestDropPercent: choices.largestDropPercent,
		changedFields: choices.changedFields,
	};
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

/** The part of the state that must match the node, or the trigger is reset. */
type StateConfiguration = Pick<TriggerState, 'configurationHash' | 'start'>;

function configurationOf<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
	{ parameters, choices, credentials }: OpenPoll<Client>,
): StateConfiguration {
	const credentialId = context.getNode().credentials?.[trigger.vendor.credentialType]?.id;
	const parts = { trigger, parameters, choices, credentials, credentialId };
	return {
		configurationHash: configurationHash(parts),
		start: canonical({ ...choices.startFrom }),
	};
}

/** The saved state, if it can be read and belongs to this configuration; otherwise a new one. */
function loadState(
	context: IPollFunctions,
	saved: unknown,
	configuration: StateConfiguration,
): TriggerState {
	const state = readState(toPlain(saved));
	if (state === 'absent') return newState(configuration, false);
	if (state === 'unreadable') return resetUnreadable(context, configuration);
	const { configurationHash: hash, start } = configuration;
	const hasSameStart = state.start === start;
	if (state.configurationHash === hash && hasSameStart) return state;
	context.logger.info(
		`${context.getNode().name}: what it watches was changed. The trigger begins anew${hasSameStart ? ': what is there now is taken as known' : ''}.`,
	);
	return newState(configuration, hasSameStart);
}

/** A new state in place of an unreadable one, with a warning. */
function resetUnreadable(context: IPollFunctions, configuration: StateConfiguration): TriggerState {
	context.logger.warn(
		`${context.getNode().name}: what was remembered of earlier polls cannot be read. The trigger begins anew: what is there now is taken as known.`,
	);
	return newState(configuration, true);
}

function newState(
	{ configurationHash: hash, start }: StateConfiguration,
	suppressExisting: boolean,
): TriggerState {
	return {
		v: STATE_VERSION,
		salt: newSalt(),
		revision: newSalt(),
		configurationHash: hash,
		start,
		suppressExisting,
		streams: {},
	};
}

/** A copy without the proxies of n8n's static data (n8n-workflow `observable-object.js`), which are slow. */
function toPlain(saved: unknown): unknown {
	if (saved === undefined) return undefined;
	const copy: unknown = JSON.parse(JSON.stringify(saved));
	return copy;
}

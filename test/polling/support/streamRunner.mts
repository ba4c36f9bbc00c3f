// Runs the real pollStream against the model vendor, stores its state like n8n, and lets the oracle check each poll.
import { decodeRows } from '../../../nodes/shared/polling/snapshotCodec.ts';
import {
	newStreamState,
	readState,
	STATE_VERSION,
	type StreamState,
} from '../../../nodes/shared/polling/state.ts';
import { pollStream, type StreamSettings } from '../../../nodes/shared/polling/pollStream.ts';
import type { Source, StartFrom, Stream } from '../../../nodes/shared/polling/types.ts';
import type { Runner, Setup } from './history.mts';
import type { ModelVendor, Person } from './modelVendor.mts';
import { Violation, copyState, Oracle, type OracleState } from './oracle.mts';
import { EVENTS, createStream } from './stream.mts';

export interface SavedState {
	text: string;
	oracleState: OracleState;
}

export class StreamRunner implements Runner {
	readonly oracle: Oracle;

	state: StreamState = newStreamState();

	/** The state after a restart. */
	private saved: SavedState;

	private readonly stream: Stream<ModelVendor, Person>;

	private readonly source: Source<Person>;

	private readonly settings: StreamSettings;

	private readonly hasIds: boolean;

	private watchedFields = 0;

	private itemLimit: number;

	private pageLimit = Number.POSITIVE_INFINITY;

	private clockSkewMs: number;

	private crashesNext = false;

	private isFirstPoll = true;

	/** Lists that the last poll started to read. */
	startedLists: string[] = [];

	emittedItems = 0;

	constructor(
		setup: Setup,
		private readonly vendor: ModelVendor,
		private readonly isDurable = setup.isDurable,
	) {
		const startFrom: StartFrom =
			setup.startFrom === 'date' ? { kind: 'date', ms: vendor.nowMs } : { kind: setup.startFrom };
		this.stream = createStream(setup.stream, setup.fullEveryMs, setup.lookBackMs);
		const watched = this.stream.watched.map(({ name }) => name);
		this.source = this.stream.open(vendor, {} as never);
		this.settings = {
			salt: 'salt',
			chosen: EVENTS.filter(({ value }) => setup.chosen.includes(value)),
			startFrom,
			lookBackMs: setup.lookBackMs,
			fullEveryMs: setup.fullEveryMs,
			largestDropPercent: setup.largestDropPercent,
			changedFields: setup.changedFields,
		};
		this.hasIds = setup.chosen.includes('personDeleted');
		this.itemLimit = setup.maxItems;
		this.clockSkewMs = setup.clockSkewMs;
		vendor.latencyMs = setup.latencyMs;
		this.oracle = new Oracle(
			{
				chosen: setup.chosen,
				changedFields: setup.changedFields,
				largestDropPercent: setup.largestDropPercent,
				confirmDeletions: setup.stream.confirmDeletions,
				hasCreationTime: setup.stream.hasCreationTime,
			},
			vendor,
			startFrom,
		);
		this.saved = { text: JSON.stringify(this.state), oracleState: copyState(this.oracle.state) };
		const needed = new Set(
			this.settings.chosen.flatMap(({ rule }) => (rule.kind === 'became' ? [rule.field] : [])),
		);
		this.watchedFields =
			setup.changedFields.length === 0
				? watched.length
				: watched.filter((name) => setup.changedFields.includes(name) || needed.has(name)).length;
	}

	get isSettled(): boolean {
		const { phase, fullScan, changeScan } = this.state;
		return phase === 'live' && fullScan === undefined && changeScan === undefined;
	}

	async poll(): Promise<void> {
		const { vendor, oracle } = this;
		vendor.beginPoll();
		const limit = this.pageLimit;
		this.pageLimit = Number.POSITIVE_INFINITY;
		const crashesNext = this.crashesNext;
		this.crashesNext = false;
		const budget = {
			items: this.itemLimit,
			isExhausted: () => vendor.pagesRead >= limit,
			nowMs: () => vendor.nowMs + this.clockSkewMs,
		};
		const result = await pollStream(
			this.stream,
			this.source,
			this.settings,
			this.state,
			budget,
		).catch((error: unknown) => {
			if (vendor.failure !== undefined && !vendor.failure.afterFirstPage) return undefined;
			throw error;
		});
		vendor.plannedFailure = undefined;
		this.startedLists = vendor.log.flatMap((entry) => (entry.kind === 'begin' ? [entry.list] : []));
		if (result === undefined) return;
		this.emittedItems = result.items.length;
		const wasLive = this.state.phase === 'live';
		const rows = decodeRows(result.state.rows, this.watchedFields);
		if (rows === undefined) throw new Violation('the state cannot be read');
		oracle.checkPoll({
			items: result.items,
			maxItems: this.itemLimit,
			phase: result.state.phase,
			heldBack: result.heldBack,
			known: this.hasIds ? [...rows.keys()] : rows.size,
		});
		this.state = toStored(result.state);
		const emits = result.items.length > 0;
		if (crashesNext && emits) {
			oracle.crash(result.items, this.saved.oracleState);
			await this.restart();
			return;
		}
		// poll() makes n8n save the state when a stream becomes live.
		const becameLive = !wasLive && this.state.phase === 'live';
		if (this.isDurable || this.isFirstPoll || emits || becameLive) this.save();
		this.isFirstPoll = false;
	}

	async restart(): Promise<void> {
		this.state = toStored(JSON.parse(this.saved.text));
		this.oracle.restore(this.saved.oracleState);
		// n8n polls at every start, and saves after that.
		this.isFirstPoll = true;
		await this.poll();
	}

	crashInNextPoll(): void {
		this.crashesNext = true;
	}

	limitPages(pages: number): void {
		this.pageLimit = pages;
	}

	setMaxItems(items: number): void {
		this.itemLimit = items;
	}

	setClockSkew(ms: number): void {
		this.clockSkewMs = ms;
	}

	async editNode(): Promise<void> {}

	private save(): void {
		this.saved = { text: JSON.stringify(this.state), oracleState: copyState(this.oracle.state) };
	}
}

/** The state as it is read from n8n's database. */
function toStored(state: unknown): StreamState {
	const stored: unknown = JSON.parse(
		JSON.stringify({
			v: STATE_VERSION,
			salt: 'salt',
			configurationHash: '',
			start: '',
			suppressExisting: false,
			streams: { person: state },
		}),
	);
	const read = readState(stored);
	const person = typeof read === 'string' ? undefined : read.streams.person;
	if (person === undefined) throw new Violation('the state cannot be read');
	// A poll must not change the stored state.
	for (const part of [person, person.fullScan, person.changeScan, person.dictionary])
		Object.freeze(part);
	return person;
}

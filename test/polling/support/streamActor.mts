// Runs the real pollStream against the model vendor, keeps its state as n8n would, and asks the oracle after each poll.
import { decodeRows } from '../../../nodes/shared/polling/snapshotCodec.ts';
import {
	newStreamState,
	readState,
	STATE_VERSION,
	type StreamState,
} from '../../../nodes/shared/polling/state.ts';
import { pollStream, type StreamSettings } from '../../../nodes/shared/polling/pollStream.ts';
import type { Source, StartFrom, Stream } from '../../../nodes/shared/polling/types.ts';
import type { Actor, Setup } from './history.mts';
import type { ModelVendor, Person } from './modelVendor.mts';
import { Broken, copyOf, Oracle, type Told } from './oracle.mts';
import { EVENTS, streamOf } from './stream.mts';

export interface Kept {
	text: string;
	told: Told;
}

export class StreamActor implements Actor {
	readonly oracle: Oracle;

	state: StreamState = newStreamState();

	/** What a restart finds. */
	private saved: Kept;

	private readonly stream: Stream<ModelVendor, Person>;

	private readonly source: Source<Person>;

	private readonly settings: StreamSettings;

	private readonly keepsIds: boolean;

	private watchedFields = 0;

	private items: number;

	private pages = Number.POSITIVE_INFINITY;

	private skewMs: number;

	private crashes = false;

	private isFirst = true;

	/** Lists that the last poll began to read. */
	begun: string[] = [];

	emitted = 0;

	constructor(
		setup: Setup,
		private readonly vendor: ModelVendor,
		private readonly isDurable = setup.isDurable,
	) {
		const startFrom: StartFrom =
			setup.startFrom === 'date' ? { kind: 'date', ms: vendor.nowMs } : { kind: setup.startFrom };
		this.stream = streamOf(setup.stream, setup.fullEveryMs, setup.lookBackMs);
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
		this.keepsIds = setup.chosen.includes('personDeleted');
		this.items = setup.cap;
		this.skewMs = setup.skewMs;
		vendor.latencyMs = setup.latencyMs;
		this.oracle = new Oracle(
			{
				chosen: setup.chosen,
				changedFields: setup.changedFields,
				largestDropPercent: setup.largestDropPercent,
				confirmsDeletion: setup.stream.confirmsDeletion,
				tellsCreation: setup.stream.tellsCreation,
			},
			vendor,
			startFrom,
		);
		this.saved = { text: JSON.stringify(this.state), told: copyOf(this.oracle.told) };
		const needed = new Set(
			this.settings.chosen.flatMap(({ rule }) => (rule.kind === 'became' ? [rule.field] : [])),
		);
		this.watchedFields =
			setup.changedFields.length === 0
				? watched.length
				: watched.filter((name) => setup.changedFields.includes(name) || needed.has(name)).length;
	}

	get isSettled(): boolean {
		const { phase, fullScan: full, changeScan: delta } = this.state;
		return phase === 'live' && full === undefined && delta === undefined;
	}

	async poll(): Promise<void> {
		const { vendor, oracle } = this;
		vendor.beginPoll();
		const limit = this.pages;
		this.pages = Number.POSITIVE_INFINITY;
		const crashes = this.crashes;
		this.crashes = false;
		const allowance = {
			items: this.items,
			isExhausted: () => vendor.pages >= limit,
			nowMs: () => vendor.nowMs + this.skewMs,
		};
		const result = await pollStream(
			this.stream,
			this.source,
			this.settings,
			this.state,
			allowance,
		).catch((error: unknown) => {
			if (vendor.failed !== undefined && !vendor.failed.isLater) return undefined;
			throw error;
		});
		vendor.fault = undefined;
		this.begun = vendor.served.flatMap((one) => (one.what === 'begin' ? [one.list] : []));
		if (result === undefined) return;
		this.emitted = result.items.length;
		const wasLive = this.state.phase === 'live';
		const rows = decodeRows(result.state.rows, this.watchedFields);
		if (rows === undefined) throw new Broken('the state cannot be read');
		oracle.judge({
			items: result.items,
			cap: this.items,
			phase: result.state.phase,
			heldBack: result.heldBack,
			known: this.keepsIds ? [...rows.keys()] : rows.size,
		});
		this.state = readable(result.state);
		const emits = result.items.length > 0;
		if (crashes && emits) {
			oracle.crash(result.items, this.saved.told);
			await this.restart();
			return;
		}
		// The shell sees to it that the end of the beginning is saved, too.
		const isTurn = !wasLive && this.state.phase === 'live';
		if (this.isDurable || this.isFirst || emits || isTurn) this.save();
		this.isFirst = false;
	}

	async restart(): Promise<void> {
		this.state = readable(JSON.parse(this.saved.text));
		this.oracle.forget(this.saved.told);
		// n8n polls at every start, and saves after that.
		this.isFirst = true;
		await this.poll();
	}

	crashNext(): void {
		this.crashes = true;
	}

	budget(pages: number): void {
		this.pages = pages;
	}

	cap(items: number): void {
		this.items = items;
	}

	skew(ms: number): void {
		this.skewMs = ms;
	}

	async edit(): Promise<void> {}

	private save(): void {
		this.saved = { text: JSON.stringify(this.state), told: copyOf(this.oracle.told) };
	}
}

/** As it comes back from n8n's database. */
function readable(state: unknown): StreamState {
	const kept: unknown = JSON.parse(
		JSON.stringify({
			v: STATE_VERSION,
			salt: 'salt',
			configurationHash: '',
			start: '',
			suppressExisting: false,
			streams: { person: state },
		}),
	);
	const read = readState(kept);
	const person = typeof read === 'string' ? undefined : read.streams.person;
	if (person === undefined) throw new Broken('the state cannot be read');
	// What was kept must not change, whatever the poll does.
	for (const part of [person, person.fullScan, person.changeScan, person.dictionary])
		Object.freeze(part);
	return person;
}

// Runs the real poll() the way n8n does: on its default engine, where one live object holds what a trigger keeps and
// is saved only with items and after activation, or with durable cursors, where every poll has a copy of its own that
// a throw discards and null commits (n8n `trigger-execution-context.factory.js`, n8n-core `poll-trigger-executor.js`).
import {
	ObservableObject,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { decodeRows } from '../../../nodes/shared/polling/snapshotCodec.ts';
import { poll } from '../../../nodes/shared/polling/poll.ts';
import { readState, type StreamState } from '../../../nodes/shared/polling/state.ts';
import type { PollingVendor } from '../../../nodes/shared/polling/types.ts';
import { partial } from '../../unit/shared/support/partial.mts';
import type { Actor, Setup } from './history.mts';
import type { ModelVendor } from './modelVendor.mts';
import { Broken, copyOf, nothingTold, Oracle, type Start, type Told } from './oracle.mts';
import { streamOf } from './stream.mts';

const LEAST_LATENCY_MS = 50;
const LONG_MS = 300_000;
/** Of n8n's time for a poll, what `poll.ts` takes for reading. */
const SHARE = 0.6;
const ATTEMPTS = 5;

let workflows = 0;

/** What n8n's database holds. */
interface Saved {
	text: string;
	told: Told;
	config: string;
}

export class ShellActor implements Actor {
	readonly oracle: Oracle;

	emitted = 0;

	begun: string[] = [];

	private readonly trigger: PollingVendor<ModelVendor>;

	private saved: Saved;

	/** The live object of n8n's default engine. */
	private live: IDataObject = {};

	/** One for each activation on the default engine, one for each poll with durable cursors. */
	private context: IPollFunctions;

	private isActive = false;

	private workflowId = '';

	private area = 0;

	private host = 0;

	private startFrom: Setup['startFrom'];

	private readonly startMs: number;

	private items: number;

	private pages: number | undefined;

	private skewMs: number;

	private crashes = false;

	private heldBack = 0;

	/** The configuration that the oracle's notes belong to. */
	private config: string;

	constructor(
		private readonly setup: Setup,
		private readonly vendor: ModelVendor,
	) {
		vendor.latencyMs = Math.max(setup.latencyMs, LEAST_LATENCY_MS);
		this.startFrom = setup.startFrom;
		this.startMs = vendor.nowMs;
		this.items = setup.cap;
		this.skewMs = setup.skewMs;
		this.trigger = triggerOf(setup, vendor);
		this.oracle = new Oracle(
			{
				chosen: setup.chosen,
				changedFields: setup.changedFields,
				largestDropPercent: setup.largestDropPercent,
				confirmsDeletion: setup.stream.confirmsDeletion,
				tellsCreation: setup.stream.tellsCreation,
			},
			vendor,
			this.start(),
		);
		this.config = this.wanted();
		this.saved = { text: '{}', told: copyOf(this.oracle.told), config: this.config };
		this.context = this.newContext();
		this.boot();
	}

	get isSettled(): boolean {
		const state = this.streamState();
		return (
			this.config === this.wanted() &&
			state?.phase === 'live' &&
			state.fullScan === undefined &&
			state.changeScan === undefined
		);
	}

	async poll(): Promise<void> {
		if (!this.isActive) await this.activate();
		else await this.tick();
	}

	async restart(): Promise<void> {
		this.boot();
		// Durable schedules go on where they were; the default engine polls at once.
		if (!this.setup.isDurable) await this.activate();
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

	/** Saves an edited node, which activates it anew, or edits its credential, which n8n does not notice. */
	async edit(which: number): Promise<void> {
		const kind = which % 4;
		if (kind === 0) this.area += 1;
		if (kind === 1) this.startFrom = this.startFrom === 'now' ? 'everything' : 'now';
		if (kind === 2) this.host += 1;
		if (this.config !== this.wanted()) this.oracle.beginAnew();
		if (kind !== 2 && this.isActive && !this.setup.isDurable) await this.activate();
	}

	private start(): Start {
		return this.startFrom === 'date'
			? { kind: 'date', ms: Math.floor(this.startMs) }
			: { kind: this.startFrom };
	}

	private wanted(): string {
		return JSON.stringify([this.area, this.host, this.start()]);
	}

	/** n8n starts: what was not saved is gone. */
	private boot(): void {
		workflows += 1;
		this.workflowId = `workflow ${workflows}`;
		this.load(this.saved.text);
		this.oracle.forget(this.saved.told);
		this.config = this.saved.config;
	}

	private load(text: string): void {
		this.live = ObservableObject.create(JSON.parse(text), undefined, {
			ignoreEmptyOnFirstChild: true,
		}) as IDataObject;
	}

	private async activate(): Promise<void> {
		this.context = this.newContext();
		for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
			if (await this.once()) {
				this.isActive = true;
				this.save();
				return;
			}
		}
		throw new Broken('n8n gave the trigger up');
	}

	private async tick(): Promise<void> {
		if (!this.setup.isDurable) {
			await this.once();
			return;
		}
		this.context = this.newContext();
		const before = JSON.stringify(this.live);
		const isGood = await this.once();
		if (isGood) this.save();
		else this.load(before);
	}

	/** One poll. @returns whether it did not throw */
	private async once(): Promise<boolean> {
		const { vendor, oracle } = this;
		vendor.beginPoll();
		this.heldBack = 0;
		const crashes = this.crashes;
		this.crashes = false;
		const before = JSON.stringify(this.live);
		const now = Date.now;
		Date.now = () => vendor.nowMs + this.skewMs;
		let result: INodeExecutionData[][] | null;
		try {
			result = await poll(this.context, this.trigger);
		} catch (error) {
			if (vendor.failed === undefined || vendor.failed.isLater) throw error;
			if (JSON.stringify(this.live) !== before) throw new Broken('a failed poll changed the state');
			return false;
		} finally {
			Date.now = now;
			this.pages = undefined;
		}
		vendor.fault = undefined;
		if (vendor.failed?.isLater === false) {
			if (result !== null) throw new Broken('a failed poll gave something');
			if (JSON.stringify(this.live) !== before) throw new Broken('a failed poll changed the state');
			return true;
		}
		this.judge(result ?? [[]], oracle, before !== '{}');
		if (result === null) return true;
		if (crashes) {
			oracle.crash(
				result.flat().map(({ json }) => json),
				this.saved.told,
			);
			// Without items it was a beginning, and so it was after a change of what is watched.
			if (result.flat().length === 0 || this.saved.config !== this.config) oracle.beginAnew();
			this.boot();
			if (!this.setup.isDurable) await this.activate();
			return true;
		}
		this.save();
		return true;
	}

	private judge(result: INodeExecutionData[][], oracle: Oracle, hadState: boolean): void {
		const state = this.streamState();
		if (state === undefined) throw new Broken('nothing was kept');
		if (this.config !== this.wanted()) {
			const [, , was] = JSON.parse(this.config) as unknown[];
			const [, , is] = JSON.parse(this.wanted()) as unknown[];
			const isQuiet = hadState && JSON.stringify(was) === JSON.stringify(is);
			oracle.forget(nothingTold(isQuiet ? { kind: 'now' } : this.start()));
			this.config = this.wanted();
		}
		const items = result.flat().map(({ json }) => json);
		this.emitted = items.length;
		this.begun = this.vendor.served.flatMap((one) => (one.what === 'begin' ? [one.list] : []));
		const rows = decodeRows(state.rows, this.watchedFields());
		if (rows === undefined) throw new Broken('the state cannot be read');
		oracle.judge({
			items,
			cap: this.items,
			phase: state.phase,
			heldBack: this.heldBack,
			known: this.setup.chosen.includes('personDeleted') ? [...rows.keys()] : rows.size,
		});
	}

	private watchedFields(): number {
		const { changedFields, chosen } = this.setup;
		const [stream] = this.trigger.streams;
		if (stream === undefined || changedFields.length === 0) return stream?.watched.length ?? 0;
		const needed = stream.events.flatMap(({ rule, value }) =>
			rule.kind === 'became' && chosen.includes(value) ? [rule.field] : [],
		);
		return stream.watched.filter(
			({ name }) => changedFields.includes(name) || needed.includes(name),
		).length;
	}

	private save(): void {
		if (this.live.__dataChanged !== true) return;
		this.saved = {
			text: JSON.stringify(this.live),
			told: copyOf(this.oracle.told),
			config: this.config,
		};
		this.live.__dataChanged = false;
	}

	private streamState(): StreamState | undefined {
		const kept = this.live.watch;
		const state = readState(kept === undefined ? undefined : JSON.parse(JSON.stringify(kept)));
		return typeof state === 'string' ? undefined : state.streams.person;
	}

	private newContext(): IPollFunctions {
		const { setup } = this;
		const parameters = (): IDataObject => ({
			triggerOn: setup.chosen,
			area: `area ${this.area}`,
			startFrom: this.startFrom,
			startDate: new Date(this.startMs).toISOString(),
			simplify: true,
			options: {
				changedFields: setup.changedFields,
				largestDrop: setup.largestDropPercent,
				maxItems: this.items,
			},
		});
		return partial<IPollFunctions>({
			getMode: () => 'trigger',
			getWorkflow: () => ({ id: this.workflowId, name: 'Guests', active: true }),
			getNode: () => ({
				id: 'node',
				name: 'Model Trigger',
				type: 'modelTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				credentials: { modelApi: { id: '1', name: 'Model' } },
			}),
			getNodeParameter: (name: string) => parameters()[name],
			getTimezone: () => 'Europe/Vienna',
			getCredentials: async () => ({ baseUrl: `https://host${this.host}.example.com` }),
			getWorkflowStaticData: () => this.live,
			getPollBudgetMs: () =>
				this.pages === undefined
					? LONG_MS * 1000
					: ((this.pages - 0.5) * this.vendor.latencyMs) / SHARE,
			logger: {
				info: () => undefined,
				warn: (words: string) => {
					const held = /: (\d+) persons are missing/.exec(words);
					if (held !== null) this.heldBack = Number(held[1]);
				},
			},
		});
	}
}

/** The same stream as for pollStream, as a trigger. */
function triggerOf(setup: Setup, vendor: ModelVendor): PollingVendor<ModelVendor> {
	const stream = streamOf(setup.stream, setup.fullEveryMs, setup.lookBackMs);
	return {
		vendor: {
			name: 'Model',
			credentialType: 'modelApi',
			resources: [],
			defaultConcurrency: 1,
			connect: () => vendor,
		},
		streams: [stream],
		scope: [{ displayName: 'Area', name: 'area', type: 'string', default: '' }],
	};
}

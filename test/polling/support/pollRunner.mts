// Runs the real poll() like n8n. On the default engine, all polls share one static data object, which is saved only
// with items and after activation. With durable cursors, every poll has a copy of its own; a throw discards it and
// null commits it (n8n `trigger-execution-context.factory.js`, n8n-core `poll-trigger-executor.js`).
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
import type { Runner, Setup } from './history.mts';
import type { ModelVendor } from './modelVendor.mts';
import {
	Violation,
	copyState,
	initialState,
	Oracle,
	type StartFrom,
	type OracleState,
} from './oracle.mts';
import { createStream } from './stream.mts';

const MIN_LATENCY_MS = 50;
const DEFAULT_BUDGET_MS = 300_000;
/** The share of n8n's time for a poll that `pollBudget.ts` uses for reading. */
const READING_SHARE = 0.6;
const MAX_ATTEMPTS = 5;

let workflows = 0;

/** n8n's database, and the oracle's state at the time of saving. */
interface Saved {
	text: string;
	oracleState: OracleState;
	configuration: string;
}

export class PollRunner implements Runner {
	readonly oracle: Oracle;

	emittedItems = 0;

	startedLists: string[] = [];

	private readonly trigger: PollingVendor<ModelVendor>;

	private saved: Saved;

	/** The object that the trigger reads and writes. */
	private staticData: IDataObject = {};

	/** The default engine creates one for each activation; with durable cursors each poll has its own. */
	private context: IPollFunctions;

	private isActive = false;

	private workflowId = '';

	private scopeRevision = 0;

	private hostRevision = 0;

	private startKind: Setup['startFrom'];

	private readonly startMs: number;

	private itemLimit: number;

	private pageLimit: number | undefined;

	private clockSkewMs: number;

	private crashesNext = false;

	private heldBack = 0;

	/** The configuration that the oracle's state belongs to. */
	private configuration: string;

	constructor(
		private readonly setup: Setup,
		private readonly vendor: ModelVendor,
	) {
		vendor.latencyMs = Math.max(setup.latencyMs, MIN_LATENCY_MS);
		this.startKind = setup.startFrom;
		this.startMs = vendor.nowMs;
		this.itemLimit = setup.maxItems;
		this.clockSkewMs = setup.clockSkewMs;
		this.trigger = createTrigger(setup, vendor);
		this.oracle = new Oracle(
			{
				chosen: setup.chosen,
				changedFields: setup.changedFields,
				largestDropPercent: setup.largestDropPercent,
				confirmDeletions: setup.stream.confirmDeletions,
				hasCreationTime: setup.stream.hasCreationTime,
			},
			vendor,
			this.toStartFrom(),
		);
		this.configuration = this.currentConfiguration();
		this.saved = {
			text: '{}',
			oracleState: copyState(this.oracle.state),
			configuration: this.configuration,
		};
		this.context = this.newContext();
		this.startProcess();
	}

	get isSettled(): boolean {
		const state = this.streamState();
		return (
			this.configuration === this.currentConfiguration() &&
			state?.phase === 'live' &&
			state.fullScan === undefined &&
			state.changeScan === undefined
		);
	}

	async poll(): Promise<void> {
		if (!this.isActive) await this.activate();
		else await this.scheduledPoll();
	}

	async restart(): Promise<void> {
		this.startProcess();
		// Durable schedules continue; the default engine polls immediately.
		if (!this.setup.isDurable) await this.activate();
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

	/** Saves an edited node, which n8n activates again, or edits its credential, which n8n does not notice. */
	async editNode(which: number): Promise<void> {
		const kind = which % 4;
		if (kind === 0) this.scopeRevision += 1;
		if (kind === 1) this.startKind = this.startKind === 'now' ? 'everything' : 'now';
		if (kind === 2) this.hostRevision += 1;
		if (this.configuration !== this.currentConfiguration()) this.oracle.reset();
		if (kind !== 2 && this.isActive && !this.setup.isDurable) await this.activate();
	}

	private toStartFrom(): StartFrom {
		return this.startKind === 'date'
			? { kind: 'date', ms: Math.floor(this.startMs) }
			: { kind: this.startKind };
	}

	private currentConfiguration(): string {
		return JSON.stringify([this.scopeRevision, this.hostRevision, this.toStartFrom()]);
	}

	/** n8n starts: unsaved state is lost. */
	private startProcess(): void {
		workflows += 1;
		this.workflowId = `workflow ${workflows}`;
		this.loadStaticData(this.saved.text);
		this.oracle.restore(this.saved.oracleState);
		this.configuration = this.saved.configuration;
	}

	private loadStaticData(text: string): void {
		this.staticData = ObservableObject.create(JSON.parse(text), undefined, {
			ignoreEmptyOnFirstChild: true,
		}) as IDataObject;
	}

	private async activate(): Promise<void> {
		this.context = this.newContext();
		for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
			if (await this.runPoll()) {
				this.isActive = true;
				this.save();
				return;
			}
		}
		throw new Violation('n8n deactivated the trigger');
	}

	private async scheduledPoll(): Promise<void> {
		if (!this.setup.isDurable) {
			await this.runPoll();
			return;
		}
		this.context = this.newContext();
		const before = JSON.stringify(this.staticData);
		const hasSucceeded = await this.runPoll();
		if (hasSucceeded) this.save();
		else this.loadStaticData(before);
	}

	/** One poll. @returns whether it did not throw */
	private async runPoll(): Promise<boolean> {
		const { vendor, oracle } = this;
		vendor.beginPoll();
		this.heldBack = 0;
		const crashesNext = this.crashesNext;
		this.crashesNext = false;
		const before = JSON.stringify(this.staticData);
		const now = Date.now;
		Date.now = () => vendor.nowMs + this.clockSkewMs;
		let result: INodeExecutionData[][] | null;
		try {
			result = await poll(this.context, this.trigger);
		} catch (error) {
			if (vendor.failure === undefined || vendor.failure.afterFirstPage) throw error;
			if (JSON.stringify(this.staticData) !== before)
				throw new Violation('a failed poll changed the state');
			return false;
		} finally {
			Date.now = now;
			this.pageLimit = undefined;
		}
		vendor.plannedFailure = undefined;
		if (vendor.failure?.afterFirstPage === false) {
			if (result !== null) throw new Violation('a failed poll returned something');
			if (JSON.stringify(this.staticData) !== before)
				throw new Violation('a failed poll changed the state');
			return true;
		}
		this.checkResult(result ?? [[]], oracle, before !== '{}');
		if (result === null) return true;
		if (crashesNext) {
			oracle.crash(
				result.flat().map(({ json }) => json),
				this.saved.oracleState,
			);
			// A poll without items took a baseline, and so did one after a change of the configuration.
			if (result.flat().length === 0 || this.saved.configuration !== this.configuration)
				oracle.reset();
			this.startProcess();
			if (!this.setup.isDurable) await this.activate();
			return true;
		}
		this.save();
		return true;
	}

	private checkResult(result: INodeExecutionData[][], oracle: Oracle, hadState: boolean): void {
		const state = this.streamState();
		if (state === undefined) throw new Violation('no state was stored');
		if (this.configuration !== this.currentConfiguration()) {
			const [, , oldStart] = JSON.parse(this.configuration) as unknown[];
			const [, , newStart] = JSON.parse(this.currentConfiguration()) as unknown[];
			const suppressesExisting = hadState && JSON.stringify(oldStart) === JSON.stringify(newStart);
			oracle.restore(initialState(suppressesExisting ? { kind: 'now' } : this.toStartFrom()));
			this.configuration = this.currentConfiguration();
		}
		const items = result.flat().map(({ json }) => json);
		this.emittedItems = items.length;
		this.startedLists = this.vendor.log.flatMap((entry) =>
			entry.kind === 'begin' ? [entry.list] : [],
		);
		const rows = decodeRows(state.rows, this.watchedFields());
		if (rows === undefined) throw new Violation('the state cannot be read');
		oracle.checkPoll({
			items,
			maxItems: this.itemLimit,
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
		if (this.staticData.__dataChanged !== true) return;
		this.saved = {
			text: JSON.stringify(this.staticData),
			oracleState: copyState(this.oracle.state),
			configuration: this.configuration,
		};
		this.staticData.__dataChanged = false;
	}

	private streamState(): StreamState | undefined {
		const saved = this.staticData.watch;
		const state = readState(saved === undefined ? undefined : JSON.parse(JSON.stringify(saved)));
		return typeof state === 'string' ? undefined : state.streams.person;
	}

	private newContext(): IPollFunctions {
		const { setup } = this;
		const parameters = (): IDataObject => ({
			triggerOn: setup.chosen,
			area: `area ${this.scopeRevision}`,
			startFrom: this.startKind,
			startDate: new Date(this.startMs).toISOString(),
			simplify: true,
			options: {
				changedFields: setup.changedFields,
				largestDrop: setup.largestDropPercent,
				maxItems: this.itemLimit,
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
			getCredentials: async () => ({ baseUrl: `https://host${this.hostRevision}.example.com` }),
			getWorkflowStaticData: () => this.staticData,
			getPollBudgetMs: () =>
				this.pageLimit === undefined
					? DEFAULT_BUDGET_MS * 1000
					: ((this.pageLimit - 0.5) * this.vendor.latencyMs) / READING_SHARE,
			logger: {
				info: () => undefined,
				warn: (message: string) => {
					const match = /: (\d+) persons are missing/.exec(message);
					if (match !== null) this.heldBack = Number(match[1]);
				},
			},
		});
	}
}

/** The trigger of the model vendor's stream. */
function createTrigger(setup: Setup, vendor: ModelVendor): PollingVendor<ModelVendor> {
	const stream = createStream(setup.stream, setup.fullEveryMs, setup.lookBackMs);
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

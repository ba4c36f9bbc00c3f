/**
 * Polls a trigger of the built package the way n8n does: through n8n-core's own executor, with static data that is
 * stored as n8n stores it, in its default mode or with durable cursors (reference: engine.md §4).
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isNativeError } from 'node:util/types';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPollFunctions,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { MemoryCredentialsHelper } from './engine-credentials.mts';
import { baseAdditionalData, type CredentialData, type Engine } from './engine.mts';

/** n8n's time limit for a poll: five minutes in n8n `poll-trigger-executor`, 36 seconds with durable cursors. */
const DEFAULT_BUDGET_MS = 300_000;
const DURABLE_BUDGET_MS = 36_000;
export const TRIGGER = 'Trigger';

export interface PollerOptions {
	engine: Engine;
	/** e.g. `eventVaultTrigger`. */
	node: string;
	parameters: IDataObject;
	credentials: CredentialData;
	/** With durable cursors: every poll works on a copy, which is stored unless the poll throws. */
	durable?: boolean;
	budgetMs?: number;
	/** IANA name; default UTC. */
	timeZone?: string;
	/** Returns the node as in a process that has just started. Default: the one the engine loaded. */
	load?: (node: string) => INodeType;
}

/** The result of one poll. */
export interface Polled {
	/** What `poll()` returned to n8n: null, or the items of each output. */
	emitted: INodeExecutionData[][] | null;
	items: IDataObject[];
	error: PollError | undefined;
	durationMs: number;
}

export interface PollError {
	name: string;
	message: string;
	description: string | undefined;
	failure: unknown;
}

/** Receives what a poll passes to n8n. */
interface Sink {
	emitted: INodeExecutionData[][] | null;
	error: PollError | undefined;
}

/** Overlapping polls share a context; each finds its own here. */
const sinks = new AsyncLocalStorage<Sink>();

interface Opened {
	workflow: Workflow;
	node: INode;
	context: IPollFunctions;
}

export interface LogLine {
	level: string;
	message: string;
}

export interface Poller {
	/** One poll at a poll time. Polls may overlap. */
	poll(): Promise<Polled>;
	/** "Fetch Test Event" in the editor. */
	test(): Promise<Polled>;
	/** Kills the process and starts another: unsaved state is lost. */
	restart(): void;
	/** The person edits the node, saves and publishes. */
	configure(parameters: IDataObject): void;
	/** The node's data in n8n's database, as text. */
	saved(): string;
	/** The node's data in the memory of the process, as text. */
	held(): string;
	/** Replaces the stored data. */
	overwrite(staticData: IDataObject): void;
	/** Replaces fields of a stored credential. */
	changeCredential(changes: ICredentialDataDecryptedObject): Promise<void>;
	readonly logs: LogLine[];
}

/** Sets up a workflow with one trigger; nothing is polled yet. */
export async function createPoller(options: PollerOptions): Promise<Poller> {
	const { engine, durable = false } = options;
	const { core, workflow: lib, container } = engine.modules;
	const fullName = `${engine.packages.ownPackageName}.${options.node}`;
	const helper = new MemoryCredentialsHelper(engine.modules, engine.packages);
	const credentials: INodeCredentials = {};
	for (const [type, data] of Object.entries(options.credentials)) {
		credentials[type] = await helper.add(type, data);
	}
	let parameters = options.parameters;
	let savedText = '{}';
	const logs: LogLine[] = [];
	const executor = container.get(core.PollTriggerExecutor);
	const workflowId = `poller-${Math.random().toString(36).slice(2)}`;

	function startProcess(type: INodeType): { workflow: Workflow; node: INode } {
		const workflow = new lib.Workflow({
			id: workflowId,
			name: 'Workflow',
			nodes: [
				{
					id: 'trigger',
					name: TRIGGER,
					type: fullName,
					typeVersion: 1,
					position: [0, 0],
					parameters: toParameters(parameters),
					credentials,
				},
			],
			connections: {},
			active: true,
			nodeTypes: {
				...engine.packages.nodeTypes,
				getByNameAndVersion: (name, version) =>
					name === fullName ? type : engine.packages.nodeTypes.getByNameAndVersion(name, version),
			},
			staticData: JSON.parse(savedText),
			settings: { timezone: options.timeZone ?? 'UTC' },
		});
		const node = workflow.getNode(TRIGGER);
		if (node === null) throw new Error('The trigger was not added');
		return { workflow, node };
	}

	const load = () => options.load?.(options.node) ?? engine.nodeType(options.node);
	let type = load();
	let process = startProcess(type);
	/** Created when the trigger is activated. */
	let active: Opened | undefined;
	const start = () => {
		process = startProcess(type);
		active = undefined;
	};

	/** Saves if n8n would notice the change (n8n `workflow-static-data.service.js`). */
	function save(): void {
		const { staticData } = process.workflow;
		if (!('__dataChanged' in staticData) || staticData.__dataChanged !== true) return;
		savedText = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}

	/** A context as n8n creates it: for each activation, or with durable cursors for each poll. */
	function open(mode: WorkflowExecuteMode): Opened {
		const { workflow, node } = process;
		const isDurable = durable && mode === 'trigger';
		const before = isDurable ? savedText : '';
		const staged = isDurable ? startProcess(type).workflow : workflow;
		const commit = () => {
			const after = JSON.stringify(staged.staticData);
			// Unchanged data is not written again.
			if (isDurable && after !== before) savedText = after;
		};
		const opened = new core.PollContext(
			workflow,
			node,
			baseAdditionalData(engine.modules, helper),
			mode,
			'init',
			(data) => {
				const sink = sinks.getStore();
				if (sink !== undefined) sink.emitted = data;
				if (isDurable) commit();
				else save();
			},
			(thrown) => {
				const sink = sinks.getStore();
				if (sink !== undefined) sink.error = toPollError(thrown);
			},
			async () => commit(),
			async (poll) => await poll(),
			() => staged.getStaticData('node', node),
			() => options.budgetMs ?? (durable ? DURABLE_BUDGET_MS : DEFAULT_BUDGET_MS),
		);
		Object.defineProperty(opened, 'logger', { value: recorder(logs) });
		// n8n-core's class says that it implements this; under `exactOptionalPropertyTypes` the
		// optional name of its `getWorkflow()` reads differently.
		return { workflow, node, context: opened as IPollFunctions };
	}

	async function run(work: (sink: Sink) => Promise<void>): Promise<Polled> {
		const sink: Sink = { emitted: null, error: undefined };
		const startedAt = performance.now();
		await sinks
			.run(sink, async () => await work(sink))
			.catch((thrown: unknown) => {
				sink.error = toPollError(thrown);
			});
		const durationMs = performance.now() - startedAt;
		const rows = (sink.emitted ?? []).flat().map(({ json }) => json);
		const items: IDataObject[] = JSON.parse(JSON.stringify(rows));
		return { ...sink, items, durationMs };
	}

	async function poll(): Promise<Polled> {
		const isFirst = active === undefined;
		active ??= open('trigger');
		const { workflow, node, context } = durable && !isFirst ? open('trigger') : active;
		return await run(async () => {
			const execute = executor.create(workflow, node, context, () => true);
			// The poll of an activation throws its error, and the data that it stored is saved (n8n
			// `workflow-trigger-activator.js`).
			await execute(isFirst);
			if (!isFirst) return;
			if (durable) await context.__commitCursor?.();
			else save();
		});
	}

	return {
		logs,
		poll,
		test: async () =>
			await run(async (sink) => {
				sink.emitted = (await type.poll?.call(open('manual').context)) ?? null;
			}),
		restart() {
			type = load();
			start();
		},
		configure(changes) {
			parameters = { ...parameters, ...changes };
			// n8n removes the trigger, which saves its data, and adds the new one.
			if (!durable) save();
			start();
		},
		saved: () => savedText,
		held: () => (durable ? savedText : JSON.stringify(process.workflow.staticData)),
		overwrite(staticData) {
			savedText = JSON.stringify({ [`node:${TRIGGER}`]: staticData });
			start();
		},
		async changeCredential(changes) {
			for (const [name, reference] of Object.entries(credentials)) {
				const data = await (await helper.getCredentials(reference, name)).getData();
				await helper.updateCredentials(reference, name, { ...data, ...changes });
			}
		},
	};
}

function recorder(logs: LogLine[]) {
	const at = (level: string) => (message: string) => void logs.push({ level, message });
	return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function toPollError(thrown: unknown): PollError {
	const fields: Record<string, unknown> = Object.assign({}, thrown);
	const description = fields.description;
	return {
		// One of n8n's errors may come from another realm, where `instanceof` does not recognise it.
		name: isNativeError(thrown) ? thrown.name : typeof thrown,
		message: isNativeError(thrown) ? thrown.message : String(thrown),
		description: typeof description === 'string' ? description : undefined,
		failure: fields.failure,
	};
}

/** Parameters are JSON; n8n's two names for JSON objects do not match in its types. */
function toParameters(parameters: IDataObject): INodeParameters {
	return JSON.parse(JSON.stringify(parameters));
}

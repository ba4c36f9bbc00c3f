/** Runs nodes and workflows through n8n-core's real engine, in this process and without a database. */
import type {
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeCredentials,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IPinData,
	IRun,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	ResourceMapperFields,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { runCredentialTest } from './engine-credential-test.mts';
import { MemoryCredentialsHelper } from './engine-credentials.mts';
import {
	loadEngineModules,
	loadPackages,
	startExpressionEngine,
	type EngineModules,
	type LoadedPackages,
} from './engine-modules.mts';
import { makeWebhookNode, type WebhookNode } from './engine-webhooks.mts';
import { repositoryRoot } from './paths.mts';

/** Decrypted credential data by credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

export interface EngineOptions {
	/** Folders of built packages; the first is the package under test. Default: the repository root. */
	packageDirs?: string[];
	/** Folder whose `node_modules` holds n8n-core. Default: the repository root. */
	modulesFrom?: string;
	/**
	 * How expressions are evaluated: `vm` as n8n does (in an isolate; needs the native package isolated-vm), `legacy`
	 * the same in this process. Default `legacy`.
	 */
	expressionEngine?: 'vm' | 'legacy';
	/** `false` returns the engine's own items instead of copies: for measuring memory. */
	copyItems?: boolean;
}

interface RunControl {
	/** Cancels the run, as the editor's stop button does. */
	signal?: AbortSignal;
	/** Cancels the run after this many milliseconds. */
	abortAfterMs?: number;
	/** The execution mode, i.e. how the run was started. Default `manual`. */
	mode?: WorkflowExecuteMode;
}

export interface NodeRunRequest extends RunControl {
	/** `eventVault`, or with its package: `n8n-nodes-base.httpRequest`. */
	nodeType: string;
	/** Default 1. */
	typeVersion?: number;
	/** Values and expressions (`={{ $json.email }}`); omitted parameters have their defaults. */
	parameters?: IDataObject;
	credentials?: CredentialData;
	/** Input items; default: one empty item. */
	items?: Array<{ json: IDataObject } & Partial<INodeExecutionData>>;
	continueOnFail?: boolean;
	onError?: NonNullable<INode['onError']>;
	executeOnce?: boolean;
	/** Other settings of the node (`retryOnFail`, `alwaysOutputData`, ...). */
	settings?: Partial<INode>;
}

export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: IDataObject;
}

export interface WorkflowRunRequest extends RunControl {
	credentials?: CredentialData;
	/** Name of the node to start from. Default: the trigger, as n8n finds it. */
	startNode?: string;
	pinData?: IPinData;
}

/** The error that ended a node or a run, as n8n stores it with the execution. */
export interface RunError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	itemIndex?: number;
	failure?: unknown;
	stack?: string;
	/** The whole stored error. */
	raw: unknown;
}

/** The result of one node in a run. */
export interface NodeResult {
	/** Items of each output; empty if there were none. */
	outputs: INodeExecutionData[][];
	status: ExecutionStatus | undefined;
	error?: RunError;
	hints: NodeExecutionHint[];
	/** Milliseconds the node took. */
	durationMs: number;
}

export interface WorkflowRunResult {
	status: ExecutionStatus;
	error?: RunError;
	/** By node name; nodes that did not run are missing. */
	nodes: Record<string, NodeResult>;
	/** Wall-clock milliseconds of the whole run. */
	durationMs: number;
	/** How often a credential was read and decrypted. */
	credentialReads: number;
	/** How often a `preAuthentication` log-in ran. */
	logins: number;
	/** The stored credentials after the run, with what a log-in persisted. */
	storedCredentials: CredentialData;
	/** What the engine returned, not copied. */
	rawRunData: IRun;
}

export interface NodeRunResult extends Omit<WorkflowRunResult, 'nodes'> {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** Items of the error output; only with `onError: 'continueErrorOutput'`. */
	errorItems?: INodeExecutionData[];
	hints: NodeExecutionHint[];
}

export interface MethodRequest {
	typeVersion?: number;
	parameters?: IDataObject;
	credentials?: CredentialData;
	/** The field whose list is requested, e.g. `parameters.userEmail`. */
	path?: string;
}

export interface ListSearchRequest extends MethodRequest {
	filter?: string;
	paginationToken?: string;
}

export interface WebhookNodeRequest extends Omit<MethodRequest, 'path'> {
	/** As under *Listen for test event*. */
	isTest?: boolean;
}

/** The engine with the packages it loaded. Create one per test file: loading takes seconds. */
export interface Engine {
	/** Runs one node over items; expressions and paired items refer to a node named `Start`. */
	run(request: NodeRunRequest): Promise<NodeRunResult>;
	/** Runs a workflow of several nodes. Node types of the package need its prefix. */
	runWorkflow(workflow: WorkflowJson, request?: WorkflowRunRequest): Promise<WorkflowRunResult>;
	/** Calls a `methods.listSearch` method as the editor's resource locator does. */
	listSearch(
		nodeType: string,
		method: string,
		request?: ListSearchRequest,
	): Promise<INodeListSearchResult>;
	/** Calls a `methods.loadOptions` method as the editor's drop-down does. */
	loadOptions(
		nodeType: string,
		method: string,
		request?: MethodRequest,
	): Promise<INodePropertyOptions[]>;
	/** Calls a `methods.resourceMapping` method as the editor's resource mapper does. */
	resourceMapping(
		nodeType: string,
		method: string,
		request?: MethodRequest,
	): Promise<ResourceMapperFields>;
	/** A webhook trigger in a workflow, for its webhook methods and deliveries. */
	webhookNode(nodeType: string, request?: WebhookNodeRequest): Promise<WebhookNode>;
	/** Tests a credential as the editor's "Test" does. */
	testCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<INodeCredentialTestResult>;
	/** The loaded node type, for checks of its description. */
	nodeType(nodeType: string, typeVersion?: number): INodeType;
	/** The run-time modules, for what the harness does not cover (polling). */
	modules: EngineModules;
	packages: LoadedPackages;
}

/** Name of the node that passes the items to the node under test. */
export const START_NODE = 'Start';
/** Name of the node under test in {@link Engine.run}. */
export const TESTED_NODE = 'Tested Node';

/** URLs that n8n always has; nothing listens there. */
const INSTANCE_URL = 'http://localhost:5678/';

/** Loads n8n-core and the built packages. Throws if the package under test is not built. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
	const modules = loadEngineModules(options.modulesFrom ?? repositoryRoot());
	const packages = await loadPackages(modules, options.packageDirs ?? [repositoryRoot()]);
	const copyItems = options.copyItems ?? true;
	if (options.expressionEngine === 'vm') await startExpressionEngine(modules);
	let executions = 0;

	const fullName = (nodeType: string) =>
		nodeType.includes('.') ? nodeType : `${packages.ownPackageName}.${nodeType}`;

	async function storeCredentials(credentials: CredentialData) {
		const helper = new MemoryCredentialsHelper(modules, packages);
		const references: INodeCredentials = {};
		for (const [type, data] of Object.entries(credentials)) {
			references[type] = await helper.add(type, data);
		}
		return { helper, references };
	}

	async function execute(
		json: WorkflowJson,
		references: INodeCredentials,
		helper: MemoryCredentialsHelper,
		request: WorkflowRunRequest,
	): Promise<WorkflowRunResult> {
		const { core, workflow: lib } = modules;
		const nodes = json.nodes.map((node) => withCredentials(node, references, packages));
		const workflow = new lib.Workflow({
			id: 'workflow',
			name: json.name ?? 'Workflow',
			nodes,
			connections: json.connections,
			active: false,
			nodeTypes: packages.nodeTypes,
			settings: { executionOrder: 'v1', ...json.settings },
		});
		const startNode = request.startNode
			? workflow.getNode(request.startNode)
			: workflow.getStartNode();
		if (!startNode) throw new Error(`No start node ${String(request.startNode ?? '')}`);

		const mode = request.mode ?? 'manual';
		const executionId = String(++executions);
		const additionalData: IWorkflowExecuteAdditionalData = {
			...baseAdditionalData(modules, helper),
			executionId,
			hooks: new core.ExecutionLifecycleHooks(mode, executionId, {
				id: workflow.id,
				name: String(workflow.name),
				active: false,
				isArchived: false,
				createdAt: new Date(),
				updatedAt: new Date(),
				nodes,
				connections: json.connections,
				activeVersionId: null,
			}),
		};

		const startedAt = performance.now();
		const pinData = { ...json.pinData, ...request.pinData };
		const execution = new core.WorkflowExecute(additionalData, mode).run({
			workflow,
			startNode,
			pinData,
		});
		const cancel = () => execution.cancel();
		const timer =
			request.abortAfterMs === undefined ? undefined : setTimeout(cancel, request.abortAfterMs);
		request.signal?.addEventListener('abort', cancel, { once: true });
		let rawRunData: IRun;
		try {
			rawRunData = await execution;
		} finally {
			clearTimeout(timer);
			request.signal?.removeEventListener('abort', cancel);
		}

		const { error } = rawRunData.data.resultData;
		return {
			status: rawRunData.status,
			...(error ? { error: toRunError(error) } : {}),
			nodes: nodeResults(rawRunData, copyItems),
			durationMs: performance.now() - startedAt,
			credentialReads: helper.reads,
			logins: helper.logins,
			storedCredentials: await helper.dump(),
			rawRunData,
		};
	}

	async function run(request: NodeRunRequest): Promise<NodeRunResult> {
		const { helper, references } = await storeCredentials(request.credentials ?? {});
		const tested: INode = {
			id: 'tested',
			name: TESTED_NODE,
			type: fullName(request.nodeType),
			typeVersion: request.typeVersion ?? 1,
			position: [0, 0],
			parameters: toParameters(request.parameters),
			...(request.continueOnFail === undefined ? {} : { continueOnFail: request.continueOnFail }),
			...(request.onError === undefined ? {} : { onError: request.onError }),
			...(request.executeOnce === undefined ? {} : { executeOnce: request.executeOnce }),
			...request.settings,
		};
		const start: INode = {
			id: 'start',
			name: START_NODE,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const json: WorkflowJson = {
			nodes: [start, tested],
			connections: { [START_NODE]: { main: [[{ node: TESTED_NODE, type: 'main', index: 0 }]] } },
			pinData: { [START_NODE]: request.items ?? [{ json: {} }] },
		};
		const { nodes, ...result } = await execute(json, references, helper, {
			...request,
			startNode: START_NODE,
		});
		const node = nodes[TESTED_NODE];
		return {
			...result,
			items: node?.outputs[0] ?? [],
			...(request.onError === 'continueErrorOutput' ? { errorItems: node?.outputs[1] ?? [] } : {}),
			hints: node?.hints ?? [],
			// With "continue", n8n ends the run as a success and keeps the node's error in the node's data.
			...(result.error || !node?.error ? {} : { error: node.error }),
		};
	}

	async function callMethod(nodeType: string, request: MethodRequest) {
		const { core, workflow: lib } = modules;
		const { helper, references } = await storeCredentials(request.credentials ?? {});
		const workflow = new lib.Workflow({
			nodes: [
				{
					id: 'method',
					name: TESTED_NODE,
					type: fullName(nodeType),
					typeVersion: request.typeVersion ?? 1,
					position: [0, 0],
					parameters: toParameters(request.parameters),
					credentials: references,
				},
			],
			connections: {},
			active: false,
			nodeTypes: packages.nodeTypes,
		});
		const node = workflow.getNode(TESTED_NODE);
		if (!node) throw new Error(`The node ${nodeType} was not added`);
		const context = new core.LoadOptionsContext(
			workflow,
			node,
			// The editor sends the node's parameters with their defaults.
			{ ...baseAdditionalData(modules, helper), currentNodeParameters: node.parameters },
			request.path ?? '',
		);
		const type = packages.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		return {
			// n8n-core's class says that it implements this; under `exactOptionalPropertyTypes` the
			// optional name of its `getWorkflow()` reads differently.
			context: context as ILoadOptionsFunctions,
			methods: type.methods,
			expression: workflow.expression,
		};
	}

	return {
		modules,
		packages,
		run,
		async runWorkflow(workflow, request = {}) {
			const { helper, references } = await storeCredentials(request.credentials ?? {});
			return await execute(workflow, references, helper, request);
		},
		async listSearch(nodeType, method, request = {}) {
			const { context, methods, expression } = await callMethod(nodeType, request);
			const search = methods?.listSearch?.[method];
			if (!search) throw new Error(`${nodeType} has no listSearch method "${method}"`);
			return plain(
				await expression.withIsolate(
					async () => await search.call(context, request.filter, request.paginationToken),
				),
			);
		},
		async loadOptions(nodeType, method, request = {}) {
			const { context, methods, expression } = await callMethod(nodeType, request);
			const load = methods?.loadOptions?.[method];
			if (!load) throw new Error(`${nodeType} has no loadOptions method "${method}"`);
			return plain(await expression.withIsolate(async () => await load.call(context)));
		},
		async resourceMapping(nodeType, method, request = {}) {
			const { context, methods, expression } = await callMethod(nodeType, request);
			const map = methods?.resourceMapping?.[method];
			if (!map) throw new Error(`${nodeType} has no resourceMapping method "${method}"`);
			return plain(await expression.withIsolate(async () => await map.call(context)));
		},
		async webhookNode(nodeType, request = {}) {
			const { helper, references } = await storeCredentials(request.credentials ?? {});
			const node: INode = {
				id: 'webhook',
				webhookId: 'webhook-id',
				name: TESTED_NODE,
				type: fullName(nodeType),
				typeVersion: request.typeVersion ?? 1,
				position: [0, 0],
				parameters: toParameters(request.parameters),
				credentials: references,
			};
			const additionalData = baseAdditionalData(modules, helper);
			return makeWebhookNode({ modules, packages, additionalData }, node, request.isTest === true);
		},
		async testCredential(type, data) {
			const { helper, references } = await storeCredentials({ [type]: data });
			const additionalData = baseAdditionalData(modules, helper);
			return await runCredentialTest(
				{ modules, packages, helper, references, additionalData },
				type,
				data,
			);
		},
		nodeType(nodeType, typeVersion) {
			return packages.nodeTypes.getByNameAndVersion(fullName(nodeType), typeVersion);
		},
	};
}

/** What n8n passes to every execution besides the workflow; parts that need a server throw. */
export function baseAdditionalData(
	{ core, container }: EngineModules,
	helper: MemoryCredentialsHelper,
): IWorkflowExecuteAdditionalData {
	const unavailable = async (): Promise<never> => {
		throw new Error('Not available in the engine harness');
	};
	return {
		credentialsHelper: helper,
		externalSecretsProxy: container.get(core.ExternalSecretsProxy),
		executeWorkflow: unavailable,
		startRunnerTask: unavailable,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => {},
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: INSTANCE_URL,
		restApiUrl: `${INSTANCE_URL}rest`,
		formBaseUrl: `${INSTANCE_URL}form`,
		formWaitingBaseUrl: `${INSTANCE_URL}form-waiting`,
		formTestBaseUrl: `${INSTANCE_URL}form-test`,
		webhookBaseUrl: `${INSTANCE_URL}webhook`,
		webhookWaitingBaseUrl: `${INSTANCE_URL}webhook-waiting`,
		webhookTestBaseUrl: `${INSTANCE_URL}webhook-test`,
		mcpBaseUrl: `${INSTANCE_URL}mcp`,
		mcpTestBaseUrl: `${INSTANCE_URL}mcp-test`,
	};
}

/** Gives a node the stored credentials that its type lists; HTTP Request may use any. */
function withCredentials(
	node: INode,
	references: INodeCredentials,
	packages: LoadedPackages,
): INode {
	const type = packages.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const usesAny = node.type === 'n8n-nodes-base.httpRequest';
	const listed = (type.description.credentials ?? []).map(({ name }) => name);
	const own = Object.entries(references).filter(([name]) => usesAny || listed.includes(name));
	return own.length === 0 ? node : { ...node, credentials: Object.fromEntries(own) };
}

function nodeResults(run: IRun, copyItems: boolean): Record<string, NodeResult> {
	const entries = Object.entries(run.data.resultData.runData).flatMap(([name, tasks]) => {
		// A node in a loop runs several times; its last run counts.
		const task = tasks.at(-1);
		if (!task) return [];
		const outputs = (task.data?.main ?? []).map((items) =>
			copyItems ? plain(items ?? []) : (items ?? []),
		);
		const result: NodeResult = {
			outputs,
			status: task.executionStatus,
			...(task.error ? { error: toRunError(task.error) } : {}),
			hints: plain(task.hints ?? []),
			durationMs: task.executionTime,
		};
		return [[name, result] as const];
	});
	return Object.fromEntries(entries);
}

/** Picks the parts of a stored error that tests check. */
function toRunError(raw: object): RunError {
	// n8n stores errors as plain objects whose fields depend on the class (NodeApiError, Error, ...).
	const fields: Record<string, unknown> = { ...raw };
	const context: Record<string, unknown> = { ...asObject(fields.context) };
	return {
		message: String(fields.message),
		...(isText(fields.description) ? { description: fields.description } : {}),
		...(isText(fields.httpCode) ? { httpCode: fields.httpCode } : {}),
		...(typeof context.itemIndex === 'number' ? { itemIndex: context.itemIndex } : {}),
		...(fields.failure === undefined ? {} : { failure: fields.failure }),
		...(typeof fields.stack === 'string' ? { stack: fields.stack } : {}),
		raw,
	};
}

function isText(value: unknown): value is string | null {
	return typeof value === 'string' || value === null;
}

function asObject(value: unknown): object {
	return typeof value === 'object' && value !== null ? value : {};
}

/** A copy without prototypes, as n8n stores it with the execution. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value));
}

/** Parameters are JSON; n8n's two names for JSON objects do not match in its types. */
function toParameters(parameters: IDataObject = {}): INodeParameters {
	return JSON.parse(JSON.stringify(parameters));
}

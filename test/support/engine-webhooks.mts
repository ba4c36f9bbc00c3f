/** Runs the life cycle of a webhook trigger as n8n does: its webhook methods, and deliveries to it. */
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeParameters,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import type { EngineModules, LoadedPackages } from './engine-modules.mts';

/** A request to the trigger's URL. */
export interface Delivery {
	query?: Record<string, string>;
	/** As n8n passes it on: parsed JSON, or text. Default: an empty object, as without a body. */
	body?: unknown;
}

/** The result of a delivery. */
export interface Delivered {
	/** The response that the node itself sent to the caller. */
	status: number | undefined;
	answer: unknown;
	/** `performance.now()` of the response, and of the end of the node's work. */
	answeredAt: number;
	doneAt: number;
	/** The items that start the workflow; undefined: it is not started. */
	items: IDataObject[] | undefined;
}

/** One trigger node in a workflow that n8n knows; its static data lives as long as it does. */
export interface WebhookNode {
	/** The node's data that n8n stores between executions. */
	readonly staticData: IDataObject;
	/** The URL that n8n gives the node. */
	readonly url: string;
	/** Publishes another version of the same node. */
	setParameters(parameters: IDataObject): void;
	checkExists(): Promise<boolean>;
	create(): Promise<boolean>;
	remove(): Promise<boolean>;
	/**
	 * Publishes: checks, and creates the missing webhooks. Source: n8n `webhook.service.js`,
	 * `createWebhookIfNotExists`.
	 */
	publish(): Promise<void>;
	deliver(delivery: Delivery): Promise<Delivered>;
}

interface Bench {
	modules: EngineModules;
	packages: LoadedPackages;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** @param isTest as under *Listen for test event*: other URLs, and manual executions */
export function makeWebhookNode(
	{ modules, packages, additionalData }: Bench,
	given: INode,
	isTest: boolean,
): WebhookNode {
	const { core, workflow: lib } = modules;
	const nodeType = packages.nodeTypes.getByNameAndVersion(given.type, given.typeVersion);
	const [description] = nodeType.description.webhooks ?? [];
	if (description === undefined) throw new Error(`${given.type} has no webhook`);
	const mode = isTest ? 'manual' : 'webhook';
	// Static data outlives the versions of a workflow: it is stored in the database separately.
	const kept: IDataObject = {};
	let { workflow, node } = load(given.parameters);

	function load(parameters: INodeParameters): { workflow: Workflow; node: INode } {
		const made = new lib.Workflow({
			id: 'workflow',
			name: 'Workflow',
			nodes: [{ ...given, parameters }],
			connections: {},
			active: !isTest,
			nodeTypes: packages.nodeTypes,
			staticData: kept,
		});
		const found = made.getNode(given.name);
		if (!found) throw new Error(`The node ${given.type} was not added`);
		return { workflow: made, node: found };
	}

	const webhookData = (): IWebhookData => ({
		httpMethod: 'POST',
		node: node.name,
		path: String(description.path),
		webhookDescription: description,
		workflowId: 'workflow',
		workflowExecuteAdditionalData: additionalData,
		isTest,
	});
	const hookContext = (): IHookFunctions => {
		const context = new core.HookContext(
			workflow,
			node,
			additionalData,
			isTest ? 'manual' : 'trigger',
			isTest ? 'manual' : 'activate',
			webhookData(),
		);
		// n8n-core's class says that it implements this; see `callMethod` in engine.mts.
		return context as IHookFunctions;
	};

	async function call(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const run = nodeType.webhookMethods?.default?.[method];
		if (run === undefined) throw new Error(`${given.type} has no webhook method "${method}"`);
		return await workflow.expression.withIsolate(async () => await run.call(hookContext()));
	}

	const webhookNode: WebhookNode = {
		get staticData() {
			return workflow.getStaticData('node', node);
		},
		get url() {
			return hookContext().getNodeWebhookUrl('default') ?? '';
		},
		setParameters(parameters) {
			const plain: INodeParameters = JSON.parse(JSON.stringify(parameters));
			({ workflow, node } = load(plain));
		},
		checkExists: async () => await call('checkExists'),
		create: async () => await call('create'),
		remove: async () => await call('delete'),
		async publish() {
			if (!(await call('checkExists'))) await call('create');
		},
		async deliver({ query = {}, body = {} }) {
			const { webhook } = nodeType;
			if (webhook === undefined) throw new Error(`${given.type} takes no deliveries`);
			const answered: Pick<Delivered, 'status' | 'answer' | 'answeredAt'> = {
				status: undefined,
				answer: undefined,
				answeredAt: Number.NaN,
			};
			const httpResponse = {
				status(status: number) {
					answered.status = status;
					return httpResponse;
				},
				json(answer: unknown) {
					answered.answer = answer;
					answered.answeredAt = performance.now();
					return httpResponse;
				},
			};
			const data: IWorkflowExecuteAdditionalData = Object.assign(
				{ ...additionalData },
				{
					httpRequest: { body, query, headers: {}, params: {} },
					httpResponse,
				},
			);
			const context = new core.WebhookContext(
				workflow,
				node,
				data,
				mode,
				webhookData(),
				[],
				null,
			) as IWebhookFunctions;
			const result: IWebhookResponseData = await workflow.expression.withIsolate(
				async () => await webhook.call(context),
			);
			const doneAt = performance.now();
			const items = result.workflowData?.[0]?.map(({ json }) => json);
			return { ...answered, doneAt, items };
		},
	};
	return webhookNode;
}

// A client for the REST interface of the n8n that run.mjs started.

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { z } from 'zod';
import { N8nClient } from './client.mts';

const EXECUTION_POLL_MS = 100;
const PAGE_DEADLINE_MS = 30_000;
const EXECUTION_DEADLINE_MS = 170_000;
/** n8n 1 saves the status of an execution before its data. */
const NOT_SAVED_YET = '[]';
const UNFINISHED = new Set(['new', 'running', 'waiting']);

const item = z.object({
	json: z.record(z.unknown()),
	pairedItem: z.unknown(),
	error: z.unknown(),
});
const nodeError = z
	.object({
		message: z.string(),
		description: z.string().nullish(),
		httpCode: z.string().nullish(),
	})
	.passthrough();
const executionData = z.object({
	resultData: z.object({
		error: nodeError.optional(),
		runData: z.record(
			z.array(
				z
					.object({
						// The output of a node; a tool or a model has other outputs than the main one.
						data: z.object({ main: z.array(z.array(item).nullable()).optional() }).optional(),
						error: nodeError.optional(),
					})
					.passthrough(),
			),
		),
	}),
});
const executionAnswer = z.object({ data: z.object({ status: z.string(), data: z.string() }) });
const credentialTest = z.object({
	data: z.object({ status: z.enum(['OK', 'Error']), message: z.string() }),
});
const idAnswer = z.object({ data: z.object({ id: z.string() }) });
const savedAnswer = z.object({ data: z.array(z.object({ id: z.string() })) });
const formAnswer = z.object({ formWaitingUrl: z.string() });
const runAnswer = z.object({ data: z.object({ executionId: z.string() }) });
const listAnswer = z.object({
	data: z.object({ results: z.array(z.object({ name: z.string(), value: z.string() })) }),
});
const optionsAnswer = z.object({
	data: z.array(z.object({ name: z.string(), value: z.string() })),
});
const mapperAnswer = z.object({
	data: z.object({
		fields: z.array(
			z
				.object({
					id: z.string(),
					displayName: z.string(),
					required: z.boolean(),
					type: z.string(),
					options: z
						.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
						.optional(),
				})
				.passthrough(),
		),
	}),
});
const flattedModule = z.object({ parse: z.function().args(z.string()).returns(z.unknown()) });

export type Json = Record<string, unknown>;
export type Item = z.infer<typeof item>;

/** A saved credential, as nodes and the credential test refer to it. */
export interface SavedCredential {
	id: string;
	name: string;
	type: string;
	data: Json;
}

/** A workflow as n8n exports it. */
export interface Workflow {
	name: string;
	nodes: Json[];
	connections: Json;
	settings?: Json;
	pinData?: Record<string, Array<{ json: Json }>>;
}

/** The result of an execution. `raw` is its data exactly as n8n saved it. */
export interface Execution {
	status: string;
	error: z.infer<typeof nodeError> | undefined;
	raw: string;
	/** The items of a node's output (default: the first one), in order. */
	items(nodeName: string, output?: number): Item[];
}

/** The texts that a person sees of a failed execution. */
export function errorTexts({ error }: Execution) {
	return { message: error?.message, description: error?.description };
}

function setting(name: string): string {
	const value = process.env[name];
	if (value === undefined || value === '') {
		throw new Error(`${name} is not set: start these tests with npm run test:e2e`);
	}
	return value;
}

const http = axios.create({
	baseURL: setting('GUESTLIST_E2E_URL'),
	headers: { cookie: setting('GUESTLIST_E2E_COOKIE') },
	proxy: false,
	// A status that is not a success is shown with n8n's own message.
	validateStatus: () => true,
});

async function call(method: string, url: string, data?: Json): Promise<unknown> {
	const answer = await http.request<unknown>({ method, url, data });
	if (answer.status >= 300) {
		throw new Error(
			`n8n answered ${method} ${url} with ${answer.status}: ${JSON.stringify(answer.data)}`,
		);
	}
	return answer.data;
}

/** n8n saves execution data in the format of this package, which comes with n8n. */
const flatted = flattedModule.parse(createRequire(setting('GUESTLIST_E2E_N8N'))('flatted'));

/** Saves a credential. */
export async function saveCredential(
	type: string,
	data: Json,
	name = `${type} of the test`,
): Promise<SavedCredential> {
	const answer = await call('POST', '/rest/credentials', { name, type, data });
	return { ...idAnswer.parse(answer).data, name, type, data };
}

/** Deletes every credential: n8n is as it was before the first one was created. */
export async function deleteCredentials(): Promise<void> {
	const { data } = savedAnswer.parse(await call('GET', '/rest/credentials'));
	for (const { id } of data) await call('DELETE', `/rest/credentials/${id}`);
}

/** Presses *Test* on a saved credential. */
export async function testCredential(
	credential: SavedCredential,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
	const { id, name, type, data } = credential;
	const answer = await call('POST', '/rest/credentials/test', {
		credentials: { id, name, type, data },
	});
	return credentialTest.parse(answer).data;
}

/** Saves a credential and presses *Test* on it. */
export async function testWith(
	type: string,
	data: Json,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
	return await testCredential(await saveCredential(type, data));
}

/** Imports a workflow. @returns its id */
export async function saveWorkflow(workflow: Workflow): Promise<string> {
	const created = await call('POST', '/rest/workflows', {
		settings: {},
		active: false,
		...workflow,
	});
	return idAnswer.parse(created).data.id;
}

/** Imports a workflow, runs it from its manual trigger, waits for its end and deletes it. */
export async function runWorkflow(workflow: Workflow): Promise<Execution> {
	const id = await saveWorkflow(workflow);
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const started = await call('POST', `/rest/workflows/${id}/run`, {
		workflowData: { ...workflow, id },
		triggerToStartFrom: { name: trigger?.name },
	});
	const { executionId } = runAnswer.parse(started).data;
	const deadline = Date.now() + EXECUTION_DEADLINE_MS;
	for (;;) {
		const answer = executionAnswer.parse(await call('GET', `/rest/executions/${executionId}`));
		const { status, data: raw } = answer.data;
		if (!UNFINISHED.has(status) && raw !== NOT_SAVED_YET) {
			const { error, runData } = executionData.parse(flatted.parse(raw)).resultData;
			return {
				status,
				error,
				raw,
				items: (nodeName, output = 0) =>
					(runData[nodeName] ?? []).flatMap((run) => run.data?.main?.[output] ?? []),
			};
		}
		if (Date.now() > deadline) throw new Error(`execution ${executionId} has not ended`);
		await sleep(EXECUTION_POLL_MS);
	}
}

/** Polls until the response is the expected one. */
async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
	const deadline = Date.now() + PAGE_DEADLINE_MS;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`${what} did not come`);
		await sleep(EXECUTION_POLL_MS);
	}
}

/**
 * Publishes a workflow, fills in its form as a guest would, and deletes the workflow.
 * @param answers to the fields of the form, in order
 * @returns the HTML of the form, and of the page that the guest sees at the end
 */
export async function submitForm(
	workflow: Workflow,
	answers: string[],
): Promise<{ form: string; page: string }> {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const client = N8nClient.shared();
	const id = await client.publish(workflow);
	try {
		return await fillIn(`/form/${String(trigger?.webhookId)}`, answers);
	} finally {
		await client.unpublish(id);
		await client.remove(id);
	}
}

async function readPage(path: string): Promise<string | undefined> {
	const { status, data } = await http.get<string>(path, { responseType: 'text' });
	return status < 300 ? data : undefined;
}

/** Sends what n8n's own form page sends (n8n `form-trigger.handlebars`). */
async function fillIn(path: string, answers: string[]): Promise<{ form: string; page: string }> {
	// Publishing continues for a moment after the response.
	const form = await until(async () => await readPage(path), 'the form');
	const filledIn = new FormData();
	for (const [index, answer] of answers.entries()) filledIn.append(`field-${index}`, answer);
	const { data } = await http.post<unknown>(path, filledIn);
	const { pathname, search } = new URL(formAnswer.parse(data).formWaitingUrl);
	await until(async () => {
		const status = await readPage(`${pathname}/n8n-execution-status${search}`);
		return status?.includes('running') === true ? undefined : status;
	}, 'the end of the workflow');
	const page = await until(async () => await readPage(`${pathname}${search}`), 'the last page');
	return { form, page };
}

/** The input and the parameters of a node. */
export interface NodeRun {
	/** e.g. `n8n-nodes-guestlist.eventVault` */
	type: string;
	parameters: Json;
	credential: SavedCredential;
	/** The input items; default: one empty item. */
	input?: Json[];
	/** n8n's *On Error* setting. */
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
}

const NODE_NAME = 'The Node';

/** Runs one node behind a manual trigger. `items` are those of its first output. */
export async function runNode(run: NodeRun): Promise<Execution & { output: Json[] }> {
	const { credential, input = [{}] } = run;
	const execution = await runWorkflow({
		name: 'one node',
		nodes: [
			{
				id: 'trigger',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name: NODE_NAME,
				type: run.type,
				typeVersion: 1,
				position: [200, 0],
				parameters: run.parameters,
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
				...(run.onError === undefined ? {} : { onError: run.onError }),
			},
		],
		connections: { Start: { main: [[{ node: NODE_NAME, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData: { Start: input.map((json) => ({ json })) },
	});
	const items = (output?: number) => execution.items(NODE_NAME, output);
	return {
		...execution,
		items: (_name, output) => items(output),
		output: items().map(({ json }) => json),
	};
}

/** A request of the editor to a node. `filter`: the typed search text. */
export interface EditorQuestion {
	type: string;
	parameter: string;
	method: string;
	/** The current parameter values. */
	parameters: Json;
	credential: SavedCredential;
	filter?: string;
}

/** Sends a request of the editor, below `/rest/dynamic-node-parameters`. */
async function askNode(kind: string, question: EditorQuestion): Promise<unknown> {
	const { credential, filter } = question;
	return await call('POST', `/rest/dynamic-node-parameters/${kind}`, {
		path: `parameters.${question.parameter}`,
		nodeTypeAndVersion: { name: question.type, version: 1 },
		methodName: question.method,
		currentNodeParameters: question.parameters,
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		...(filter === undefined ? {} : { filter }),
	});
}

/** The entries of a drop-down that the vendor fills. */
export async function optionChoices(
	question: EditorQuestion,
): Promise<Array<{ name: string; value: string }>> {
	return optionsAnswer.parse(await askNode('options', question)).data;
}

/** The entries of *From List* of a resource locator. */
export async function listChoices(
	question: EditorQuestion,
): Promise<Array<{ name: string; value: string }>> {
	return listAnswer.parse(await askNode('resource-locator-results', question)).data.results;
}

/** The fields that a resource mapper shows. */
export async function mapperFields(question: EditorQuestion) {
	return mapperAnswer.parse(await askNode('resource-mapper-fields', question)).data.fields;
}

/** Fetches a file that n8n serves to the editor. */
export async function fetchFile(
	path: string,
): Promise<{ status: number; contentType: string; body: string }> {
	const { status, headers, data } = await http.get<string>(path, { responseType: 'text' });
	return { status, contentType: String(headers['content-type']), body: data };
}

// A client for the REST interface of one n8n: published workflows and their executions.

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import type { Json, SavedCredential, Workflow } from './n8n.mts';

const POLL_MS = 200;
const PUBLISH_DEADLINE_MS = 60_000;
const EXECUTION_DEADLINE_MS = 60_000;
const MOST_EXECUTIONS = 100;
/** From this version on workflows are published; in older ones they are active or not. */
const FIRST_THAT_PUBLISHES = 2;
const UNFINISHED = new Set(['new', 'running', 'waiting']);
/** n8n 1 saves the status of an execution before its data. */
const NOT_SAVED_YET = '[]';
/** Unpublishing continues for a moment after the response, and n8n refuses to delete until then. */
const CONFLICT = 409;

const idAnswer = z.object({ data: z.object({ id: z.string() }) });
const versionAnswer = z.object({ data: z.object({ id: z.string(), versionId: z.string() }) });
const settingsAnswer = z.object({ data: z.object({ versionCli: z.string() }) });
const statusAnswer = z.object({
	data: z.object({
		status: z.string(),
		triggers: z.array(z.object({ status: z.string(), errorMessage: z.string().nullish() })),
	}),
});
const listAnswer = z.object({
	data: z.object({ results: z.array(z.object({ id: z.string(), status: z.string() })) }),
});
const executionAnswer = z.object({ data: z.object({ status: z.string(), data: z.string() }) });
const runData = z.object({
	executionData: z.object({ nodeExecutionStack: z.array(z.unknown()).optional() }).optional(),
	resultData: z.object({
		error: z.object({ message: z.string() }).passthrough().optional(),
		runData: z
			.record(
				z.array(
					z.object({
						data: z
							.object({
								main: z.array(
									z
										.array(
											z.object({
												json: z.record(z.unknown()),
												binary: z
													.record(z.object({ id: z.string(), fileName: z.string() }))
													.optional(),
											}),
										)
										.nullable(),
								),
							})
							.optional(),
					}),
				),
			)
			.default({}),
	}),
});
const credentialTest = z.object({
	data: z.object({ status: z.enum(['OK', 'Error']), message: z.string() }),
});
const runAnswer = z.object({ data: z.object({ executionId: z.string() }) });
const flattedModule = z.object({ parse: z.function().args(z.string()).returns(z.unknown()) });

/** The result of an execution of a published workflow. */
export interface Ended {
	id: string;
	status: string;
	error: string | undefined;
	/** The items of a node's first output; empty if it did not run. */
	items(nodeName: string): Json[];
	/** The files of a node's first output: where n8n keeps each, and its name. */
	files(nodeName: string): Array<{ id: string; fileName: string }>;
}

export class N8nClient {
	private readonly http: AxiosInstance;

	private readonly flatted = flattedModule.parse(
		createRequire(process.env.GUESTLIST_E2E_N8N ?? '')('flatted'),
	);

	private version: Promise<number> | undefined;

	/** Executions do not change once they have ended. */
	private readonly read = new Map<string, Ended>();

	/** @param url of n8n, @param cookie of a log-in */
	constructor(
		readonly url: string,
		cookie: string,
	) {
		// A status that is not a success is shown with n8n's own message.
		const validateStatus = () => true;
		this.http = axios.create({ baseURL: url, headers: { cookie }, proxy: false, validateStatus });
	}

	/** The n8n that all end-to-end tests share. */
	static shared(): N8nClient {
		return new N8nClient(
			process.env.GUESTLIST_E2E_URL ?? '',
			process.env.GUESTLIST_E2E_COOKIE ?? '',
		);
	}

	async saveCredential(type: string, data: Json): Promise<SavedCredential> {
		const name = `${type} of the test`;
		const answer = await this.call('POST', '/rest/credentials', { name, type, data });
		return { ...idAnswer.parse(answer).data, name, type, data };
	}

	/** Presses *Test* on a saved credential. */
	async testCredential(credentials: SavedCredential) {
		const answer = await this.call('POST', '/rest/credentials/test', { credentials });
		return credentialTest.parse(answer).data;
	}

	/** Imports a workflow, runs it from its manual trigger, and waits for its end. */
	async run(workflow: Workflow): Promise<Ended> {
		return await this.outcome(await this.start(workflow));
	}

	/** Imports a workflow and starts it from its manual trigger. @returns the ID of the execution */
	async start(workflow: Workflow): Promise<string> {
		const created = await this.call('POST', '/rest/workflows', {
			settings: {},
			active: false,
			...workflow,
		});
		const { id } = idAnswer.parse(created).data;
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		const started = await this.call('POST', `/rest/workflows/${id}/run`, {
			workflowData: { ...workflow, id },
			triggerToStartFrom: { name: trigger?.name },
		});
		return runAnswer.parse(started).data.executionId;
	}

	/** Waits for the end of an execution; `waiting`: until it waits for a person. */
	async outcome(executionId: string, end: 'end' | 'waiting' = 'end'): Promise<Ended> {
		let ended: Ended | undefined;
		await until(`the ${end} of execution ${executionId}`, EXECUTION_DEADLINE_MS, async () => {
			ended = await this.execution(executionId, end);
			return ended !== undefined;
		});
		if (ended === undefined) throw new Error(`execution ${executionId} has not ended`);
		return ended;
	}

	/** Sends what n8n's own form page sends for the form of a *Wait* node. @param url with its signature */
	async answerForm(url: string, answers: string[]): Promise<void> {
		const filledIn = new FormData();
		for (const [index, answer] of answers.entries()) filledIn.append(`field-${index}`, answer);
		const { pathname, search } = new URL(url);
		await this.call('POST', `${pathname}${search}`, filledIn);
	}

	/** Sends a node a request of the editor. @returns n8n's response, as text */
	async ask(kind: 'options' | 'resource-locator-results', question: Json): Promise<string> {
		const url = `/rest/dynamic-node-parameters/${kind}`;
		const { data } = await this.http.post<unknown>(url, question);
		return JSON.stringify(data);
	}

	/** The content of a file that a node output. */
	async readFile({ id }: { id: string }): Promise<string> {
		return (await this.file(`/rest/binary-data?action=view&id=${encodeURIComponent(id)}`)).body;
	}

	/** A file that n8n serves to the editor. */
	async file(path: string): Promise<{ status: number; contentType: string; body: string }> {
		const { status, headers, data } = await this.http.get<string>(path, { responseType: 'text' });
		return { status, contentType: String(headers['content-type']), body: data };
	}

	/** Imports a workflow, publishes it, and waits until its triggers are on. @returns its ID */
	async publish(workflow: Workflow): Promise<string> {
		const created = await this.call('POST', '/rest/workflows', {
			settings: {},
			active: false,
			...workflow,
		});
		const { id, versionId } = versionAnswer.parse(created).data;
		await this.activate(id, versionId);
		return id;
	}

	/** Saves other nodes in a published workflow and publishes it. */
	async republish(id: string, workflow: Workflow): Promise<void> {
		const saved = versionAnswer.parse(
			await this.call('PATCH', `/rest/workflows/${id}`, {
				...workflow,
				versionId: versionAnswer.parse(await this.call('GET', `/rest/workflows/${id}`)).data
					.versionId,
			}),
		).data;
		await this.activate(id, saved.versionId);
	}

	private async activate(id: string, versionId: string): Promise<void> {
		if (await this.isPublishing()) {
			await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
			await this.untilPublished(id);
		} else {
			// It responds when the triggers are on, or with their error.
			await this.call('PATCH', `/rest/workflows/${id}`, { active: true, versionId });
		}
	}

	/** Whether this n8n publishes workflows. Older ones switch them on and off immediately. */
	private async isPublishing(): Promise<boolean> {
		this.version ??= this.call('GET', '/rest/settings').then((answer) =>
			Number.parseInt(settingsAnswer.parse(answer).data.versionCli, 10),
		);
		return (await this.version) >= FIRST_THAT_PUBLISHES;
	}

	/** Publishing continues after the response. @throws Error with n8n's own message if a trigger failed */
	async untilPublished(id: string): Promise<void> {
		await until(`workflow ${id} is published`, PUBLISH_DEADLINE_MS, async () => {
			const { status, triggers } = await this.publication(id);
			if (triggers.some((one) => one.status === 'failed')) {
				throw new Error(`a trigger failed: ${JSON.stringify(triggers)}`);
			}
			return status === 'published';
		});
	}

	/** The state of a workflow's triggers. */
	async publication(id: string) {
		const answer = await this.call('GET', `/rest/workflows/${id}/publication-status`);
		return statusAnswer.parse(answer).data;
	}

	/** Unpublishes a workflow and waits until its triggers are off. */
	async unpublish(id: string): Promise<void> {
		if (!(await this.isPublishing())) {
			await this.call('PATCH', `/rest/workflows/${id}`, { active: false });
			return;
		}
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
		await until(`workflow ${id} is unpublished`, PUBLISH_DEADLINE_MS, async () => {
			return (await this.publication(id)).status === 'not_published';
		});
	}

	/** Deletes an unpublished workflow. */
	async remove(id: string): Promise<void> {
		if (await this.isPublishing()) await this.call('POST', `/rest/workflows/${id}/archive`, {});
		await until(`workflow ${id} is deleted`, PUBLISH_DEADLINE_MS, async () => {
			const { status, data } = await this.http.delete<unknown>(`/rest/workflows/${id}`);
			if (status >= 300 && status !== CONFLICT) {
				throw new Error(`n8n answered the deletion with ${status}: ${JSON.stringify(data)}`);
			}
			return status !== CONFLICT;
		});
	}

	/** All finished executions of a workflow, the oldest first. */
	async executions(workflowId: string): Promise<Ended[]> {
		const ended: Ended[] = [];
		for (const { id, status } of await this.listed(workflowId)) {
			const one = UNFINISHED.has(status) ? undefined : await this.execution(id);
			if (one !== undefined) ended.push(one);
		}
		return ended;
	}

	/** The IDs of a workflow's executions that wait for a person, the oldest first. */
	async waiting(workflowId: string): Promise<string[]> {
		const listed = await this.listed(workflowId);
		return listed.filter(({ status }) => status === 'waiting').map(({ id }) => id);
	}

	private async listed(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = JSON.stringify({ workflowId });
		const path = `/rest/executions?limit=${MOST_EXECUTIONS}&filter=${encodeURIComponent(filter)}`;
		return listAnswer.parse(await this.call('GET', path)).data.results.reverse();
	}

	/** An execution, if it has ended; `waiting`: also if it waits for a person. */
	private async execution(id: string, end: 'end' | 'waiting' = 'end'): Promise<Ended | undefined> {
		const known = this.read.get(id);
		if (known !== undefined) return known;
		const answer = await this.call('GET', `/rest/executions/${id}`);
		const { status, data } = executionAnswer.parse(answer).data;
		const isEnded = !UNFINISHED.has(status);
		if ((!isEnded && status !== end) || data === NOT_SAVED_YET) return undefined;
		const { executionData, resultData } = runData.parse(this.flatted.parse(data));
		// n8n 1 saves the status of an execution before its data: this data is from before it was resumed.
		const todo = executionData?.nodeExecutionStack ?? [];
		if (status === 'success' && todo.length > 0) return undefined;
		const { error, runData: nodes } = resultData;
		const readOutput = (nodeName: string) =>
			(nodes[nodeName] ?? []).flatMap((run) => run.data?.main[0] ?? []);
		const ended: Ended = {
			id,
			status,
			error: error?.message,
			items: (nodeName) => readOutput(nodeName).map(({ json }) => json),
			files: (nodeName) =>
				readOutput(nodeName).flatMap(({ binary }) => Object.values(binary ?? {})),
		};
		if (isEnded) this.read.set(id, ended);
		return ended;
	}

	private async call(method: string, url: string, data?: Json | FormData): Promise<unknown> {
		const answer = await this.http.request<unknown>({ method, url, data });
		if (answer.status < 300) return answer.data;
		throw new Error(
			`n8n answered ${method} ${url} with ${answer.status}: ${JSON.stringify(answer.data)}`,
		);
	}
}

/** Polls until the result is defined. @throws Error that says what did not happen, and why, if `why` says so */
export async function until(
	what: string,
	deadlineMs: number,
	ask: () => Promise<boolean>,
	why: () => unknown = () => '',
): Promise<void> {
	const deadline = Date.now() + deadlineMs;
	while (!(await ask())) {
		if (Date.now() > deadline) throw new Error(`it did not come: ${what} ${String(why())}`);
		await sleep(POLL_MS);
	}
}

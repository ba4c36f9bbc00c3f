// A chat model scripted by a test, behind the interface that n8n's AI nodes use: OpenAI's `POST
// /v1/chat/completions`, streamed on request. It refuses what OpenAI refuses, so that an invalid tool is noticed
// here.

import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Json } from './n8n.mts';

const KEY = 'sandbox-key-of-the-model';
const COMPLETIONS = '/v1/chat/completions';
const OK = 200;
const BAD_REQUEST = 400;
const UNAUTHORIZED = 401;
const NOT_FOUND = 404;

const toolCall = z.object({
	id: z.string().min(1),
	type: z.literal('function'),
	function: z.object({ name: z.string(), arguments: z.string() }).strict(),
});
const message = z.discriminatedUnion('role', [
	z.object({ role: z.literal('system'), content: z.string() }),
	z.object({ role: z.literal('user'), content: z.string() }),
	z.object({
		role: z.literal('assistant'),
		content: z.unknown(),
		tool_calls: z.array(toolCall).optional(),
	}),
	z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
]);
const parameter = z
	.object({ type: z.string().optional(), description: z.string().optional() })
	.passthrough();
const tool = z.object({
	type: z.literal('function'),
	function: z.object({
		name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
		description: z.string().min(1),
		parameters: z
			.object({
				type: z.literal('object'),
				properties: z.record(parameter),
				required: z.array(z.string()).default([]),
			})
			.passthrough(),
	}),
});
const chatRequest = z.object({
	model: z.string(),
	stream: z.boolean().default(false),
	messages: z.array(message).min(1),
	tools: z.array(tool).default([]),
});

/** A request to the model. */
export type ChatRequest = z.infer<typeof chatRequest>;
/** A response of the model: text, or tool calls. */
export type ChatAnswer = string | Array<{ tool: string; arguments: Json }>;

/** The scripted model. */
export interface ChatModel {
	/** The credential for it, as the fields of n8n's OpenAI credential. */
	credential: { apiKey: string; url: string };
	/** The requests so far. */
	requests: ChatRequest[];
	/** The requests that it refused, and why; also those beyond its script. */
	refused: string[];
	/** Replaces the script. @param answers one for each request, in order */
	script(...answers: ChatAnswer[]): void;
	close(): Promise<void>;
}

/** OpenAI accepts a tool's response only right after the call, and requires one for every call. @throws Error */
function checkTools({ messages, tools }: ChatRequest): void {
	const names = tools.map(({ function: { name } }) => name);
	if (new Set(names).size < names.length) throw new Error(`two tools of one name: ${names.join()}`);
	let open: string[] = [];
	for (const one of messages) {
		if (one.role === 'tool') {
			if (!open.includes(one.tool_call_id)) throw new Error(`${one.tool_call_id} was not called`);
			open = open.filter((id) => id !== one.tool_call_id);
			continue;
		}
		if (open.length > 0) throw new Error(`no answer to ${open.join()}`);
		if (one.role === 'assistant') open = (one.tool_calls ?? []).map(({ id }) => id);
	}
	if (open.length > 0) throw new Error(`no answer to ${open.join()}`);
}

/** The tools' responses before a request, in the order of the calls. */
export function toolResults({ messages }: ChatRequest): string[] {
	return messages.flatMap((one) => (one.role === 'tool' ? [one.content] : []));
}

/** The response to the request with that number. */
function completion(model: string, answer: ChatAnswer, number: number) {
	const toolCalls = typeof answer === 'string' ? [] : answer;
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model,
		choices: [
			{
				index: 0,
				message: {
					role: 'assistant',
					content: typeof answer === 'string' ? answer : null,
					...(toolCalls.length === 0
						? {}
						: {
								tool_calls: toolCalls.map((call, index) => ({
									id: `call_${number}_${index}`,
									type: 'function',
									function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
								})),
							}),
				},
				finish_reason: typeof answer === 'string' ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** A response as a stream of events, all of it in the first one: a node must assemble the same. */
function asStream({ choices, usage, ...head }: ReturnType<typeof completion>): string {
	const deltas = choices.map(({ message: said, ...choice }) => ({
		...choice,
		delta: { ...said, tool_calls: said.tool_calls?.map((call, index) => ({ index, ...call })) },
	}));
	const chunk = { ...head, object: 'chat.completion.chunk', choices: deltas, usage };
	return `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
}

/** Starts it on a free port of this machine. */
export async function startChatModel(): Promise<ChatModel> {
	let answers: ChatAnswer[] = [];
	const requests: ChatRequest[] = [];
	const refused: string[] = [];

	const handle = async (request: IncomingMessage): Promise<[number, Json | string]> => {
		const { method, url, headers } = request;
		const body = await text(request);
		if (method !== 'POST' || url !== COMPLETIONS) return [NOT_FOUND, { method, url }];
		if (headers.authorization !== `Bearer ${KEY}`) return [UNAUTHORIZED, {}];
		const asked = chatRequest.parse(JSON.parse(body));
		requests.push(asked);
		checkTools(asked);
		const answer = answers.shift();
		if (answer === undefined) throw new Error('the script has ended');
		const complete = completion(asked.model, answer, requests.length);
		return [OK, asked.stream ? asStream(complete) : complete];
	};
	const answerTo = async (request: IncomingMessage, response: ServerResponse) => {
		const [status, body] = await handle(request).catch((error: unknown): [number, Json] => [
			BAD_REQUEST,
			{ message: String(error) },
		]);
		if (status !== OK) refused.push(`${status} ${JSON.stringify(body)}`);
		const type = typeof body === 'string' ? 'text/event-stream' : 'application/json';
		response.writeHead(status, { 'content-type': type });
		if (typeof body === 'string') response.end(body);
		else response.end(JSON.stringify(status === OK ? body : { error: body }));
	};
	const server = createServer((request, response) => void answerTo(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
	const { port } = address;
	return {
		credential: { apiKey: KEY, url: `http://127.0.0.1:${port}/v1` },
		requests,
		refused,
		script(...next) {
			answers = next;
			requests.length = 0;
		},
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

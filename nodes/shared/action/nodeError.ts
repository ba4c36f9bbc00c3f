/**
 * Turns what went wrong into n8n's errors, where the node and the item are known.
 */
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { CallError, InputError } from '../errors';

/** What was typed may be part of a message, and a person reads only so much. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_DESCRIPTION_LENGTH = 2_000;

function cut(text: string, maxLength: number): string {
	return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/**
 * @param itemIndex the item it happened to, from 0; undefined for the run as a whole
 * @param suffix said after everything else, e.g. how many items were done before
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
	suffix?: string,
): NodeApiError | NodeOperationError {
	const at = itemIndex === undefined ? {} : { itemIndex };
	const position = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	if (error instanceof CallError) {
		const { message, hint, status, failure } = error.problem;
		const description = sentences(
			hint,
			status === undefined ? undefined : `HTTP ${status}`,
			suffix,
		);
		const nodeError = new NodeApiError(
			node,
			{},
			{
				message,
				description,
				...(status === undefined ? {} : { httpCode: String(status) }),
				...at,
				...(failure === undefined ? {} : { failure }),
			},
		);
		// Set again, because n8n replaces messages that contain words like "eexist"
		// (n8n-workflow `errors/abstract/node.error.js`, setDescriptiveErrorMessage).
		nodeError.message = `${cut(message, MAX_MESSAGE_LENGTH)}${position}`;
		return forAgent(node, nodeError, itemIndex);
	}
	const reason = error instanceof Error ? error : new Error('Something unexpected went wrong');
	const nodeError = new NodeOperationError(node, reason, at);
	const hint = error instanceof InputError ? error.hint : nodeError.description;
	// n8n hands its own errors back as they are, and items may share one that names another item.
	nodeError.description = sentences(hint ?? undefined, suffix);
	const message = cut(reason.message.replace(/ \[item \d+\]$/, ''), MAX_MESSAGE_LENGTH);
	nodeError.message = `${message}${position}`;
	if (error instanceof InputError) nodeError.failure = { cause: 'configuration-invalid' };
	return forAgent(node, nodeError, itemIndex);
}

/**
 * Runs work outside the item loop and throws its errors as n8n's.
 *
 * @throws NodeApiError or NodeOperationError, without an item
 */
export async function asNodeErrors<T>(
	context: Pick<IExecuteFunctions, 'getNode'>,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/**
 * The one item that stands for a failed one when the node goes on. Only the keys by which n8n
 * knows an item for its error output (n8n-core `workflow-execute.js`, handleNodeErrorOutput); n8n 1 does
 * not know `details` there, but the error beside the item.
 */
export function toErrorItem(node: INode, error: unknown, itemIndex: number): INodeExecutionData {
	const nodeError = toNodeError(node, error, itemIndex);
	const details: IDataObject = { description: nodeError.description ?? null };
	if (error instanceof CallError) {
		details.httpCode = error.problem.status ?? null;
		details.ambiguous = error.problem.ambiguous ?? false;
		if (error.problem.failure !== undefined) details.failure = { ...error.problem.failure };
	}
	const item: INodeExecutionData = {
		json: { error: nodeError.message, details },
		pairedItem: { item: itemIndex },
	};
	if (node.onError === 'continueErrorOutput') {
		// n8n copies the item, and must not copy this: it would replace `json` by the message
		// (n8n-core `workflow-execute.js`, normalizeNodeErrors). n8n 1 sets it to undefined itself.
		Object.defineProperty(item, 'error', { value: nodeError, enumerable: false, writable: true });
	}
	return item;
}

/**
 * The error itself, unless the node is a tool of an AI agent. Then its message says everything, and so does its
 * description: the agent's model is told the message alone (n8n-core `workflow-execute.js`,
 * aiToolDefaultsToContinue), or in n8n 1 the description of a NodeOperationError alone (n8n-core
 * `get-input-connection-data.js`).
 */
function forAgent(
	node: INode,
	error: NodeApiError | NodeOperationError,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	// n8n names the tool that it makes of a node so (n8n `tool-generation/ai-tools.js`).
	if (!node.type.endsWith('Tool')) return error;
	const everything = [error.message, error.description].filter(Boolean).join('\n');
	const agentError = new NodeOperationError(
		node,
		everything,
		itemIndex === undefined ? {} : { itemIndex },
	);
	agentError.message = everything;
	agentError.description = everything;
	if (error.failure !== undefined) agentError.failure = error.failure;
	return agentError;
}

function sentences(...parts: Array<string | undefined>): string {
	const text = parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => (/[.!?]$/.test(part ?? '') ? part : `${part}.`))
		.join(' ');
	return cut(text, MAX_DESCRIPTION_LENGTH);
}

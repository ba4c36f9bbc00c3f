/**
 * Turns errors into n8n's errors, where the node and the item are known.
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

/** A message can contain what a person typed, of any length. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_DESCRIPTION_LENGTH = 2_000;

function cut(text: string, maxLength: number): string {
	return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/**
 * @param error an `InputError`, a `CallError`, an error of n8n, or anything else that was thrown
 * @param itemIndex the item that failed, from 0; undefined for the run as a whole
 * @param suffix the end of the description, e.g. how many items were done before
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
	// n8n returns its own errors unchanged, and items can share one that already names another item.
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
 * The item that replaces a failed one when the node continues on errors. It has only the keys by which n8n
 * recognises an item for the error output (n8n-core `workflow-execute.js`, handleNodeErrorOutput). n8n 1
 * does not recognise `details` there, but the item's `error`.
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
		// Not enumerable, so that n8n does not copy it: it would replace `json` with the message
		// (n8n-core `workflow-execute.js`, normalizeNodeErrors). n8n 1 sets it to undefined itself.
		Object.defineProperty(item, 'error', { value: nodeError, enumerable: false, writable: true });
	}
	return item;
}

/**
 * The error itself, unless the node is a tool of an AI agent. Then both its message and its description hold
 * everything: the agent's model sees only the message (n8n-core `workflow-execute.js`,
 * aiToolDefaultsToContinue), or in n8n 1 only the description of a NodeOperationError (n8n-core
 * `get-input-connection-data.js`).
 */
function forAgent(
	node: INode,
	error: NodeApiError | NodeOperationError,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	// n8n adds "Tool" to the type of a node that it turns into a tool (n8n `tool-generation/ai-tools.js`).
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

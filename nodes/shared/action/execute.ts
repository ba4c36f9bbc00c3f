/**
 * The item loop of every action node: runs the chosen operation for each item and keeps the results in
 * the order of the items.
 */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toLimits, runOptionValidators } from '../fields/runOptions';
import { CancelledError } from '../errors';
import { Hints } from '../hints';
import { ItemParameters } from '../fields/itemParameters';
import { mapConcurrently } from './mapConcurrently';
import { asNodeErrors, toErrorItem, toNodeError } from './nodeError';
import { openClient } from './openClient';
import { operationFields } from './properties';
import type { Operation, Vendor } from './types';

/**
 * Runs the chosen operation over all items.
 *
 * @returns one output: the results in the order of their items, each with its `pairedItem`
 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node is
 *   set to continue on errors
 */
export async function executeItems<Client>(
	context: IExecuteFunctions,
	vendor: Vendor<Client>,
): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	if (count === 0) return [[]];
	const operation = chosenOperation(context, vendor);
	const fields = operationFields(vendor, operation);
	const hints = new Hints();
	const itemAt = (index: number) => new ItemParameters(context, index, fields, hints);
	const { client, concurrency } = await openForExecution(context, vendor, itemAt(0), hints);
	try {
		const results = await runItems({ context, operation, count, itemAt, client, concurrency });
		const found = hints.all();
		if (found.length > 0) context.addExecutionHints(...found);
		return [results];
	} finally {
		await vendor.close?.(client);
	}
}

function chosenOperation<Client>(
	context: IExecuteFunctions,
	vendor: Vendor<Client>,
): Operation<Client> {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = vendor.resources
		.find((candidate) => candidate.value === resource)
		?.operations.find((candidate) => candidate.value === operation);
	if (found !== undefined) return found;
	throw toNodeError(
		context.getNode(),
		new Error(`${vendor.name} has no operation "${String(operation)}" for "${String(resource)}"`),
	);
}

/** Options like *Concurrency* hold for the whole execution; they are read from the first item. */
async function openForExecution<Client>(
	context: IExecuteFunctions,
	vendor: Vendor<Client>,
	firstItem: ItemParameters,
	hints: Hints,
): Promise<{ client: Client; concurrency: number }> {
	return await asNodeErrors(context, async () => {
		const chosen = firstItem.readCollection('options', runOptionValidators);
		const { client } = await openClient(context, vendor, toLimits(vendor, chosen), hints);
		return { client, concurrency: chosen.concurrency ?? vendor.defaultConcurrency };
	});
}

interface ItemLoop<Client> {
	context: IExecuteFunctions;
	operation: Operation<Client>;
	/** How many items the input has. */
	count: number;
	itemAt(index: number): ItemParameters;
	client: Client;
	concurrency: number;
}

async function runItems<Client>(loop: ItemLoop<Client>): Promise<INodeExecutionData[]> {
	const { context, operation, count, client, concurrency } = loop;
	const node = context.getNode();
	const continueOnFail = context.continueOnFail();
	const signal = context.getExecutionCancelSignal();
	const failures = new Map<number, unknown>();
	/** Items that run, or wait for another item with the same ordering key. */
	const items = new Map<number, ItemParameters>();
	let done = 0;

	const results = await mapConcurrently<INodeExecutionData[]>({
		count,
		concurrency,
		// Each write sends a request; reads can be served from a list that was read once.
		stagger: operation.effect !== 'read',
		orderingKey: (index) => {
			const item = loop.itemAt(index);
			items.set(index, item);
			return orderingKeyFor(operation, item);
		},
		stopped: () => signal?.aborted === true || (failures.size > 0 && !continueOnFail),
		work: async (index) => {
			const item = items.get(index) ?? loop.itemAt(index);
			items.delete(index);
			try {
				const output = await operation.run(item, client);
				done += 1;
				return toItems(output, index);
			} catch (error) {
				failures.set(index, error);
				return continueOnFail ? [toErrorItem(node, error, index)] : [];
			}
		},
	});

	if (signal?.aborted === true) throw toNodeError(node, new CancelledError());
	if (failures.size > 0 && !continueOnFail) {
		const first = Math.min(...failures.keys());
		throw toNodeError(node, failures.get(first), first, progressSuffix(done, count));
	}
	return flattened(results);
}

/** Invalid input has no ordering key; `run` reports the error. */
function orderingKeyFor<Client>(
	operation: Operation<Client>,
	item: ItemParameters,
): string | undefined {
	if (operation.orderingKey === undefined) return undefined;
	try {
		return operation.orderingKey(item);
	} catch {
		return undefined;
	}
}

function toItems(output: IDataObject | IDataObject[], index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	return Array.isArray(output)
		? output.map((json) => ({ json, pairedItem }))
		: [{ json: output, pairedItem }];
}

/** Pushes one by one: an item can have more results than a function call takes arguments. */
function flattened(results: ReadonlyArray<INodeExecutionData[] | undefined>): INodeExecutionData[] {
	const [only] = results;
	if (results.length === 1 && only !== undefined) return only;
	const all: INodeExecutionData[] = [];
	for (const items of results) for (const item of items ?? []) all.push(item);
	return all;
}

function progressSuffix(done: number, count: number): string | undefined {
	if (count === 1) return undefined;
	return `${done} of ${count} items were done before it stopped and stay done`;
}

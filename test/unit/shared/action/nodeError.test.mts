/** What people read when an item failed. */
import { describe, expect, test } from '@jest/globals';
import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import {
	asNodeErrors,
	toErrorItem,
	toNodeError,
} from '../../../../nodes/shared/action/nodeError.ts';
import {
	CallError,
	CancelledError,
	InputError,
	type Problem,
} from '../../../../nodes/shared/errors.ts';

const NODE: INode = {
	id: '1',
	name: 'Event Vault',
	type: 'n8n-nodes-guestlist.eventVault',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const PROBLEM: Problem = {
	message: 'User is already registered for the event.',
	hint: 'Use "Create or Update"',
	status: 409,
};

/** Words that make n8n replace a message with its own text (n8n-workflow `errors/abstract/node.error.js`). */
const N8N_WORDS = [
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'ETIMEDOUT',
	'ERRADDRINUSE',
	'EADDRNOTAVAIL',
	'ECONNABORTED',
	'EHOSTUNREACH',
	'EAI_AGAIN',
	'ENOENT',
	'EISDIR',
	'ENOTDIR',
	'EACCES',
	'EEXIST',
	'EPERM',
	'GETADDRINFO',
];
/** The same words in sentences that vendors and people can write. */
const SENTENCES = [
	...N8N_WORDS.map((word) => `Something about ${word}.`),
	'The guest preexists in the list.',
	'A supereperm is missing.',
	'Reference deexisting.',
];

describe('a failed request', () => {
	test('has the vendor’s message and the item, then the hint and the HTTP code', () => {
		const error = toNodeError(NODE, new CallError(PROBLEM), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('User is already registered for the event. [item 3]');
		expect(error.description).toBe('Use "Create or Update". HTTP 409.');
		expect(error).toMatchObject({ httpCode: '409', context: { itemIndex: 3 } });
		expect(error.failure).toBeUndefined();
	});

	test('names no item if the whole run failed', () => {
		const error = toNodeError(NODE, new CallError(PROBLEM));
		expect(error.message).toBe(PROBLEM.message);
		expect(error.context.itemIndex).toBeUndefined();
	});

	test('ends with how many items are done', () => {
		const { description } = toNodeError(NODE, new CallError(PROBLEM), 0, '5 of 9 were done');
		expect(description).toBe('Use "Create or Update". HTTP 409. 5 of 9 were done.');
	});

	test('passes the failure cause on to n8n', () => {
		const failure = { cause: 'rate-limited' as const, retryAfterMs: 5, resetsAtEpochMs: 9 };
		expect(toNodeError(NODE, new CallError({ ...PROBLEM, failure })).failure).toEqual(failure);
	});

	test.each([400, 401, 402, 403, 404, 405, 408, 429, 500, 502, 503, 504, 418])(
		'n8n’s own text for %i does not take the place of the vendor’s',
		(status) => {
			const error = toNodeError(NODE, new CallError({ ...PROBLEM, status }), 0);
			expect(error.message).toBe(`${PROBLEM.message} [item 0]`);
			expect(error.description).toContain(`HTTP ${status}.`);
		},
	);

	test('without a hint, a status or both', () => {
		expect(toNodeError(NODE, new CallError({ message: 'No' })).description ?? '').toBe('');
		expect(toNodeError(NODE, new CallError({ message: 'No', status: 500 })).description).toBe(
			'HTTP 500.',
		);
	});
});

describe('invalid input', () => {
	test('has the message, the item, the hint, and invalid configuration as the cause', () => {
		const error = toNodeError(NODE, new InputError('"Email" is empty', 'Fill it in'), 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('"Email" is empty [item 2]');
		expect(error.description).toBe('Fill it in.');
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(error.context.itemIndex).toBe(2);
	});

	test('without a hint', () => {
		expect(toNodeError(NODE, new InputError('"Email" is empty')).description ?? '').toBe('');
	});
});

describe('a tool of an AI agent', () => {
	const tool = { ...NODE, type: `${NODE.type}Tool` };

	test('the message holds everything, because the model sees nothing else', () => {
		expect(toNodeError(tool, new CallError(PROBLEM), 0).message).toBe(
			'User is already registered for the event. [item 0]\nUse "Create or Update". HTTP 409.',
		);
		expect(toNodeError(tool, new InputError('"Email" is empty', 'Fill it in'), 0).message).toBe(
			'"Email" is empty [item 0]\nFill it in.',
		);
	});

	test('the description holds everything, because in n8n 1 the model sees only that', () => {
		for (const cause of [
			new CallError(PROBLEM),
			new InputError('"Email" is empty', 'Fill it in'),
		]) {
			const { message, description } = toNodeError(tool, cause, 0);
			expect(description).toBe(message);
		}
	});

	test('without a hint', () => {
		expect(toNodeError(tool, new InputError('"Email" is empty'), 0).message).toBe(
			'"Email" is empty [item 0]',
		);
	});
});

describe('any other error', () => {
	test('keeps its message', () => {
		const error = toNodeError(NODE, new CancelledError(), 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('The execution was canceled [item 1]');
		expect(error.failure).toBeUndefined();
	});

	test.each([['a text'], [{ key: 'abcd1234' }], [undefined]])('%j is not shown', (thrown) => {
		const error = toNodeError(NODE, thrown);
		expect(error.message).toBe('Something unexpected went wrong');
		expect(JSON.stringify(error)).not.toContain('abcd1234');
	});

	test('keeps the description of an error of n8n', () => {
		const foreign = new NodeApiError(NODE, {}, { message: 'Blocked', description: 'By policy' });
		expect(toNodeError(NODE, foreign, 0).description).toBe('By policy.');
	});
});

test.each(SENTENCES)('n8n does not replace "%s"', (message) => {
	for (const error of [new CallError({ message }), new InputError(message), new Error(message)]) {
		expect(toNodeError(NODE, error, 7).message).toBe(`${message} [item 7]`);
		expect(toNodeError(NODE, error).message).toBe(message);
		expect(toErrorItem(NODE, error, 7).json.error).toBe(`${message} [item 7]`);
	}
});

test('n8n by itself does replace each of the sentences above', () => {
	const replaced = SENTENCES.filter(
		(message) => new NodeOperationError(NODE, new Error(message)).message !== message,
	);
	expect(replaced).toEqual(SENTENCES);
});

test.each([
	['a failed call', new CallError(PROBLEM)],
	['bad input', new InputError('"Email" is empty')],
	['an error of n8n', new NodeOperationError(NODE, 'Blocked')],
	['an API error of n8n', new NodeApiError(NODE, {}, { message: 'Blocked' })],
])('items that share %s each name only themselves', (_, shared) => {
	const messages = [0, 1, 2].map((index) => toErrorItem(NODE, shared, index).json.error);
	expect(messages).toEqual(
		[0, 1, 2].map((index) => expect.stringMatching(new RegExp(`^[^[]+ \\[item ${index}\\]$`))),
	);
});

describe('the item that replaces a failed one', () => {
	test('after a failed request', () => {
		const failure = { cause: 'rate-limited' as const };
		const error = new CallError({ ...PROBLEM, failure, ambiguous: true });
		expect(toErrorItem(NODE, error, 4)).toEqual({
			json: {
				error: 'User is already registered for the event. [item 4]',
				details: {
					description: 'Use "Create or Update". HTTP 409.',
					httpCode: 409,
					ambiguous: true,
					failure: { cause: 'rate-limited' },
				},
			},
			pairedItem: { item: 4 },
		});
	});

	test('after a request without a response', () => {
		const item = toErrorItem(NODE, new CallError({ message: 'Not reached' }), 0);
		expect(item.json.details).toMatchObject({ httpCode: null, ambiguous: false });
	});

	test('carries the error, by which n8n 1 recognises it for the error output', () => {
		const node = { ...NODE, onError: 'continueErrorOutput' as const };
		const item = toErrorItem(node, new InputError('"Email" is empty', 'Fill it in.'), 2);
		expect(item.json.error).toBe('"Email" is empty [item 2]');
		expect(item.error).toBeInstanceOf(NodeOperationError);
		expect(item.error?.message).toBe(item.json.error);
		expect(Object.keys({ ...item })).toEqual(['json', 'pairedItem']);
	});

	test('after invalid input', () => {
		expect(toErrorItem(NODE, new InputError('"Email" is empty', 'Fill it in.'), 0)).toEqual({
			json: { error: '"Email" is empty [item 0]', details: { description: 'Fill it in.' } },
			pairedItem: { item: 0 },
		});
	});

	test('holds only text: no request, no headers, no stack', () => {
		const error = new Error('It broke');
		Object.assign(error, { config: { headers: { 'x-api-key': 'abcd1234' } } });
		const item = toErrorItem(NODE, error, 0);
		expect(Object.keys(item.json)).toEqual(['error', 'details']);
		expect(JSON.stringify(item)).not.toContain('abcd1234');
	});
});

describe('work outside the item loop', () => {
	const context = { getNode: () => NODE };

	test('its result is passed on', async () => {
		expect(await asNodeErrors(context, async () => 'done')).toBe('done');
	});

	test('its error becomes an error of n8n, without an item', async () => {
		const failing = asNodeErrors(context, async () => await Promise.reject(new CallError(PROBLEM)));

		await expect(failing).rejects.toBeInstanceOf(NodeApiError);
		await expect(failing).rejects.toThrow(/event\.$/);
	});
});

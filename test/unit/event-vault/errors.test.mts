/** Every text in Event Vault's document, and the advice for people. */
import { describe, expect, test } from '@jest/globals';

import { toProblem, responseText } from '../../../nodes/EventVault/errors.ts';
import { AMBIGUOUS_HINT } from '../../../nodes/shared/http/problems.ts';
import type { HttpResponse } from '../../../nodes/shared/http/types.ts';

const answer = (status: number, body: unknown, ambiguous = false): HttpResponse => ({
	status,
	headers: {},
	body,
	ambiguous,
});

/** The document's errors (vendor document, tables of all nine endpoints), the fields to check, the cause. */
const ERRORS: Array<[number, string, string[], string | undefined]> = [
	[
		400,
		'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.',
		['API Key', 'Client ID', 'Event ID'],
		'credential-invalid',
	],
	[400, 'The request must include userEmail in the body.', ['Email'], undefined],
	[400, 'The request must include userEmail as a query parameter.', ['Email'], undefined],
	[
		400,
		'The request must include userEmail and ticketType in the body.',
		['Email', 'Ticket Type'],
		undefined,
	],
	[400, 'The request must include ticketType as a query parameter.', ['Ticket Type'], undefined],
	[403, 'Invalid API key.', ['API Key'], 'credential-invalid'],
	[404, 'Client not found.', ['Client ID'], 'credential-invalid'],
	[404, 'Event not found.', ['Event ID', 'Options'], 'configuration-invalid'],
	[404, 'User is not registered for the event.', ['Email', 'If Not Registered'], undefined],
	[404, 'Ticket not found for the user.', ['Email', 'Ticket Type', 'If Not Found'], undefined],
	[409, 'User is already registered for the event.', ['Email', 'Create or Update'], undefined],
];

const SERVER_ERRORS = [
	'Error adding user to the event.',
	'Error removing user from the event.',
	'Error creating ticket for the guest.',
	'Error removing ticket for the guest.',
	'Error getting guest count.',
	'Error getting guests.',
	'Error getting guest tickets.',
	'Error getting tickets by type.',
	'Error getting all tickets.',
];

describe('documented errors', () => {
	test.each(ERRORS)('%i %s', (status, text, fields, cause) => {
		const problem = toProblem(answer(status, `${text}\n`), []);
		expect(problem).toMatchObject({ message: text, status, ambiguous: false });
		for (const field of fields) expect(problem.hint).toContain(`"${field}"`);
		expect(problem.failure?.cause).toBe(cause);
	});

	test.each(SERVER_ERRORS)('500 %s', (text) => {
		expect(toProblem(answer(500, text), [])).toMatchObject({
			message: text,
			hint: 'That is on Event Vault’s side. Run the item again later.',
			failure: { cause: 'temporarily-unavailable' },
		});
	});

	test('408 has at least the text of Event Vault', () => {
		const text = 'Request timestamp is outside the allowed 5-minute window.';
		const problem = toProblem(answer(408, text), []);
		expect(problem.message).toBe(text);
		expect(problem.failure).toBeUndefined();
	});
});

describe('what is not documented', () => {
	test('other sentences are shown as they are', () => {
		expect(toProblem(answer(400, 'The list is closed.'), [])).toMatchObject({
			message: 'The list is closed.',
			hint: 'Check the fields of the node and "Base URL" in the credential.',
		});
	});

	test.each([
		['<!DOCTYPE html>', 'Event Vault answered with HTTP 502 and an HTML page'],
		['{"error":', 'Event Vault answered with HTTP 502 and JSON that is cut off or damaged'],
		[{ error: 'x' }, 'x'],
		['', 'Event Vault answered with HTTP 502 and an empty body'],
	])('%j is described', (body, message) => {
		expect(toProblem(answer(502, body), []).message).toBe(message);
	});

	test('429 names the option', () => {
		const problem = toProblem(answer(429, ''), []);
		expect(problem.hint).toContain('"Concurrency"');
		expect(problem.failure).toEqual({ cause: 'rate-limited' });
	});

	test('a long text is cut short', () => {
		expect(toProblem(answer(400, 'x'.repeat(5_000)), []).message).toHaveLength(301);
	});

	test.each(['constructor', '__proto__', 'toString'])('the text "%s" is only a text', (text) => {
		expect(toProblem(answer(400, text), [])).toMatchObject({
			message: text,
			hint: 'Check the fields of the node and "Base URL" in the credential.',
		});
	});
});

test('keys and addresses in the vendor’s text are not shown, even at the edge of a cut', () => {
	const echo = 'Key abcd1234 of jane@example.com is unknown.';
	expect(toProblem(answer(403, echo), ['abcd1234']).message).toBe(
		'Key [secret] of [email] is unknown.',
	);
	const edge = `${'x'.repeat(294)} abcd1234`;
	expect(toProblem(answer(403, edge), ['abcd1234']).message).not.toContain('abcd');
});

test('a write that may have happened says so after the hint', () => {
	const { hint, ambiguous } = toProblem(answer(404, 'Event not found.', true), []);
	expect(hint).toMatch(new RegExp(`^Compare "Event ID".* ${AMBIGUOUS_HINT}$`));
	expect(ambiguous).toBe(true);
});

test.each([
	[' Done. \n', 'Done.'],
	[{ message: 'Done.' }, ''],
	[undefined, ''],
])('the text of %j is %j', (body, text) => {
	expect(responseText(answer(200, body))).toBe(text);
});

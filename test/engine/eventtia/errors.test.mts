/** Eventtia: what a person reads of every documented error and of answers that no document has; what is sent again. */
import { describe, expect, test } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import type { FaultOrder } from '../../../sandbox/start.mts';
import { nodeOperations } from '../../contract/support/builtNode.mts';
import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { errorOf, storedText } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import type { NodeRunResult } from '../../support/engine.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { AMBIGUOUS, API, FOREIGN, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30, credential: loggedIn });

/** Attendees, guests, events and their files have tests of their own. */
const ELSEWHERE = ['attendee', 'event', 'eventFile', 'guest'];
const OPERATIONS = nodeOperations('eventtia').filter(
	(operation) => !ELSEWHERE.includes(operation.split(': ')[0] ?? ''),
);

/** Must not happen twice. */
const ONCE = [
	'activity: create',
	'attendeeActivity: add',
	'surveyAnswer: create',
	'unavailableHour: create',
	'webhook: create',
	'webhook: createForAccount',
];
/** Change something, and twice leaves the same as once. */
const REPEATABLE = [
	'activity: setCategories',
	'activity: update',
	'attendeeActivity: remove',
	'attendeeActivity: replaceAll',
	'eventParameter: update',
	'unavailableHour: delete',
	'unavailableHour: update',
	'webhook: delete',
	'webhook: deleteForAccount',
];
/** Have an answer that need not be a record. */
const MAY_BE_EMPTY = [
	'attendeeActivity: remove',
	'eventParameter: get',
	'eventParameter: update',
	'unavailableHour: delete',
	'webhook: delete',
	'webhook: deleteForAccount',
];
/** Not of one event. */
const OF_NO_EVENT = [
	'city: get',
	'city: getAll',
	'country: getAll',
	'eventCustomField: getAll',
	'region: getAll',
	'webhook: createForAccount',
	'webhook: deleteForAccount',
	'webhook: getAll',
];
/** One of each kind, for what the document does not speak of. */
const TYPICAL = [
	'activity: get',
	'activity: update',
	'eventParameter: get',
	'message: getStats',
	'participant: getAgenda',
	'speaker: getAll',
	'unavailableHour: delete',
	'webhook: create',
];
const isWrite = (operation: string) => [...ONCE, ...REPEATABLE].includes(operation);
/** Everything that is a secret in these runs. */
const { password, accountApiKey, clientSecret } = EVENTTIA_CREDENTIALS;
const TOKEN = /^Bearer (.+)$/;
const MOST_TRIES = 6;
const MOST_TRIES_UNREADABLE = 3;

test('the lists above name operations of the node', () => {
	expect(OPERATIONS).toEqual(
		expect.arrayContaining([...ONCE, ...REPEATABLE, ...MAY_BE_EMPTY, ...OF_NO_EVENT]),
	);
	expect(OPERATIONS).toHaveLength(50);
});

interface OwnRequest {
	method: string;
	path: string;
}
const ownRequests = new Map<string, OwnRequest>();

/** Which request of an operation is its own: the change, else the first; learnt from a good run. */
async function ownRequest(operation: string): Promise<OwnRequest> {
	const known = ownRequests.get(operation);
	if (known) return known;
	const result = await run(operation);
	expect(result.error).toBeUndefined();
	const { requests } = rig.server;
	const { method, path } = requests.find((one) => one.method !== 'GET') ?? nth(requests);
	rig.server.reset();
	ownRequests.set(operation, { method, path });
	return { method, path };
}

async function run(operation: string, parameters = {}, extras: RunExtras = {}) {
	const sample = nth(eventtia.samples(rig.server)[operation]?.() ?? []);
	return await rig.run(operation, { ...sample.parameters, ...parameters }, extras);
}

/** Runs an operation while its own request meets a fault `times` times. @returns how often it was sent, too */
async function runWith(operation: string, action: FaultOrder['do'], times: number, extras = {}) {
	const own = await ownRequest(operation);
	rig.fault({ when: own, times, do: action });
	const { result, waits } = await withShortWaits(
		async () => await run(operation, {}, { ...extras }),
	);
	const sent = rig.server.requests.filter(
		({ method, path, query }) =>
			method === own.method && path === own.path && isFirstPage(query['page[number]']),
	);
	return { result, waits, tries: sent.length };
}

function isFirstPage(number: unknown): boolean {
	return number === undefined || number === '1';
}

/** What a person reads, and n8n keeps, must hold no secret, no token and none of the server's class names. */
function expectClean(result: NodeRunResult): void {
	const { message, description } = errorOf(result);
	const words = `${message} ${description}`;
	const tokens = rig.server.requests.flatMap(
		({ headers }) => TOKEN.exec(String(headers.authorization))?.[1] ?? [],
	);
	for (const secret of [password, accountApiKey, clientSecret, ...tokens]) {
		expect(words).not.toContain(secret);
	}
	expect(words).not.toMatch(/ActiveRecord|Bearer|\[object|undefined|<html/i);
	expect(result.items).toEqual([]);
	expect(errorOf(result).itemIndex).toBe(0);
	for (const token of tokens) {
		expect(JSON.stringify(errorOf(result).raw)).not.toContain(token);
	}
}

const status = (code: number, body: unknown) =>
	({ kind: 'status', status: code, body }) satisfies FaultOrder['do'];

describe.each(OPERATIONS)('%s', (operation) => {
	const write = isWrite(operation);
	const isTypical = TYPICAL.includes(operation);
	const once = ONCE.includes(operation);
	const repeatable = REPEATABLE.includes(operation);

	const statuses: Array<[number, string, string, string, string | undefined]> = [
		[400, "Name can't be blank", "Name can't be blank", 'fields of the node', undefined],
		[403, 'Not for you', 'Not for you', 'permission', 'credential-invalid'],
		[404, 'ActiveRecord::RecordNotFound', 'There is no such record', '"Event"', undefined],
		[500, '', 'Eventtia had a problem with its server', 'later', 'temporarily-unavailable'],
	];
	const rareStatuses: typeof statuses = [
		[400, '', 'The request is invalid', 'fields of the node', undefined],
		[403, '', 'The account may not do this', 'permission', 'credential-invalid'],
		[404, '', 'There is no such record', 'deleted', undefined],
		[500, 'Oops', 'Oops', 'later', 'temporarily-unavailable'],
	];
	test.each(isTypical ? [...statuses, ...rareStatuses] : statuses)(
		'%i %j is final and told: %s',
		async (code, said, words, hint, cause) => {
			const body = said === '' ? '' : { message: said };
			const { result, tries } = await runWith(operation, status(code, body), 9);
			const error = errorOf(result);

			expect(error).toMatchObject({ message: `${words} [item 0]`, httpCode: String(code) });
			expect(error.description).toContain(hint);
			expect(error.description).toMatch(new RegExp(`HTTP ${code}\\.$`));
			expect(error.failure).toEqual(cause === undefined ? undefined : { cause });
			expect(error.description?.includes(AMBIGUOUS)).toBe(code === 500 && write);
			expect(tries).toBe(1);
			expectClean(result);
		},
	);

	test('401 leads to one new log-in, and to an error if that does not help', async () => {
		const body = { message: 'Your token is invalid or not present.' };
		const { result, tries } = await runWith(operation, status(401, body), 9);

		expect(errorOf(result)).toMatchObject({
			message: 'Your token is invalid or not present. [item 0]',
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
		});
		expect(errorOf(result).description).toContain('"Email" and "Password"');
		expect(rig.sent('/auth')).toHaveLength(1);
		expect(tries).toBe(2);
		expectClean(result);
	});

	test('401 once is healed', async () => {
		const { result, tries } = await runWith(operation, status(401, ''), 1);

		expect(result.error).toBeUndefined();
		expect(rig.sent('/auth')).toHaveLength(1);
		// Before the countries are read, they are read to log in.
		expect(tries).toBe(operation === 'country: getAll' ? 3 : 2);
	});

	test('503 is tried again unless it could happen twice', async () => {
		const { result, tries } = await runWith(operation, status(503, ''), 9);

		expect(tries).toBe(once ? 1 : MOST_TRIES);
		expect(errorOf(result)).toMatchObject({
			message: 'Eventtia is offline for maintenance [item 0]',
			httpCode: '503',
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(write);
		expectClean(result);
	});

	test('429 ends with the time to come back where the wait is too long', async () => {
		const own = await ownRequest(operation);
		const wait = { kind: 'rateLimit', retryAfterSeconds: 90 } as const;
		rig.fault({ when: own, do: wait });
		// The pace is kept per account; a wait of 90 seconds must not reach the next test.
		const credential = { email: `${operation.replace(': ', '.')}@example.com` };
		const result = await run(operation, { options: { maxWait: 5 } }, { credential });

		expect(errorOf(result).message).toMatch(
			/^Eventtia allows no more requests until (\S+ )?\d\d:\d\d:\d\d UTC \[item 0\]$/,
		);
		expect(errorOf(result).description).toContain('"Max Wait"');
		expect(errorOf(result).description).not.toContain(AMBIGUOUS);
		expect(errorOf(result).failure).toMatchObject({ cause: 'rate-limited' });
		expectClean(result);
	});

	test('an HTML page as a good answer is none', async () => {
		const { result, tries } = await runWith(operation, { kind: 'html', status: 200 }, 9);

		expect(errorOf(result).message).toMatch(
			/^Eventtia answered with an HTML page instead of .+ \[item 0\]$/,
		);
		expect(errorOf(result).description).toContain('"Base URL"');
		expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(write);
		const isReadOnce = write || operation === 'eventParameter: get';
		expect(tries).toBe(isReadOnce ? 1 : MOST_TRIES_UNREADABLE);
		expectClean(result);
	});

	if (isTypical) {
		test('an HTML page with an error is named, not quoted', async () => {
			const { result } = await runWith(operation, { kind: 'html', status: 418 }, 9);

			expect(errorOf(result).message).toBe(
				'Eventtia answered with HTTP 418 and an HTML page [item 0]',
			);
			expectClean(result);
		});
	}

	test('an empty body is an error where a record is due', async () => {
		const { result } = await runWith(operation, { kind: 'empty' }, 9);

		if (MAY_BE_EMPTY.includes(operation)) {
			expect(result.error).toBeUndefined();
			return;
		}
		expect(errorOf(result).message).toMatch(
			/^Eventtia answered with an empty body instead of .+ \[item 0\]$/,
		);
		expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(write);
		expectClean(result);
	});

	const otherShapes: Array<[unknown, string]> = [
		[[{ id: '1' }], 'a JSON list'],
		[{ data: [{ name: 'no record' }] }, 'a JSON object with "data"'],
	];
	test.each([[{ ok: true }, 'a JSON object with "ok"'], ...(isTypical ? otherShapes : [])])(
		'JSON of another shape is named: %j',
		async (body, named) => {
			const { result, tries } = await runWith(operation, { kind: 'wrongJson', body }, 9);

			expect(tries).toBe(1);
			if (MAY_BE_EMPTY.includes(operation)) {
				expect(result.error).toBeUndefined();
				return;
			}
			expect(errorOf(result).message).toMatch(
				/^Eventtia answered with .+ instead of .+ \[item 0\]$/,
			);
			expect(errorOf(result).message).toContain(`with ${named} instead of`);
			expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(write);
			expectClean(result);
		},
	);

	test('a broken connection is tried again unless it could happen twice', async () => {
		const { result, tries } = await runWith(operation, { kind: 'resetAfterEffect' }, 1);

		expect(tries).toBe(once ? 1 : 2);
		if (!once) {
			expect(result.error).toBeUndefined();
			return;
		}
		expect(errorOf(result).message).toMatch(/^Eventtia could not be reached: /);
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expectClean(result);
	});

	test('a connection that never works ends with words', async () => {
		const { result, tries } = await runWith(operation, { kind: 'reset' }, 99);

		expect(tries).toBe(once ? 1 : MOST_TRIES);
		expect(errorOf(result).message).toMatch(/^Eventtia could not be reached: .+ \[item 0\]$/);
		expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(write);
		expectClean(result);
	});

	if (isTypical) {
		test('secrets that Eventtia echoes are not shown', async () => {
			const said = `bad: ${password} ${accountApiKey}`;
			const { result } = await runWith(operation, status(400, { message: said }), 1);

			expect(errorOf(result).message).toMatch(/^bad: /);
			expectClean(result);
			expect(storedText(result)).not.toContain(password);
		});
	}

	if (!OF_NO_EVENT.includes(operation)) {
		test('another account’s event and an unknown one are told', async () => {
			const foreign = await run(operation, { eventUri: by('uri', FOREIGN) });
			const unknown = await run(operation, { eventUri: by('uri', 'no-such-event') });

			expect(errorOf(foreign)).toMatchObject({
				message: "Your token doesn't grant you access to this resource. [item 0]",
				httpCode: '403',
			});
			expect(errorOf(unknown)).toMatchObject({
				message: 'There is no such record [item 0]',
				httpCode: '404',
			});
			expect(rig.server.requests.some(({ path }) => path.includes('test-event-1'))).toBe(false);
		});

		test('an event called ".." sends nothing', async () => {
			const result = await run(operation, { eventUri: by('uri', '..') });

			expect(errorOf(result).message).toMatch(/only dots/);
			expect(rig.calls()).toEqual([]);
		});
	}

	test('a failed item does not stop the others where the node goes on', async () => {
		const own = await ownRequest(operation);
		rig.fault({ when: own, do: status(400, { message: 'Not this one' }) });
		const result = await run(
			operation,
			{ options: { concurrency: 1 } },
			{
				items: [{ json: {} }],
				onError: 'continueRegularOutput',
			},
		);

		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([
			{
				json: {
					error: 'Not this one [item 0]',
					details: expect.objectContaining({ httpCode: 400, ambiguous: false }),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	if (repeatable) {
		test.each([502, 503, 504])('%i passes: it is sent again', async (code) => {
			const { result, tries } = await runWith(operation, status(code, ''), 1);

			expect(tries).toBe(2);
			expect(result.error).toBeUndefined();
		});
	}
	if (once) {
		test.each([502, 504])('%i is not known to have had no effect: sent once', async (code) => {
			const { result, tries } = await runWith(operation, status(code, ''), 1);

			expect(tries).toBe(1);
			expect(errorOf(result).description).toContain(AMBIGUOUS);
		});
	}
});

describe('what certainly did not happen is sent again, even a write', () => {
	test.each([
		['429', { kind: 'rateLimit', retryAfterSeconds: 1 } as const],
		['429 without a time', { kind: 'rateLimit', retryAfterSeconds: null } as const],
		['503 with a time', { kind: 'status', status: 503, headers: { 'retry-after': '1' } } as const],
	])('%s', async (_title, action) => {
		rig.fault({ when: { method: 'POST' }, do: action });
		const result = await run('webhook: create');

		expect(result.error).toBeUndefined();
		expect(rig.sent().map(({ status: code }) => code)).toEqual([expect.any(Number), 201]);
		expect(rig.state.webHooks.of(EVENTTIA_CREDENTIALS.email)).toHaveLength(1);
	});
});

describe('addresses', () => {
	test('a redirect is not followed with the token', async () => {
		const headers = { location: `${rig.server.url}${API}/countries` };
		rig.fault({ do: { kind: 'status', status: 302, headers } });
		const result = await run('speaker: getAll');

		expect(errorOf(result).message).toBe('Eventtia sent the request to another address [item 0]');
		expect(rig.calls()).toHaveLength(1);
	});
});

/** InEvent, Registration, Create: one Idempotency-Key is never used for two registrations. */
import { beforeEach, expect, test } from '@jest/globals';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { InEventClient } from '../../../nodes/InEvent/client.ts';
import { create } from '../../../nodes/InEvent/resources/registration/create.ts';
import { Hints } from '../../../nodes/shared/hints.ts';
import { itemWith } from '../shared/support/items.mts';
import { partial } from '../shared/support/partial.mts';

let sent: unknown[] = [];
beforeEach(() => {
	sent = [];
});

function createClient(): InEventClient {
	return new InEventClient({
		context: partial<IExecuteFunctions>({
			getNode: () => ({}),
			getExecutionCancelSignal: () => undefined,
			helpers: {
				httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => {
					sent.push([request.headers?.['Idempotency-Key'], request.body]);
					return { statusCode: 201, headers: {}, body: { id: 'att_1', status: 'registered' } };
				},
			},
		}),
		credentials: { baseUrl: 'https://api.example.com', clientSecret: 'secret' },
		limits: { timeoutMs: 1_000, maxWaitMs: 1_000 },
		hints: new Hints(),
	});
}

const register = async (client: InEventClient, email: string, key?: string) =>
	await create.run(
		itemWith({
			eventId: 'evt_1',
			email,
			simplify: true,
			options: key === undefined ? {} : { idempotencyKey: key },
		}),
		client,
	);

test('a fixed key is accepted for the first of several different registrations only', async () => {
	const client = createClient();
	await register(client, 'ada@example.com', 'mine');

	await expect(register(client, 'bob@example.com', 'mine')).rejects.toThrow(
		'"Idempotency Key" is the same as that of another registration',
	);
	expect(sent).toEqual([['mine', { email: 'ada@example.com' }]]);
});

test('the same registration may repeat its key, in one run and in the next', async () => {
	const client = createClient();
	await register(client, 'ada@example.com', 'mine');
	await register(client, 'ada@example.com', 'mine');
	await register(createClient(), 'bob@example.com', 'mine');

	expect(sent).toHaveLength(3);
});

test('different keys and generated keys are all accepted', async () => {
	const client = createClient();
	await register(client, 'ada@example.com', '1');
	await register(client, 'bob@example.com', '2');
	await register(client, 'cem@example.com');
	await register(client, 'cem@example.com');

	expect(sent).toHaveLength(4);
	expect(sent[2]).toEqual(sent[3]);
});

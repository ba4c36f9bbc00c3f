/** ARTSVP, Invite, Get Many: the status that the filter sets in each invite. */
import { expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { ArtsvpClient } from '../../../nodes/Artsvp/client.ts';
import { getAll } from '../../../nodes/Artsvp/resources/invite/getAll.ts';
import { Hints } from '../../../nodes/shared/hints.ts';
import { itemWith } from '../shared/support/items.mts';
import { partial } from '../shared/support/partial.mts';

/** Runs Get Many against a response with one invite. */
async function firstInvite(filters: object, simplify = true) {
	const client = new ArtsvpClient({
		context: partial<IExecuteFunctions>({
			getNode: () => ({}),
			getExecutionCancelSignal: () => undefined,
			helpers: {
				httpRequestWithAuthentication: async () => ({
					statusCode: 200,
					headers: {},
					body: { data: [{ id: 'inv-1', amount_used: '1/2' }], has_more: false },
				}),
			},
		}),
		credentials: {
			apiKey: 'abcd1234',
			baseUrl: 'https://app.example.com',
			rateLimitRequests: 1000,
			rateLimitSeconds: 900,
		},
		limits: { timeoutMs: 1_000, maxWaitMs: 1_000 },
		hints: new Hints(),
	});
	const output = await getAll.run(
		itemWith({ returnAll: false, limit: 50, simplify, filters }),
		client,
	);
	return Array.isArray(output) ? output[0] : output;
}

test.each([
	[{ status: 'declined' }, 'declined', 'declined'],
	[{ status: 'active' }, 'active', 'registered'],
	[{ status: 'any' }, null, 'registered'],
	[{}, null, 'registered'],
])('%j', async (filters, status, statusGroup) => {
	expect(await firstInvite(filters)).toMatchObject({ id: 'inv-1', status, statusGroup });
});

test('a raw invite is returned unchanged', async () => {
	expect(await firstInvite({ status: 'declined' }, false)).toEqual({
		id: 'inv-1',
		amount_used: '1/2',
	});
});

/** InEvent's lists: which records count as the same. */
import { expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InEventClient, RECORDS, ROWS } from '../../../nodes/InEvent/client.ts';
import { partial } from '../shared/support/partial.mts';

/** What a list of these records, all on one page, comes to. */
async function listed(records: IDataObject[], kind = RECORDS, limit = 100): Promise<IDataObject[]> {
	const client = new InEventClient({
		context: partial<IExecuteFunctions>({
			getNode: () => ({}),
			getExecutionCancelSignal: () => undefined,
			helpers: {
				httpRequestWithAuthentication: async () => ({
					statusCode: 200,
					headers: {},
					body: { data: records, pagination: {} },
				}),
			},
		}),
		credentials: { baseUrl: 'https://api.example.com', clientSecret: 'secret' },
		limits: { timeoutMs: 1_000, maxWaitMs: 1_000 },
	});
	return await client.list('/v1/events/evt_1/attendees', { page_size: 100 }, limit, kind);
}

test('rows without an id all come, also the same twice', async () => {
	const rows = [{ gate: 'north' }, { gate: 'north' }, { gate: 'south', id: null }];

	expect(await listed(rows, ROWS)).toEqual(rows);
	await expect(listed([{ gate: 'north' }, {}], ROWS)).rejects.toThrow('number 2) with nothing');
});

test.each([[{ email: 'b@example.com' }], [{ id: null }], [{ id: '' }], [{ id: {} }], [{}]])(
	'the record %j cannot be told apart',
	async (record) => {
		await expect(listed([{ id: 'att_1' }, record])).rejects.toThrow('number 2) without an "id"');
	},
);

test('a record comes once, also with a number as its id', async () => {
	expect(await listed([{ id: 'att_1' }, { id: 7 }, { id: 'att_1' }, { id: 7 }])).toEqual([
		{ id: 'att_1' },
		{ id: 7 },
	]);
});

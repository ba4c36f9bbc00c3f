/** InEvent's lists: which entries are equal. */
import { expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InEventClient } from '../../../nodes/InEvent/client.ts';
import { RECORDS, ROWS } from '../../../nodes/InEvent/records.ts';
import { Hints } from '../../../nodes/shared/hints.ts';
import { partial } from '../shared/support/partial.mts';

/** What the client returns if these records are all on one page. */
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
		hints: new Hints(),
	});
	return await client.list('/v1/events/evt_1/attendees', { page_size: 100 }, limit, kind);
}

test('rows without an ID are all returned, even if two are equal', async () => {
	const rows = [{ gate: 'north' }, { gate: 'north' }, { gate: 'south', id: null }];

	expect(await listed(rows, ROWS)).toEqual(rows);
	await expect(listed([{ gate: 'north' }, {}], ROWS)).rejects.toThrow('number 2) with nothing');
});

test.each([[{ email: 'b@example.com' }], [{ id: null }], [{ id: '' }], [{ id: {} }], [{}]])(
	'the record %j has no ID and is rejected',
	async (record) => {
		await expect(listed([{ id: 'att_1' }, record])).rejects.toThrow('number 2) without an "id"');
	},
);

test('a record is returned once, even if its ID is a number', async () => {
	expect(await listed([{ id: 'att_1' }, { id: 7 }, { id: 'att_1' }, { id: 7 }])).toEqual([
		{ id: 'att_1' },
		{ id: 7 },
	]);
});

/** InEvent: responses that are not from InEvent, and a token server in trouble. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { EMAIL_OF_ITEM, by, crowd } from '../../rig/items.mts';
import { errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { ATTENDEES, ORDERS, REGISTRATION, TOKEN } from './shared.mts';

const rig = useVendor(inEvent, { guests: 5 });
const ID = 'att_9e3779b1';

const CHANGES: Array<[string, IDataObject, string]> = [
	['order: refund', { orderId: by('id', 'ord_1') }, `${ORDERS}/ord_1/refund`],
	['attendee: checkIn', { attendeeId: by('id', ID) }, `${ATTENDEES}/${ID}/checkin`],
	['attendee: delete', { attendeeId: by('id', ID) }, `${ATTENDEES}/${ID}`],
	[
		'attendee: update',
		{ attendeeId: by('id', ID), updateFields: { firstName: 'A' } },
		`${ATTENDEES}/${ID}`,
	],
];

test.each(CHANGES)(
	'a page of another server is an error of %s, and says that it may have happened',
	async (operation, parameters, path) => {
		rig.fault({ when: { path }, do: { kind: 'html', status: 200 } });

		const error = errorOf(await rig.run(operation, parameters));

		expect(error.message).toContain('InEvent answered with an HTML page');
		expect(error.description).toContain('not known whether the change was made');
		expect(rig.sent(path)).toHaveLength(1);
	},
);

test.each([{}, { data: {} }, { id: 7 }])(
	'a registration with the response %j is an error',
	async (body) => {
		rig.fault({ when: { path: REGISTRATION }, do: { kind: 'wrongJson', body } });

		const error = errorOf(await rig.run('registration: create', { email: 'a@example.com' }));

		expect(error.message).toContain('instead of a record with an "id"');
		expect(error.description).toContain('not known whether the change was made');
	},
);

describe('a token server', () => {
	test('that is down at first is asked again, once for all items', async () => {
		rig.fault({ when: { path: TOKEN, nth: [1, 2] }, do: { kind: 'status', status: 503 } });

		const { result } = await withShortWaits(
			async () =>
				await rig.run(
					'registration: create',
					{ email: EMAIL_OF_ITEM, options: { concurrency: 20 } },
					{ items: crowd(20) },
				),
		);

		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(20);
		expect(rig.server.requests.filter(({ path }) => path === TOKEN)).toHaveLength(3);
	});

	test('that hangs blocks the node for a few timeouts at most', async () => {
		rig.fault({ when: { path: TOKEN, every: 1 }, do: { kind: 'slow', ms: 60_000 } });

		const { result } = await withShortWaits(
			async () =>
				await rig.run('attendee: getAll', { limit: 1, options: { timeout: 1, maxWait: 0 } }),
		);

		expect(errorOf(result).message).toContain('no answer came in time');
		expect(result.durationMs).toBeLessThan(10_000);
	});
});

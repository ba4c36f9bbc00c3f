/** Eventtia: events of other accounts, unknown ones and impossible ones; what no other vendor shows. */
import { describe, expect, test } from '@jest/globals';

import { nodeOperations } from '../../contract/support/builtNode.mts';
import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { FOREIGN, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30, credential: loggedIn });

/** Attendees, guests, events and their files have tests of their own. */
const ELSEWHERE = ['attendee', 'event', 'eventFile', 'guest'];
const OPERATIONS = nodeOperations('eventtia').filter(
	(operation) => !ELSEWHERE.includes(operation.split(': ')[0] ?? ''),
);
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

test('the list above names operations of the node', () => {
	expect(OPERATIONS).toEqual(expect.arrayContaining(OF_NO_EVENT));
	expect(OPERATIONS).toHaveLength(50);
});

async function run(operation: string, parameters = {}) {
	const sample = nth(eventtia.samples(rig.server)[operation]?.() ?? []);
	return await rig.run(operation, { ...sample.parameters, ...parameters });
}

describe.each(OPERATIONS.filter((operation) => !OF_NO_EVENT.includes(operation)))(
	'%s',
	(operation) => {
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
	},
);

/** The options of the operations on guests. */
import { describe, expect, test } from '@jest/globals';

import { readGuestOptions } from '../../../nodes/Invitario/fields.ts';
import { guest } from '../../../nodes/Invitario/resources/guest/index.ts';
import { deletionFilter } from '../../../nodes/Invitario/resources/guest/shared.ts';
import { vendor } from '../../../nodes/Invitario/vendor.ts';
import { operationFields } from '../../../nodes/shared/action/properties.ts';
import { itemWith } from '../shared/support/items.mts';

const [operation] = guest.operations;
const FIELDS = operation === undefined ? [] : operationFields(vendor, operation);
const read = (options: unknown, includeDeleted = false) =>
	readGuestOptions(itemWith({ options }, FIELDS), includeDeleted);

test.each([true, false])(
	'unset options have their defaults; Include Deleted that of the operation: %s',
	(byDefault) => {
		expect(read({}, byDefault)).toEqual({
			includeDeleted: byDefault,
			resolveCompanions: false,
			labels: new Map(),
		});
		expect(read({ includeDeleted: !byDefault }, byDefault).includeDeleted).toBe(!byDefault);
	},
);

describe('labels', () => {
	test.each([
		[{}, []],
		[{ labels: [] }, []],
		[{ labels: [{ field: 'customField13', label: ' Host ' }] }, [['customField13', 'Host']]],
		[{ labels: [{ field: '13', label: 'Host' }] }, [['customField13', 'Host']]],
		[{ labels: [{ field: 13, label: 'Host' }] }, [['customField13', 'Host']]],
		[{ labels: [{ field: '13', label: '' }] }, []],
		[
			{
				labels: [
					{ field: '13', label: 'A' },
					{ field: 'customField13', label: 'B' },
				],
			},
			[['customField13', 'B']],
		],
	])('%j', (customFieldLabels, wanted) => {
		expect([...read({ customFieldLabels }).labels]).toEqual(wanted);
	});

	test.each([
		[{ labels: [{ field: 'host', label: 'Host' }] }, /"Custom Field Labels" must name each field/],
		[{ labels: [{ label: 'Host' }] }, /"Custom Field Labels" must name each field/],
		[{ labels: ['customField13'] }, /"Custom Field Labels" must be a list of fields/],
	])('%j is rejected with the label of the option', (customFieldLabels, message) => {
		expect(() => read({ customFieldLabels })).toThrow(message);
	});
});

test('deleted guests are listed only with Include Deleted', () => {
	const deleted = { id: 'a', deleteDateTime: '2026-05-01T18:30:00+02:00' };
	expect(deletionFilter(read({ includeDeleted: false }))(deleted)).toBe(false);
	expect(deletionFilter(read({ includeDeleted: true }))(deleted)).toBe(true);
	expect(deletionFilter(read({ includeDeleted: false }))({ id: 'b', deleteDateTime: null })).toBe(
		true,
	);
});

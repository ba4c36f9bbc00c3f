/** The options of every list of guests. */
import { describe, expect, test } from '@jest/globals';

import { deletionFilter, readGuestOptions } from '../../../nodes/Invitario/guestOptions.ts';
import { guest } from '../../../nodes/Invitario/resources/guest/index.ts';
import { vendor } from '../../../nodes/Invitario/vendor.ts';
import { operationFields } from '../../../nodes/shared/action/properties.ts';
import { itemWith } from '../shared/support/items.mts';

const [operation] = guest.operations;
const FIELDS = operation === undefined ? [] : operationFields(vendor, operation);
const read = (options: unknown, initially = false) =>
	readGuestOptions(itemWith({ options }, FIELDS), initially);

test.each([true, false])('without a choice: deleted as the operation has it (%s)', (initially) => {
	expect(read({}, initially)).toEqual({
		includeDeleted: initially,
		resolveCompanions: false,
		labels: new Map(),
	});
	expect(read({ includeDeleted: !initially }, initially).includeDeleted).toBe(!initially);
});

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
	])('%j is refused by its label', (customFieldLabels, message) => {
		expect(() => read({ customFieldLabels })).toThrow(message);
	});
});

test('deleted guests are let pass only if wanted', () => {
	const deleted = { id: 'a', deleteDateTime: '2026-05-01T18:30:00+02:00' };
	expect(deletionFilter(read({ includeDeleted: false }))(deleted)).toBe(false);
	expect(deletionFilter(read({ includeDeleted: true }))(deleted)).toBe(true);
	expect(deletionFilter(read({ includeDeleted: false }))({ id: 'b', deleteDateTime: null })).toBe(
		true,
	);
});

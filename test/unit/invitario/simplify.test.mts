/** Invitario's records, simplified, and the check-in status of a guest. */
import { describe, expect, test } from '@jest/globals';

import { companionIds, isDeleted, isGuest } from '../../../nodes/Invitario/records.ts';
import { checkInStatus, simplifyEvent, simplifyGuest } from '../../../nodes/Invitario/simplify.ts';

/** The document's own guest; its dates are out of order. */
const DOCUMENTED = {
	id: '2e1a7138',
	parentId: 'bf291cd3',
	accessCode: 'abcdef',
	clientUpdateDateTime: '2017-06-01T18:30:00+02:00',
	serverUpdateDateTime: '2017-06-01T18:30:00+02:00',
	checkInDateTime: '2017-06-01T18:30:00+02:00',
	checkOutDateTime: '2017-06-01T18:30:00+02:00',
	deleteDateTime: '2016-07-01T18:30:00+02:00',
	registrationState: 'registered',
	highlightColor: '#ffeedd',
	fields: {
		salutation: 'Mr.',
		lastName: 'Smith',
		firstName: 'John',
		titlePrefix: 'Dr',
		titleSuffix: 'MSc',
		company: 'My Company',
		position: 'CIO',
		street: 'Stephansplatz',
		houseNumber: '1',
		postalCode: '1010',
		city: 'Vienna',
		country: 'AT',
		phone: '+43 1 234 5678',
		mobilePhone: '+43 6999 12 34 56 78',
		fax: null,
		email: 'john@example.com',
		externalId: null,
		notes: 'This is useful information.',
		customField1: 'green',
		customField47: ['vegetarian', 'vegan'],
	},
	companions: [{ id: '20c36bba' }, { id: 'bb1f8ca9' }],
};
const NO_LABELS = new Map<string, string>();
const flat = (guest: object) => simplifyGuest({ id: 'a', ...guest }, NO_LABELS);

describe('a guest', () => {
	test('from the document’s example', () => {
		expect(simplifyGuest(DOCUMENTED, new Map([['customField47', 'Meal']]))).toEqual({
			id: '2e1a7138',
			externalId: null,
			accessCode: 'abcdef',
			parentId: 'bf291cd3',
			email: 'john@example.com',
			name: 'John Smith',
			salutation: 'Mr.',
			titlePrefix: 'Dr',
			firstName: 'John',
			lastName: 'Smith',
			titleSuffix: 'MSc',
			company: 'My Company',
			jobTitle: 'CIO',
			phone: '+43 1 234 5678',
			mobilePhone: '+43 6999 12 34 56 78',
			fax: null,
			street: 'Stephansplatz',
			houseNumber: '1',
			postalCode: '1010',
			city: 'Vienna',
			country: 'AT',
			notes: 'This is useful information.',
			status: 'registered',
			statusGroup: 'deleted',
			checkedIn: false,
			checkedInAt: '2017-06-01T18:30:00+02:00',
			checkedOutAt: '2017-06-01T18:30:00+02:00',
			deletedAt: '2016-07-01T18:30:00+02:00',
			updatedAt: '2017-06-01T18:30:00+02:00',
			highlightColor: '#ffeedd',
			companions: ['20c36bba', 'bb1f8ca9'],
			customFields: { customField1: 'green', Meal: ['vegetarian', 'vegan'] },
		});
	});

	test('keeps every documented field under some name', () => {
		const { clientUpdateDateTime: _dropped, fields, ...others } = DOCUMENTED;
		const out = JSON.stringify(simplifyGuest(DOCUMENTED, NO_LABELS));
		for (const value of [...Object.values(others), ...Object.values(fields)].flat()) {
			const expected = typeof value === 'object' && value !== null ? value.id : value;
			expect(out).toContain(JSON.stringify(expected));
		}
	});

	test.each([{}, { fields: null }, { fields: [] }, { fields: 'x', companions: 'y' }])(
		'has the same keys with %j',
		(damaged) => {
			const out = flat(damaged);
			expect(Object.keys(out)).toEqual(Object.keys(flat(DOCUMENTED)));
			expect(out).toMatchObject({ email: null, name: null, companions: [], customFields: {} });
		},
	);

	test.each([
		[{ firstName: 'John', lastName: 'Smith' }, 'John Smith'],
		[{ firstName: 'John', lastName: null }, 'John'],
		[{ firstName: '', lastName: 'Smith' }, 'Smith'],
		[{ firstName: null }, null],
	])('the name of %j is %j', (fields, name) => {
		expect(flat({ fields })).toMatchObject({ name });
	});
});

describe('the check-in status', () => {
	const EARLY = '2026-05-01T18:30:00+02:00';
	/** Later, although the hour in the text is earlier. */
	const LATER = '2026-05-01T17:00:00Z';

	test.each([
		['nothing', {}, 'notCheckedIn'],
		['nulls', { checkInDateTime: null, checkOutDateTime: null }, 'notCheckedIn'],
		['empty texts', { checkInDateTime: '', checkOutDateTime: '' }, 'notCheckedIn'],
		['in', { checkInDateTime: EARLY }, 'checkedIn'],
		['in, out is null', { checkInDateTime: EARLY, checkOutDateTime: null }, 'checkedIn'],
		['out only', { checkOutDateTime: EARLY }, 'checkedOut'],
		['in, then out', { checkInDateTime: EARLY, checkOutDateTime: LATER }, 'checkedOut'],
		['out, then in again', { checkInDateTime: LATER, checkOutDateTime: EARLY }, 'checkedIn'],
		['both at once', { checkInDateTime: EARLY, checkOutDateTime: EARLY }, 'checkedOut'],
		[
			'the same moment in two offsets',
			{ checkInDateTime: EARLY, checkOutDateTime: '2026-05-01T16:30:00+00:00' },
			'checkedOut',
		],
		[
			'one second before, in another offset',
			{ checkInDateTime: EARLY, checkOutDateTime: '2026-05-01T12:29:59-04:00' },
			'checkedIn',
		],
		[
			'a check-out that is not a date',
			{ checkInDateTime: EARLY, checkOutDateTime: 'x' },
			'checkedIn',
		],
	])('%s', (_, dates, status) => {
		expect(checkInStatus({ id: 'a', ...dates })).toBe(status);
		expect(flat(dates)).toMatchObject({ checkedIn: status === 'checkedIn' });
	});

	test.each([
		[{}, 'unknown'],
		[{ registrationState: 'unknown' }, 'unknown'],
		[{ registrationState: 'registered' }, 'registered'],
		[{ registrationState: 'deregistered' }, 'cancelled'],
		[{ registrationState: 'something new' }, 'unknown'],
		[{ registrationState: 'deregistered', checkInDateTime: EARLY }, 'checked_in'],
		[{ checkInDateTime: EARLY, checkOutDateTime: LATER }, 'checked_out'],
		[{ checkInDateTime: EARLY, deleteDateTime: LATER }, 'deleted'],
		[{ registrationState: 'registered', deleteDateTime: null }, 'registered'],
	])('%j has the status group %s', (guest, statusGroup) => {
		const { status, statusGroup: found } = flat(guest);
		expect(found).toBe(statusGroup);
		// The vendor's own status is unchanged.
		expect(status).toBe('registrationState' in guest ? guest.registrationState : null);
	});
});

describe('records', () => {
	test.each([undefined, null, 'a', 5, [], {}, { id: '' }, { id: 7 }, [{ id: 'a' }]])(
		'%j is not a guest',
		(value) => {
			expect(isGuest(value)).toBe(false);
		},
	);

	test.each([
		['2026-05-01T18:30:00+02:00', true],
		[null, false],
		[undefined, false],
		['', false],
	])('deleted at %j: %s', (deleteDateTime, deleted) => {
		expect(isDeleted({ id: 'a', deleteDateTime })).toBe(deleted);
	});

	test('companions without an ID are left out', () => {
		const companions = [{ id: 'b' }, {}, null, 'c', { id: 5 }, { id: 'd' }];
		expect(companionIds({ id: 'a', companions })).toEqual(['b', 'd']);
		expect(companionIds({ id: 'a', companions: null })).toEqual([]);
	});
});

test('the event has the same keys always, and no undocumented configuration', () => {
	const event = { id: '123', name: 'My Event', startDateTime: 'x', configuration: { a: 1 } };
	expect(simplifyEvent(event)).toEqual({
		id: '123',
		name: 'My Event',
		company: null,
		startDateTime: 'x',
		endDateTime: null,
	});
});

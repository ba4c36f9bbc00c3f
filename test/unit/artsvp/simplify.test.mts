/** ARTSVP's records, simplified. */
import { describe, expect, test } from '@jest/globals';

import { isRecord, withBookingList } from '../../../nodes/Artsvp/records.ts';
import { codeInAddress } from '../../../nodes/Artsvp/resources/invite/shared.ts';
import {
	amountUsed,
	simplifyBooking,
	simplifyCollection,
	simplifyEvent,
	simplifyInvite,
} from '../../../nodes/Artsvp/simplify.ts';

describe('an event', () => {
	test.each([
		[{ time_zone: 'Europe/London' }, 'Europe/London'],
		[{ timezone: 'Europe/London' }, 'Europe/London'],
		[{ time_zone: 'Europe/Paris', timezone: 'Europe/London' }, 'Europe/Paris'],
		[{}, null],
	])('has its time zone under either of the vendor’s names: %j', (names, timeZone) => {
		expect(simplifyEvent({ id: 'eve-1', ...names })).toMatchObject({ timeZone });
	});

	test('has the same keys if only the ID is there', () => {
		const { id, resourceTags, ...rest } = simplifyEvent({ id: 'eve-1' });

		expect([id, resourceTags]).toEqual(['eve-1', []]);
		expect(new Set(Object.values(rest))).toEqual(new Set([null]));
		expect(Object.keys(rest)).toHaveLength(11);
	});
});

test('a collection has the same keys if only the ID is there', () => {
	expect(simplifyCollection({ id: 'col-1' })).toEqual({
		id: 'col-1',
		code: null,
		name: null,
		publicUrl: null,
		resourceTags: [],
		createdAt: null,
		updatedAt: null,
	});
});

describe('a booking', () => {
	test('takes missing fields from its event', () => {
		const event = { id: 'eve-1', code: 'efa400', name: 'Summer Party' };

		expect(simplifyBooking({ id: 'boo-1', event })).toMatchObject({
			eventId: 'eve-1',
			eventCode: 'efa400',
			eventName: 'Summer Party',
		});
		expect(
			simplifyBooking({ id: 'boo-1', event, event_id: '836d76', event_name: 'Fair' }),
		).toMatchObject({ eventId: 'eve-1', eventCode: '836d76', eventName: 'Fair' });
	});

	test.each([['text'], [null], [['list']]])('has no event ID if the event is %j', (event) => {
		expect(simplifyBooking({ id: 'boo-1', event })).toMatchObject({ eventId: null });
	});

	test.each(['constructor', '__proto__', 'toString', 7, null])(
		'with the status %p has the status group unknown',
		(status) => {
			expect(simplifyBooking({ id: 'boo-1', status }).statusGroup).toBe('unknown');
		},
	);
});

describe('an invite', () => {
	test.each([
		['0/1', { used: 0, max: 1 }],
		['12/100', { used: 12, max: 100 }],
		['3/0', { used: 3, max: 0 }],
		[' 3 / 4 ', { used: 3, max: 4 }],
		['3', { used: 3, max: null }],
		['3/∞', { used: 3, max: null }],
		['-1/x', { used: null, max: null }],
		['', { used: null, max: null }],
		[3, { used: null, max: null }],
		[undefined, { used: null, max: null }],
	])('with the amount used %p has %j', (text, numbers) => {
		expect(amountUsed(text)).toEqual(numbers);
	});

	test('has the event or collection that it is for', () => {
		const resource = { id: 'col-1', object: 'collection', name: 'VIP program' };

		expect(simplifyInvite({ id: 'inv-1', resource })).toMatchObject({
			resourceId: 'col-1',
			resourceType: 'collection',
			resourceName: 'VIP program',
		});
		expect(simplifyInvite({ id: 'inv-1' })).toMatchObject({ resourceId: null });
	});

	test.each([
		[undefined, []],
		[null, []],
		[{}, []],
		[{ id: 'boo-1' }, [{ id: 'boo-1' }]],
		[[], []],
		[
			[{ id: 'boo-1' }, { id: 'boo-2' }],
			[{ id: 'boo-1' }, { id: 'boo-2' }],
		],
	])('with the bookings %j gets the list %j', (bookings, list) => {
		expect(withBookingList({ id: 'inv-1', bookings }).bookings).toEqual(list);
	});
});

test.each([[{ id: '' }], [{ id: 7 }], [{}], [null], ['text'], [[]]])(
	'%j is not a record',
	(value) => {
		expect(isRecord(value)).toBe(false);
	},
);

describe('the code in an address', () => {
	test.each([
		['https://artsvp.com/efa400', 'efa400'],
		['https://invite.artsvp.com/372abb/', '372abb'],
		['http://artsvp.com/en/events/efa400?x=/y#/z', 'efa400'],
	])('%s is %s', (address, code) => {
		expect(codeInAddress.parse(address)).toBe(code);
	});

	test.each(['https://artsvp.com', 'https://artsvp.com//', 'https://artsvp.com/?a', 'efa400'])(
		'%p has no code',
		(address) => {
			expect(() => codeInAddress.parse(address)).toThrow('does not end with a code');
		},
	);
});

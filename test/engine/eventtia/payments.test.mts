/** Eventtia: payments of attendees: the filters on the wire, and the output. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { VIENNA, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const PAYMENTS = below('/attendee-payments');
const payments = () => Array.from(rig.state.event().payments.payments.values());

describe('payment: getAll', () => {
	test('all pages, amounts as numbers', async () => {
		const flat = await rig.run('payment: getAll', { returnAll: true });
		const raw = await rig.run('payment: getAll', { returnAll: true, simplify: false });

		expect(rig.sent(PAYMENTS)).toHaveLength(4);
		expect(payments()).toHaveLength(30);
		expect(data(flat)).toEqual(
			payments().map((payment) => ({
				id: payment.id,
				paymentType: payment.payment_type,
				identifier: payment.identifier,
				currency: 'USD',
				description: 'test pago',
				totalAmount: Number(payment.total_amount),
				status: payment.status,
				createdAt: rig.state.event().local(payment.created_at),
				updatedAt: rig.state.event().local(payment.updated_at),
				vat: 0,
				attendeeId: payment.attendeeId,
			})),
		);
		expect(data(raw)).toEqual(await listed(rig, PAYMENTS));
	});

	test.each([
		['', ''],
		['on request', 'on request'],
		['-12.30', -12.3],
	])('an amount %j becomes %j', async (sent, shown) => {
		nth(payments()).total_amount = sent;
		const result = only(await rig.run('payment: getAll', { limit: 1 }));

		expect(result.totalAmount).toBe(shown);
	});

	test('with the attendee included, by name', async () => {
		const options = { include: ['attendee'] };
		const result = only(await rig.run('payment: getAll', { limit: 1, options }));

		expect(nth(rig.sent(PAYMENTS)).query).toEqual({ ...PAGE, include: 'attendee' });
		expect(result.attendee).toMatchObject({ name: 'Ada Almeida', ticketType: 'General Public' });
	});

	test.each<[IDataObject, IDataObject]>([
		[{ paymentType: 'manualPayment' }, { payment_type: '1' }],
		[{ paymentType: 'electronic' }, { payment_type: '3' }],
		[{ status: ['accepted', 'refunded'] }, { status: 'accepted,refunded' }],
		[{ status: [] }, {}],
		[{ startDateTime: '2026-01-10T14:30:06.000Z' }, { start_date_time: '2026-01-10 09:30' }],
		[{ endDateTime: '2026-01-10T09:30:00' }, { end_date_time: '2026-01-10 09:30' }],
		[{ startDateTime: '', endDateTime: '' }, {}],
	])('the filter %j is sent as %j', async (filters, query) => {
		const result = await rig.run('payment: getAll', { filters });

		expect(result.error).toBeUndefined();
		expect(nth(rig.sent(PAYMENTS)).query).toEqual({ ...PAGE, ...query });
	});

	test('applies the filters', async () => {
		const manual = await rig.run('payment: getAll', { filters: { paymentType: 'manualPayment' } });
		const status = await rig.run('payment: getAll', { filters: { status: ['refunded', 'error'] } });

		expect(data(manual).map(({ id }) => id)).toEqual(
			payments().flatMap((one) => (one.payment_type === 'Manual payment' ? [one.id] : [])),
		);
		expect(data(status).map(({ id }) => id)).toEqual(
			payments().flatMap((one) => (['refunded', 'error'].includes(one.status) ? [one.id] : [])),
		);
	});

	test.each([
		['2026-10-25T00:30:00Z', '2026-10-25 02:30'],
		['2026-10-25T12:00:00Z', '2026-10-25 13:00'],
		['2026-03-29T12:00:00Z', '2026-03-29 14:00'],
	])('in Vienna, around the clock change: %s', async (startDateTime, written) => {
		const eventUri = by('uri', VIENNA);
		await rig.run('payment: getAll', { eventUri, filters: { startDateTime } });

		expect(nth(rig.sent(below('/attendee-payments', VIENNA))).query.start_date_time).toBe(written);
	});

	test('refuses an unknown payment type before it is sent', async () => {
		const paymentType = '={{ "barter" }}';
		const result = await rig.run('payment: getAll', { filters: { paymentType } });

		expect(errorOf(result).message).toContain('"Payment Type"');
		expect(rig.sent(PAYMENTS)).toEqual([]);
	});
});

// Payments of an event's attendees.

import { HOUR, MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import { firstAttendees, given, pick } from './seeding.mts';

const ELECTRONIC_EVERY = 3;
const AMOUNTS = ['1.0', '25.5', '100.0', '0.0'];

/** "Suppported options processing, accepted, refuted, expired, error, refunded" */
export const PAYMENT_STATUSES = [
	'processing',
	'accepted',
	'refuted',
	'expired',
	'error',
	'refunded',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** The filter's values and the labels shown for them. Only the first label is in the document. */
export const PAYMENT_TYPES: ReadonlyMap<string, string> = new Map([
	['1', 'Manual payment'],
	['3', 'Electronic payment'],
]);

/** A payment. Amounts are strings, times Unix milliseconds. */
export interface Payment {
	id: string;
	attendeeId: string;
	/** One of the labels in `PAYMENT_TYPES`. */
	payment_type: string;
	identifier: string | null;
	currency: string;
	description: string;
	total_amount: string;
	vat: string;
	status: PaymentStatus;
	created_at: number;
	updated_at: number;
}

/** The fields of a payment that can be set. */
export type PaymentFields = {
	[Name in Exclude<keyof Payment, 'id' | 'attendeeId' | 'created_at' | 'updated_at'>]?:
		| Payment[Name]
		| undefined;
};

/** The payments of one event. */
export class PaymentStore {
	readonly payments = new Map<string, Payment>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds a payment of an attendee. */
	add(attendeeId: string, fields: PaymentFields = {}): Payment {
		const now = wholeSeconds(this.event.now());
		const payment: Payment = {
			payment_type: 'Manual payment',
			identifier: null,
			currency: this.event.facts.currency,
			description: 'test pago',
			total_amount: '1.0',
			vat: '0.0',
			status: 'accepted',
			...given<Payment>(fields),
			id: this.event.nextId(),
			attendeeId,
			created_at: now,
			updated_at: now,
		};
		this.payments.set(payment.id, payment);
		return payment;
	}

	update(payment: Payment, fields: PaymentFields): Payment {
		return Object.assign(payment, given<Payment>(fields), {
			updated_at: wholeSeconds(this.event.now()),
		});
	}

	toJSON(): unknown {
		return Array.from(this.payments.values());
	}

	private seed(): void {
		const { event } = this;
		firstAttendees(event).forEach(({ id }, index) => {
			const isElectronic = index % ELECTRONIC_EVERY === 0;
			const payment = this.add(id, {
				payment_type: isElectronic ? 'Electronic payment' : 'Manual payment',
				identifier: isElectronic ? `PAY-${index + 1}` : null,
				total_amount: pick(AMOUNTS, index),
				status: pick(PAYMENT_STATUSES, index + 1),
			});
			payment.created_at = event.createdAt + index * HOUR;
			payment.updated_at = payment.created_at + MINUTE;
		});
	}
}

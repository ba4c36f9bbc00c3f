// Merchandise of an event (`purchase_items`) and the purchases (`attendee_purchase_items`).

import { MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import { firstAttendees, pick } from './seeding.mts';

const UNPAID_EVERY = 3;
const ITEMS: Array<[name: string, description: string, quantity: number, price: string]> = [
	['Merch', 'Merch Test', 3, '5'],
	['Merch 2', 'Merch for vip', 10, '1'],
	['T-shirt', 'All sizes', 500, '12.5'],
];

/** An item for sale. */
export interface PurchaseItem {
	id: string;
	name: string;
	description: string;
	quantity: number;
	maximum_quantity_per_attendee: number;
	/** Attendee type → price. */
	available_for_attendee_types: Record<string, string>;
	updated_at: number;
}

/** A purchase of an attendee. */
export interface Purchase {
	id: string;
	attendeeId: string;
	itemId: string;
	quantity: number;
	paid: boolean;
	updated_at: number;
}

/** The merchandise of one event. */
export class MerchandisingStore {
	readonly items = new Map<string, PurchaseItem>();
	readonly purchases = new Map<string, Purchase>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds a purchase of an attendee. */
	buy(attendeeId: string, itemId: string, quantity = 1, paid = false): Purchase {
		const purchase: Purchase = {
			id: this.event.nextId(),
			attendeeId,
			itemId,
			quantity,
			paid,
			updated_at: wholeSeconds(this.event.now()),
		};
		this.purchases.set(purchase.id, purchase);
		return purchase;
	}

	/** The purchases of an attendee. */
	ofAttendee(attendeeId: string): Purchase[] {
		return Array.from(this.purchases.values()).filter((row) => row.attendeeId === attendeeId);
	}

	toJSON(): unknown {
		return {
			items: Array.from(this.items.values()),
			purchases: Array.from(this.purchases.values()),
		};
	}

	private seed(): void {
		const { event } = this;
		const types = event.attendeeTypes.all();
		for (const [name, description, quantity, price] of ITEMS) {
			const id = event.nextId();
			this.items.set(id, {
				id,
				name,
				description,
				quantity,
				maximum_quantity_per_attendee: 1,
				available_for_attendee_types: Object.fromEntries(types.map((type) => [type.id, price])),
				updated_at: event.createdAt,
			});
		}
		const itemIds = Array.from(this.items.keys());
		firstAttendees(event).forEach(({ id }, index) => {
			const purchase = this.buy(id, pick(itemIds, index), 1, index % UNPAID_EVERY !== 0);
			purchase.updated_at = event.createdAt + index * MINUTE;
		});
	}
}

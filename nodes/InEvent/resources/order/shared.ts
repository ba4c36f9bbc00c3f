/** What the operations on orders share: how an order is chosen. */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { idField } from '../../../shared/fields/locators';
import { recordId } from '../../../shared/fields/validators';

export const orderField = idField('Order', 'orderId', 'searchOrders', 'ord_7712');

/** @returns the order’s ID; @throws InputError if it is empty */
export function readOrderId(item: ItemParameters): string {
	return item.read('orderId', recordId);
}

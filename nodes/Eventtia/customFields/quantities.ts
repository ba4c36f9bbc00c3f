/**
 * Quantities by purchase item: rows in the node, `{ "701": 2 }` in the request.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { validator, integer, type Validator } from '../../shared/fields/validators';
import { isObject } from '../../shared/values';
import { numericId } from '../fields';
import { readRows } from './rows';

const MAX_QUANTITY = 1_000_000;
const quantity = integer(0, MAX_QUANTITY);

export const quantitiesField: INodeProperties = {
	displayName: 'Purchase Items',
	name: 'purchaseItems',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add purchase item',
	default: {},
	description: 'What the attendee buys along with the registration',
	options: [
		{
			displayName: 'Purchase Item',
			name: 'rows',
			values: [
				{
					displayName: 'Purchase Item Name or ID',
					name: 'purchaseItemId',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getPurchaseItems',
						loadOptionsDependsOn: ['eventUri.value'],
					},
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 1,
					description: 'How many the attendee buys',
				},
			],
		},
	],
};

/** Validates n8n's `{ rows: [{ purchaseItemId, quantity }] }`. @returns the quantities by purchase item id */
export const quantities: Validator<IDataObject> = validator<IDataObject>((value) => {
	if (!isObject(value)) return { issue: 'must be quantities by purchase item' };
	const result: IDataObject = {};
	const rows = readRows(value);
	if (rows === undefined) return { issue: 'must be a list of purchase items with quantities' };
	for (const row of rows) {
		if (!isObject(row)) return { issue: 'must be a list of purchase items with quantities' };
		const id = numericId.safeParse(row.purchaseItemId);
		if (!id.success) return { issue: 'has a row without a purchase item' };
		const count = quantity.safeParse(row.quantity);
		if (!count.success) return { issue: 'has a quantity that is not a whole number' };
		result[id.data] = count.data;
	}
	return { value: result };
});

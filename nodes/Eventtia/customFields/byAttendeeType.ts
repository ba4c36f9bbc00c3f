/**
 * Values by attendee type, e.g. prices: rows in the node, `{ "69031": 200 }` in the request.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { validator, atLeast, boolean, type Validator } from '../../shared/fields/validators';
import { isObject } from '../../shared/values';
import { numericId } from '../fields';
import { readRows } from './rows';

/** What a row holds in addition to the attendee type. */
type ValueKind = 'price' | 'shown';

const VALUE_FIELDS: Record<ValueKind, INodeProperties> = {
	price: {
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 0,
		description: 'What it costs for this attendee type',
	},
	shown: {
		displayName: 'Shown',
		name: 'shown',
		type: 'boolean',
		default: true,
		description: 'Whether this attendee type sees it',
	},
};

/** An entry of a collection, with one row per attendee type. */
export function byAttendeeTypeField(
	displayName: string,
	name: string,
	kind: ValueKind,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add attendee type',
		default: {},
		description,
		options: [
			{
				displayName: 'Attendee Type',
				name: 'rows',
				values: [
					{
						displayName: 'Attendee Type Name or ID',
						name: 'attendeeTypeId',
						type: 'options',
						typeOptions: {
							loadOptionsMethod: 'getAttendeeTypes',
							loadOptionsDependsOn: ['eventUri.value'],
						},
						default: '',
						description:
							'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
					},
					VALUE_FIELDS[kind],
				],
			},
		],
	};
}

const amount = atLeast(0);

/** Validates n8n's `{ rows: [{ attendeeTypeId, price }] }`. @returns the values by attendee type id */
export function byAttendeeType(kind: ValueKind): Validator<IDataObject> {
	return validator<IDataObject>((value) => {
		if (!isObject(value)) return { issue: 'must be values by attendee type' };
		const result: IDataObject = {};
		const rows = readRows(value);
		if (rows === undefined) return { issue: 'must be a list of attendee types with values' };
		for (const row of rows) {
			if (!isObject(row)) return { issue: 'must be a list of attendee types with values' };
			const id = numericId.safeParse(row.attendeeTypeId);
			if (!id.success) return { issue: 'has a row without an attendee type' };
			if (kind === 'shown') {
				const shown = boolean.safeParse(row.shown);
				if (!shown.success) return { issue: 'has a row that is neither shown nor hidden' };
				// Sent as the text "true" or "false", as in the document.
				result[id.data] = String(shown.data);
				continue;
			}
			const price = amount.safeParse(row.price);
			if (!price.success) return { issue: 'has a price that is not a number from 0 on' };
			result[id.data] = price.data;
		}
		return { value: result };
	});
}

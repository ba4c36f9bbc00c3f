// The custom fields of events ("available for creating an event"); they belong to the account.

import { INPUT, type InputType } from './attendee-types.mts';

/** Shape assumed from `attendee_type_custom_fields`: the document's list is empty. */
export interface EventCustomField {
	id: string;
	name: string;
	inputType: InputType;
	values: string[] | null;
	required: boolean;
}

/** The fields of the account in `EVENTTIA_CREDENTIALS`. */
export const EVENT_CUSTOM_FIELDS: readonly EventCustomField[] = [
	{ id: '692349', name: 'Cost centre', inputType: INPUT.text, values: null, required: false },
	{
		id: '692350',
		name: 'Department',
		inputType: INPUT.select,
		values: ['Marketing', 'Sales', 'People'],
		required: false,
	},
	{
		id: '692351',
		name: 'Tags',
		inputType: INPUT.multiSelect,
		values: ['internal', 'hybrid', 'flagship'],
		required: false,
	},
];

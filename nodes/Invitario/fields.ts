/**
 * Options of the operations on guests and of the trigger, and how they are read.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../shared/fields/parameters';
import {
	validator,
	optionalText,
	requiredText,
	boolean,
	type Validator,
} from '../shared/fields/validators';
import { isObject } from '../shared/values';
import { customFieldKey, type Labels } from './customFields';

export const customFieldLabelsOption: INodeProperties = {
	displayName: 'Custom Field Labels',
	name: 'customFieldLabels',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add label',
	default: {},
	description:
		'Names for the custom fields, which Invitario only numbers. They are used when "Simplify" is on.',
	options: [
		{
			displayName: 'Label',
			name: 'labels',
			values: [
				{
					displayName: 'Custom Field',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. customField13',
					description: 'The field as Invitario calls it, or just its number',
				},
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Host',
					description: 'The name it gets in the output',
				},
			],
		},
	],
};

export const resolveCompanionsOption: INodeProperties = {
	displayName: 'Resolve Companions',
	name: 'resolveCompanions',
	type: 'boolean',
	default: false,
	description: 'Whether to return the companions of each guest as whole records instead of IDs',
};

/** For lists of guests: deleted guests are left out by default. */
export const includeDeletedOption: INodeProperties = {
	displayName: 'Include Deleted',
	name: 'includeDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to also return guests who were deleted in Invitario',
};

/** For lists of changes: a deletion is a change, so deleted guests are included by default. */
export const includeDeletedChangesOption: INodeProperties = {
	...includeDeletedOption,
	default: true,
};

/** Reads *Custom Field Labels*, in n8n's form `{ labels: [{ field, label }] }`. */
const labelMap: Validator<Labels> = validator<Labels>((value) => {
	const rows: unknown = isObject(value) ? value.labels : undefined;
	const labels = new Map<string, string>();
	for (const row of Array.isArray(rows) ? rows : []) {
		if (!isObject(row)) return { issue: 'must be a list of fields with their labels' };
		const field = requiredText.safeParse(row.field);
		const key = field.success ? customFieldKey(field.data) : undefined;
		if (key === undefined) {
			return { issue: 'must name each field like "customField13", or by its number' };
		}
		const label = optionalText.safeParse(row.label);
		if (!label.success) return { issue: 'has a label that is not text' };
		if (label.data !== '') labels.set(key, label.data);
	}
	return { value: labels };
});

/** The options as they were set, with their defaults. */
export interface GuestOptions {
	includeDeleted: boolean;
	resolveCompanions: boolean;
	labels: Labels;
}

/**
 * @param includeDeleted the default of *Include Deleted* in this operation
 * @throws InputError if an option is not valid
 */
export function readGuestOptions(parameters: Parameters, includeDeleted: boolean): GuestOptions {
	const options = parameters.readCollection('options', {
		customFieldLabels: labelMap,
		includeDeleted: boolean,
		resolveCompanions: boolean,
	});
	return {
		includeDeleted: options.includeDeleted ?? includeDeleted,
		resolveCompanions: options.resolveCompanions ?? false,
		labels: options.customFieldLabels ?? new Map<string, string>(),
	};
}

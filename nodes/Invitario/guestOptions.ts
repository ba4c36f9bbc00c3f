/**
 * The options that every list of guests has, and what they make of a list.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../shared/fields/parameters';
import {
	validator,
	optionalText,
	requiredText,
	boolean,
	type Validator,
} from '../shared/fields/validators';
import { isObject } from '../shared/values';
import type { InvitarioClient } from './client';
import { customFieldKey, type Labels } from './customFields';
import { companionIds, isDeleted, type InvitarioGuest } from './records';
import { simplifyGuest } from './simplify';

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

/** Deleted guests are left out unless the person says otherwise. */
export const includeDeletedOption: INodeProperties = {
	displayName: 'Include Deleted',
	name: 'includeDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to also return guests who were deleted in Invitario',
};

/** The same for lists of changes, of which a deletion is one. */
export const includeDeletedChangesOption: INodeProperties = {
	...includeDeletedOption,
	default: true,
};

/** `{ labels: [{ field, label }] }` as n8n gives it. */
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

export interface GuestOptions {
	includeDeleted: boolean;
	resolveCompanions: boolean;
	labels: Labels;
}

/** @param includeDeletedInitially the default of the option that the operation has */
export function readGuestOptions(item: Parameters, includeDeletedInitially: boolean): GuestOptions {
	const options = item.readCollection('options', {
		customFieldLabels: labelMap,
		includeDeleted: boolean,
		resolveCompanions: boolean,
	});
	return {
		includeDeleted: options.includeDeleted ?? includeDeletedInitially,
		resolveCompanions: options.resolveCompanions ?? false,
		labels: options.customFieldLabels ?? new Map<string, string>(),
	};
}

/**
 * How guests come out: flat or as they are, with companions as ids or as records. A companion who
 * is in no list (another segment, deleted) stays an id.
 *
 * @param simplify the *Simplify* switch
 */
export async function guestShape(
	client: InvitarioClient,
	options: GuestOptions,
	simplify: boolean,
): Promise<(guest: InvitarioGuest) => IDataObject> {
	const shape = (guest: InvitarioGuest): IDataObject =>
		simplify ? simplifyGuest(guest, options.labels) : guest;
	if (!options.resolveCompanions) return shape;
	const byId = await client.guestsBy('id');
	return (guest) => ({
		...shape(guest),
		companions: companionIds(guest).map((id) => {
			const [companion] = byId.get(id) ?? [];
			return companion === undefined ? { id } : shape(companion);
		}),
	});
}

/** @returns whether a guest is wanted, as far as *Include Deleted* goes */
export function deletionFilter(options: GuestOptions): (guest: InvitarioGuest) => boolean {
	return (guest) => options.includeDeleted || !isDeleted(guest);
}

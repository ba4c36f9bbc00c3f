/** ARTSVP's `filter`: by what an invite that exists already is recognised. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { oneOf } from '../../../shared/fields/validators';
import { InputError } from '../../../shared/errors';

export const filterOptions = [
	{ name: 'Email', value: 'email' },
	{ name: 'External ID', value: 'external_id' },
	{ name: 'Name', value: 'name' },
];

export const filterField: INodeProperties = {
	displayName: 'Find By',
	name: 'filter',
	type: 'options',
	options: filterOptions,
	default: 'email',
	description:
		'The field by which an invite that exists already is recognised; fill it in under "Additional Fields"',
};

export const filterCheck = oneOf('email', 'external_id', 'name');

const LABELS = { email: 'Email', external_id: 'External ID', name: 'Name' } as const;

/** @throws InputError if the field to find by is not filled in: ARTSVP would then create a new invite */
export function assertFilled(filter: keyof typeof LABELS, body: IDataObject): void {
	if (body[filter] !== undefined) return;
	throw new InputError(
		`"${LABELS[filter]}" is empty, but "Find By" needs it`,
		`Fill in "${LABELS[filter]}" under "Additional Fields", or choose another field in "Find By".`,
	);
}

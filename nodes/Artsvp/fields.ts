/**
 * Fields that several ARTSVP operations share, and how they are read.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collectionField, type CollectionName } from '../shared/fields/builders';
import type { ItemParameters } from '../shared/fields/itemParameters';
import {
	emailAddress,
	jsonObject,
	optional,
	requiredText,
	stringList,
	boolean,
	integer,
	type Validator,
} from '../shared/fields/validators';
import { keyValueFields, keyValues } from '../shared/fields/keyValues';

const MAX_MAX_BOOKINGS = 1_000_000;

/** A detail of a guest: its field in the node and the parameter that ARTSVP gets. */
interface Detail {
	field: INodeProperties;
	validator: Validator<unknown>;
	parameter: string;
}

function text(displayName: string, name: string, parameter: string, description: string): Detail {
	return {
		field: { displayName, name, type: 'string', default: '', description },
		validator: optional(requiredText),
		parameter,
	};
}

/**
 * The details that can be set, over all operations (artsvp.md, "Create an invite", "Update an
 * invite", "Update a booking").
 */
const DETAILS = {
	name: text('Name', 'name', 'name', 'The name of the guest'),
	externalId: text('External ID', 'externalId', 'external_id', 'Your own ID of the guest'),
	email: {
		field: {
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. jane@example.com',
			description: 'The email of the guest',
		},
		validator: optional(emailAddress),
		parameter: 'email',
	},
	golden: {
		field: {
			displayName: 'Golden',
			name: 'golden',
			type: 'boolean',
			default: false,
			description: 'Whether the invite is a Golden invite',
		},
		validator: boolean,
		parameter: 'golden',
	},
	registerInterest: {
		field: {
			displayName: 'Register Interest',
			name: 'registerInterest',
			type: 'boolean',
			default: false,
			description: 'Whether the invite only lets the guest register interest',
		},
		validator: boolean,
		parameter: 'register_interest',
	},
	maxBookings: {
		field: {
			displayName: 'Max Bookings',
			name: 'maxBookings',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1,
			description: 'How many bookings can be made with the invite; 0 is without limit',
		},
		validator: integer(0, MAX_MAX_BOOKINGS),
		parameter: 'max_bookings',
	},
	tags: {
		field: {
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
			default: [],
			description: 'The tags of the invite',
		},
		validator: stringList,
		parameter: 'tags',
	},
} satisfies Record<string, Detail>;

type DetailName = keyof typeof DETAILS;

/** Meta data is given as pairs or as JSON. */
const metaDataFields = keyValueFields(
	'Meta Data',
	'metaData',
	'Data of your own that ARTSVP keeps with the record',
);

/**
 * A collection of details, with *Meta Data*, in alphabetical order.
 *
 * @param names the details that the operation takes
 * @param overrides other wording of single details
 */
export function detailsField(
	name: CollectionName,
	names: readonly DetailName[],
	overrides: Partial<Record<DetailName, Partial<INodeProperties>>> = {},
): INodeProperties {
	const fields = names.map(
		(detail): INodeProperties => ({
			...DETAILS[detail].field,
			...overrides[detail],
		}),
	);
	return collectionField(name, [...fields, ...metaDataFields]);
}

/**
 * Reads the collection of {@link detailsField}.
 *
 * @returns the details that were filled in, under the vendor's names
 * @throws InputError that names the field
 */
export function readDetails(
	item: ItemParameters,
	collection: string,
	names: readonly DetailName[],
): IDataObject {
	const validators = Object.fromEntries(names.map((name) => [name, DETAILS[name].validator]));
	const values = item.readCollection<Record<string, unknown>>(collection, validators);
	const body: IDataObject = {};
	for (const name of names) {
		const value = values[name];
		if (isValue(value)) body[DETAILS[name].parameter] = value;
	}
	const metaData = readMetaData(item, collection);
	return metaData === undefined ? body : { ...body, meta_data: metaData };
}

function isValue(value: unknown): value is string | number | boolean | string[] {
	return value !== undefined;
}

/**
 * The meta data of a collection, pairs and JSON together.
 *
 * @returns undefined if there is none: an empty object might erase the meta data that ARTSVP has
 */
export function readMetaData(item: ItemParameters, collection: string): IDataObject | undefined {
	const { metaData, metaDataJson } = item.readCollection(collection, {
		metaData: keyValues,
		metaDataJson: jsonObject,
	});
	const both = { ...metaData, ...metaDataJson };
	return Object.keys(both).length > 0 ? both : undefined;
}

/** *Options* of a list, for workflows that page through it themselves (artsvp.md, "Pagination"). */
export const cursorOptions: INodeProperties[] = [
	{
		displayName: 'Ending Before',
		name: 'endingBefore',
		type: 'string',
		default: '',
		description:
			'Return only one page, 99 records at the most: the one that ends before the record with this ID',
	},
	{
		displayName: 'Starting After',
		name: 'startingAfter',
		type: 'string',
		default: '',
		description: 'Start after the record with this ID',
	},
];

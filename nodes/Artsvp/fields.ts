/**
 * Fields that several ARTSVP operations share, and how they are read.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
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

/** Entries of a collection, by the vendor's name of the parameter. */
interface Entry {
	field: INodeProperties;
	check: Validator<unknown>;
	parameter: string;
}

function text(displayName: string, name: string, parameter: string, description: string): Entry {
	return {
		field: { displayName, name, type: 'string', default: '', description },
		check: optional(requiredText),
		parameter,
	};
}

/** The entries that creating, updating and finding share. */
const ENTRIES = {
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
		check: optional(emailAddress),
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
		check: boolean,
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
		check: boolean,
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
		check: integer(0, MAX_MAX_BOOKINGS),
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
		check: stringList,
		parameter: 'tags',
	},
} satisfies Record<string, Entry>;

type EntryName = keyof typeof ENTRIES;

/** Meta data is its own pair of fields. */
const metaDataFields = keyValueFields(
	'Meta Data',
	'metaData',
	'Data of your own that ARTSVP keeps with the record',
);

/**
 * A collection of such entries, with *Meta Data*.
 *
 * @param overrides wording of single entries
 */
export function detailsField(
	displayName: string,
	name: string,
	entries: readonly EntryName[],
	overrides: Partial<Record<EntryName, Partial<INodeProperties>>> = {},
): INodeProperties {
	const fields = entries.map(
		(entry): INodeProperties => ({
			...ENTRIES[entry].field,
			...overrides[entry],
		}),
	);
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [...fields, ...metaDataFields].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}

/** What {@link detailsField} holds, under the vendor's names; only what was filled in. */
export function readDetails(
	item: ItemParameters,
	collection: string,
	entries: readonly EntryName[],
): IDataObject {
	const checks = Object.fromEntries(entries.map((entry) => [entry, ENTRIES[entry].check]));
	const given = item.readCollection<Record<string, unknown>>(collection, checks);
	const body: IDataObject = {};
	for (const entry of entries) {
		const value = given[entry];
		if (isValue(value)) body[ENTRIES[entry].parameter] = value;
	}
	const metaData = readMetaData(item, collection);
	return metaData === undefined ? body : { ...body, meta_data: metaData };
}

function isValue(value: unknown): value is string | number | boolean | string[] {
	return value !== undefined;
}

/** Pairs and JSON together; undefined if nothing is in them: an empty one could erase what is there. */
export function readMetaData(item: ItemParameters, collection: string): IDataObject | undefined {
	const { metaData, metaDataJson } = item.readCollection(collection, {
		metaData: keyValues,
		metaDataJson: jsonObject,
	});
	const both = { ...metaData, ...metaDataJson };
	return Object.keys(both).length > 0 ? both : undefined;
}

/** Where a list starts; for people who walk through it themselves. */
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

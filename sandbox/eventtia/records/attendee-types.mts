// Attendee types and their custom fields. The same label has a different ID in every type.

import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';

/** The numbers of `input_type`. Only 1 is documented (the sample's `first_name`); the sandbox made up the others. */
export const INPUT = {
	text: 1,
	paragraph: 2,
	select: 3,
	multiSelect: 4,
	boolean: 5,
	number: 6,
	date: 7,
	file: 8,
} as const;
export type InputType = (typeof INPUT)[keyof typeof INPUT];

/** The names of the fields that every attendee type has, in the order of the sample. */
export const DEFAULT_FIELDS = [
	'first_name',
	'last_name',
	'email',
	'company',
	'telephone',
	'city_id',
	'job_title',
	'picture',
	'alternative_email',
	'birthdate',
	'timezone',
] as const;
export type DefaultField = (typeof DEFAULT_FIELDS)[number];

const REQUIRED: readonly string[] = ['first_name', 'last_name', 'email'];
const PUBLIC: readonly string[] = ['first_name', 'last_name', 'company', 'job_title'];
const DEFAULT_INPUTS: Readonly<Record<string, InputType>> = {
	picture: INPUT.file,
	birthdate: INPUT.date,
};

export interface CustomField {
	id: string;
	typeId: string;
	name: string;
	alias: string | null;
	required: boolean;
	isDefault: boolean;
	inputType: InputType;
	/** Of a select or multi select. */
	choices: string[] | null;
	/** Shown to anonymous clients. */
	isPublic: boolean;
	order: number;
	updatedAt: number;
}

/** The fields of a new custom field; those left out get defaults. */
interface NewField {
	name: string;
	alias: string | null;
	inputType: InputType;
	choices?: string[];
	required?: boolean;
	isPublic?: boolean;
}

/** A repeated label ("Comments") and null aliases are intentional: the document allows both. */
const CUSTOM_FIELDS: readonly NewField[] = [
	{
		name: 'Diet',
		alias: 'diet',
		inputType: INPUT.select,
		choices: ['None', 'Vegetarian', 'Vegan', 'Gluten-free'],
	},
	{
		name: 'Interests',
		alias: 'interests',
		inputType: INPUT.multiSelect,
		choices: ['AI', 'Design', 'Finance', 'Robotics'],
		isPublic: true,
	},
	{ name: 'Years of experience', alias: null, inputType: INPUT.number },
	{ name: 'Arrival', alias: 'arrival', inputType: INPUT.date },
	{ name: 'Newsletter', alias: 'newsletter', inputType: INPUT.boolean },
	{ name: 'CV', alias: 'cv', inputType: INPUT.file },
	{ name: 'Comments', alias: 'comments', inputType: INPUT.text },
	{ name: 'Comments', alias: null, inputType: INPUT.paragraph },
];
const BADGE_NAME: NewField = {
	name: 'Badge name',
	alias: 'badge_name',
	inputType: INPUT.text,
	required: true,
};

export interface AttendeeType {
	id: string;
	name: string;
	attendanceMode: 'mixed' | 'online' | 'offline';
	price: number;
	/** Unix milliseconds. */
	priceEnd: number;
	description: string;
	/** Null: no limit. */
	capacity: number | null;
	order: number;
	confirmationRequired: boolean;
	validIfNoPayments: boolean;
	updatedAt: number;
	fields: CustomField[];
	/** Seats of a group by attendee type; only if group registration is enabled. */
	groupSeats: ReadonlyMap<string, number> | undefined;
}

const FREE_SEATS = 100;
const GROUP_SEATS = 3;

/** The attendee types of one event. */
export class AttendeeTypes {
	private readonly byId = new Map<string, AttendeeType>();

	/**
	 * @param event the event that the types belong to
	 * @param seededVips how many seats of the type with a capacity are taken from the start
	 */
	constructor(
		private readonly event: EventtiaEvent,
		seededVips: number,
	) {
		if (!event.seed.filled) return;
		const general = this.add({ name: 'General Public', validIfNoPayments: true });
		const vip = this.add({
			name: 'VIP',
			price: 5,
			capacity: seededVips + FREE_SEATS,
			description: 'VIP tickets to get extra benefit',
			extraFields: [BADGE_NAME],
		});
		const seats = [general, vip].map(({ id }) => [id, GROUP_SEATS] as const);
		this.add({ name: 'Leader Group', attendanceMode: 'offline', groupSeats: new Map(seats) });
	}

	all(): AttendeeType[] {
		return Array.from(this.byId.values());
	}

	has(id: string): boolean {
		return this.byId.has(id);
	}

	get(id: string): AttendeeType | undefined {
		return this.byId.get(id);
	}

	/** The type with this name. @throws Error when there is none */
	named(name: string): AttendeeType {
		const type = this.all().find((candidate) => candidate.name === name);
		if (!type) throw new Error(`sandbox: no attendee type ${name}`);
		return type;
	}

	/** Adds a type with the default fields plus its own custom fields. */
	add(
		given: Partial<Omit<AttendeeType, 'id' | 'fields'>> & {
			name: string;
			extraFields?: readonly NewField[];
		},
	): AttendeeType {
		const { extraFields = [], ...own } = given;
		const id = this.event.nextId();
		const at = wholeSeconds(this.event.createdAt);
		const defaults = DEFAULT_FIELDS.map((name) => ({
			name,
			alias: null,
			inputType: DEFAULT_INPUTS[name] ?? INPUT.text,
			required: REQUIRED.includes(name),
			isPublic: PUBLIC.includes(name),
		}));
		const fields = [...defaults, ...CUSTOM_FIELDS, ...extraFields].map(
			(field: NewField, index): CustomField => ({
				id: this.event.nextId(),
				typeId: id,
				name: field.name,
				alias: field.alias,
				required: field.required ?? false,
				isDefault: index < defaults.length,
				inputType: field.inputType,
				choices: field.choices ?? null,
				isPublic: field.isPublic ?? false,
				order: index + 1,
				updatedAt: at,
			}),
		);
		const type: AttendeeType = {
			attendanceMode: 'mixed',
			price: 0,
			priceEnd: this.event.facts.start,
			description: '',
			capacity: null,
			order: this.byId.size + 1,
			confirmationRequired: false,
			validIfNoPayments: false,
			updatedAt: at,
			groupSeats: undefined,
			...own,
			id,
			fields,
		};
		this.byId.set(id, type);
		return type;
	}

	/** Adds a copy of another event's type, with new IDs. Groups are not copied. */
	copy(type: AttendeeType): AttendeeType {
		const id = this.event.nextId();
		const fields = type.fields.map((field) => ({
			...field,
			id: this.event.nextId(),
			typeId: id,
		}));
		const copied = { ...type, id, fields, groupSeats: undefined };
		this.byId.set(id, copied);
		return copied;
	}

	/** The id of a default field in a type. @throws Error when the type has no such field */
	fieldId(type: AttendeeType, name: DefaultField): string {
		const field = type.fields.find((candidate) => candidate.isDefault && candidate.name === name);
		if (!field) throw new Error(`sandbox: ${type.name} has no field ${name}`);
		return field.id;
	}
}

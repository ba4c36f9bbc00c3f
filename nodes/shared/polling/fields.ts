/**
 * The fields that every polling trigger has, and what users chose in them.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../fields/parameters';
import { oneOf, optional, stringList, integer } from '../fields/validators';
import { dateTime } from '../fields/dates';
import { simplifyField } from '../fields/lists';
import { InputError } from '../errors';
import { MINUTE } from '../time';
import type { PollingVendor, StartFrom, Stream, StreamEvent } from './types';

const DEFAULT_LARGEST_DROP = 30;
const DEFAULT_MAX_ITEMS = 500;
const MAX_ITEMS = 100_000;
const MAX_MINUTES = 60 * 24 * 30;
const MAX_PERCENT = 100;

/** The properties of a polling trigger; n8n adds the poll times itself. */
export function triggerProperties<Client>(trigger: PollingVendor<Client>): INodeProperties[] {
	return [
		triggerOnField(trigger),
		...trigger.scope,
		{
			displayName: 'Start From',
			name: 'startFrom',
			type: 'options',
			options: [
				{
					name: 'Now',
					value: 'now',
					description: 'Only what happens once the workflow is published comes out',
				},
				{
					name: 'A Date',
					value: 'date',
					description:
						'Records made since a date come out first, where it is known when they were made',
				},
				{
					name: 'Everything',
					value: 'everything',
					description: 'All records that are there come out first, as if they were new',
				},
			],
			default: 'now',
			description:
				'What to do with the records that are there already when the workflow is published',
		},
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			required: true,
			displayOptions: { show: { startFrom: ['date'] } },
			description: 'Records made at this moment or later come out first',
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: triggerOptions(trigger),
		},
	];
}

function triggerOnField<Client>(trigger: PollingVendor<Client>): INodeProperties {
	const events = trigger.streams.flatMap((stream) => stream.events);
	return {
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		options: events
			.map(({ name, value }) => ({ name, value }))
			.sort((a, b) => a.name.localeCompare(b.name)),
		default: [],
		required: true,
	};
}

function triggerOptions<Client>(trigger: PollingVendor<Client>): INodeProperties[] {
	const { streams, options = [], outputOptions = [] } = trigger;
	const fields = [...new Set(streams.flatMap(({ watched }) => watched.map(({ name }) => name)))];
	const lookBack = Math.max(0, ...streams.map(({ lookBackMinutes = 0 }) => lookBackMinutes));
	const fullScanIntervals = streams.flatMap(({ fullEveryMinutes }) => fullEveryMinutes ?? []);
	const entries: INodeProperties[] = [
		{
			displayName: 'Changed Fields',
			name: 'changedFields',
			type: 'multiOptions',
			options: fields
				.map((name) => ({ name: toLabel(name), value: name }))
				.sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description: 'Updates come out only when one of these changes; all count if none is chosen',
		},
		{
			displayName: 'Largest Drop (Percent)',
			name: 'largestDrop',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MAX_PERCENT },
			default: DEFAULT_LARGEST_DROP,
			description:
				'Deletions are held back while a larger part of the list than this is missing at once: half a list is more likely a broken answer than half of your guests gone. 100 lets everything through.',
		},
		{
			displayName: 'Max Items per Poll',
			name: 'maxItems',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_ITEMS },
			default: DEFAULT_MAX_ITEMS,
			description:
				'How many items come out at once, oldest first; the rest comes with the next polls',
		},
	];
	if (lookBack > 0) {
		entries.push({
			displayName: 'Look-Back (Minutes)',
			name: 'lookBack',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MAX_MINUTES },
			default: lookBack,
			description:
				'How far each poll looks back beyond the last one, for changes that show up late. Nothing comes twice by it.',
		});
	}
	if (fullScanIntervals.length > 0) {
		entries.push({
			displayName: 'Full Check Every (Minutes)',
			name: 'fullCheckEvery',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_MINUTES },
			default: Math.min(...fullScanIntervals),
			description:
				'How often the whole list is read beside the changes: it finds deletions and what the list of changes does not tell',
		});
	}
	return [...entries, ...options, ...outputOptions].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	);
}

/** Labels of fields whose name does not make a good one. */
const LABELS = new Map([
	['checkedInAt', 'Check-In Time'],
	['checkedInDate', 'Check-In Time'],
	['checkedOutAt', 'Check-Out Time'],
	['details', 'Other Details'],
	['checkInStatus', 'Check-In Status'],
]);

/** Abbreviations that n8n writes in capitals. */
const ACRONYMS = /\b(Id|Url|Vat)\b/g;

/** `ticketType` → `Ticket Type`, `publicUrl` → `Public URL`. */
function toLabel(name: string): string {
	const label = LABELS.get(name);
	if (label !== undefined) return label;
	const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
	const title = `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
	return title.replace(ACRONYMS, (word) => word.toUpperCase());
}

/** What users chose in the node. */
export interface TriggerChoices<Client> {
	/** The streams with a chosen event, and their chosen events. */
	streams: Array<{ stream: Stream<Client>; chosen: StreamEvent[] }>;
	startFrom: StartFrom;
	maxItems: number;
	largestDropPercent: number;
	changedFields: string[];
	/** Undefined: the default of each stream. */
	lookBackMs: number | undefined;
	/** Undefined: the default of each stream. */
	fullEveryMs: number | undefined;
}

/** @throws InputError that names the field */
export function readChoices<Client>(
	{ streams }: PollingVendor<Client>,
	parameters: Parameters,
): TriggerChoices<Client> {
	const triggerOn = parameters.read('triggerOn', stringList);
	const chosenStreams = streams
		.map((stream) => ({
			stream,
			chosen: stream.events.filter(({ value }) => triggerOn.includes(value)),
		}))
		.filter(({ chosen }) => chosen.length > 0);
	if (chosenStreams.length === 0) {
		throw new InputError('"Trigger On" is empty', 'Choose at least one event under "Trigger On".');
	}
	const options = parameters.readCollection('options', {
		changedFields: stringList,
		largestDrop: integer(0, MAX_PERCENT),
		maxItems: integer(1, MAX_ITEMS),
		lookBack: integer(0, MAX_MINUTES),
		fullCheckEvery: integer(1, MAX_MINUTES),
	});
	return {
		streams: chosenStreams,
		startFrom: readStartFrom(parameters),
		maxItems: options.maxItems ?? DEFAULT_MAX_ITEMS,
		largestDropPercent: options.largestDrop ?? DEFAULT_LARGEST_DROP,
		changedFields: options.changedFields ?? [],
		lookBackMs: toOptionalMs(options.lookBack),
		fullEveryMs: toOptionalMs(options.fullCheckEvery),
	};
}

function readStartFrom(parameters: Parameters): StartFrom {
	const kind = parameters.read('startFrom', optional(oneOf('date', 'everything', 'now'))) ?? 'now';
	if (kind !== 'date') return { kind };
	return { kind, ms: parameters.read('startDate', dateTime(parameters.timeZone)).toMillis() };
}

function toOptionalMs(minutes: number | undefined): number | undefined {
	return minutes === undefined ? undefined : minutes * MINUTE;
}

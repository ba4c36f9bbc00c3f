/**
 * The node's `methods`, which n8n calls in the editor: *From List* (`listSearch`), drop-downs (`loadOptions`) and
 * the columns of resource mappers (`resourceMapping`), all read live from Eventtia.
 */
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	ResourceMapperFields,
} from 'n8n-workflow';
import {
	createListSearch,
	createLoadOptions,
	createPagedListSearch,
	withClient,
} from '../shared/action/editorMethods';
import { requiredText, firstIssue } from '../shared/fields/validators';
import { pageNumber } from '../shared/fields/search';
import { InputError } from '../shared/errors';
import { path } from '../shared/http/path';
import { isObject } from '../shared/values';
import { fillableFields } from './customFields/attendee';
import { eventUri } from './fields';
import type { EventtiaClient, ListPage } from './client';
import { mapperField } from './customFields/mapper';
import { readAttributes, type EventtiaRecord } from './jsonApi/documents';
import type { MappableField } from './customFields/labels';
import { simplifiedShape } from './operations/shape';
import { vendor } from './vendor';

/**
 * Reads the current value of a field of the node, which may also be an entry of a collection.
 *
 * @throws InputError that names the field if it is empty
 */
function readChoice(context: ILoadOptionsFunctions, name: string, label: string): string {
	const found = [name, ...COLLECTIONS.map((collection) => `${collection}.${name}`)]
		.map((parameter) => readCurrentValue(context, parameter))
		.find((value) => value !== undefined);
	if (found !== undefined) return found;
	throw new InputError(`"${label}" is empty`, `Choose "${label}" first.`);
}

const COLLECTIONS = ['filters', 'additionalFields'];

function readCurrentValue(context: ILoadOptionsFunctions, name: string): string | undefined {
	const raw: unknown = context.getCurrentNodeParameter(name);
	const text = requiredText.safeParse(isObject(raw) ? raw.value : raw);
	return text.success ? text.data : undefined;
}

function readChosenEvent(context: ILoadOptionsFunctions): string {
	const uri = eventUri.safeParse(readChoice(context, 'eventUri', 'Event'));
	if (uri.success) return uri.data;
	const issue = firstIssue(uri.error);
	throw new InputError(`"Event" ${issue}`, 'Choose "Event" from the list.');
}

function eventPath(context: ILoadOptionsFunctions, kind: string): string {
	return `${path`/events/${readChosenEvent(context)}`}/${kind}`;
}

function conferencePath(context: ILoadOptionsFunctions, kind: string): string {
	const id = readChoice(context, 'businessConferenceId', 'Business Conference');
	return eventPath(context, `${path`business_conferences/${id}`}/${kind}`);
}

/** @param parts what is shown of the record; if all are empty, its id is shown */
function toEntry(record: EventtiaRecord, parts: unknown[]): INodeListSearchItems {
	const texts = parts.filter((part) => typeof part === 'string' && part.trim() !== '');
	return { name: texts.length > 0 ? texts.join(', ') : record.id, value: record.id };
}

/** Picks the attributes that a list shows; empty ones are left out. */
type LabelParts = (attributes: IDataObject) => unknown[];

const byName: LabelParts = ({ name }) => [name];

/**
 * A list that n8n reads page by page.
 *
 * @param label what is shown of a record
 * @param search the query parameter by which Eventtia searches the list; without it n8n filters what was read
 */
function createPagedSearch(
	listPath: (context: ILoadOptionsFunctions) => string,
	label: LabelParts = byName,
	search?: string,
) {
	return createPagedListSearch(vendor, async (client, typed, cursor, context) => {
		const qs = search === undefined || typed === '' ? {} : { [search]: typed };
		const page = await client.page({ path: listPath(context), qs }, pageNumber(cursor));
		return {
			entries: page.records.map((record) => toEntry(record, label(readAttributes(record)))),
			next: page.next,
		};
	});
}

/** Attendees by name, email and company. Eventtia filters by one field, so the text is tried in each of them. */
const searchAttendees = createPagedListSearch(vendor, async (client, typed, cursor, context) => {
	const eventUri = readChosenEvent(context);
	const list = path`/events/${eventUri}/attendees`;
	const label = async (page: ListPage) => {
		const { records } = page;
		const people = await simplifiedShape(client, eventUri)(records, page);
		return records.map((record, index) => {
			const { name, email, company } = people[index] ?? {};
			return toEntry(record, [name, email, company]);
		});
	};
	if (typed === '') {
		const page = await client.page({ path: list }, pageNumber(cursor));
		return { entries: await label(page), next: page.next };
	}
	const found = await Promise.all(
		filtersFor(typed).map(async (qs) => await client.page({ path: list, qs }, 1)),
	);
	const labelled = await Promise.all(found.map(async (page) => await label(page)));
	const unique = new Map(labelled.flat().map((entry) => [entry.value, entry]));
	return { entries: [...unique.values()], next: undefined };
});

/** A long text is split into first and last name after each of its first words only. */
const MAX_NAME_SPLITS = 3;

/** "Ada Lovelace" can be first and last name, only one of them, or a company. @returns one query for each */
function filtersFor(typed: string): IDataObject[] {
	if (typed.includes('@')) return [{ email: typed }];
	const words = typed.split(/\s+/);
	const splits = words.slice(1, MAX_NAME_SPLITS + 1).map((_, index) => ({
		first_name: words.slice(0, index + 1).join(' '),
		last_name: words.slice(index + 1).join(' '),
	}));
	const fields = ['first_name', 'last_name', 'company', ...(splits.length === 0 ? ['email'] : [])];
	return [...splits, ...fields.map((field) => ({ [field]: typed }))];
}

/** Attendee types are read completely, because their labels depend on all of them: see `toUniqueLabels`. */
async function attendeeTypeEntries(client: EventtiaClient, context: ILoadOptionsFunctions) {
	const { types } = await client.attendeeTypes(readChosenEvent(context));
	return types.map(({ id, name }) => ({ name, value: id }));
}

async function readAllEntries(client: EventtiaClient, listPath: string) {
	const records = await client.records({ path: listPath });
	return records.map((record) => toEntry(record, byName(readAttributes(record))));
}

/** Events by name. If several have the same name, e.g. clones, the URI is added. */
function eventEntries(records: readonly EventtiaRecord[]): INodeListSearchItems[] {
	const entries = records.flatMap((record) => {
		const { name, event_uri: uri } = readAttributes(record);
		if (typeof uri !== 'string' || uri === '') return [];
		return [{ name: typeof name === 'string' && name !== '' ? name : uri, value: uri }];
	});
	const counts = new Map<string, number>();
	for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
	return entries.map(({ name, value }) => ({
		name: (counts.get(name) ?? 0) > 1 ? `${name} (${value})` : name,
		value,
	}));
}

export const listSearch = {
	searchEvents: createPagedListSearch(vendor, async (client, typed, cursor) => {
		const qs = typed === '' ? {} : { name: typed };
		const page = await client.page({ path: '/events', qs }, pageNumber(cursor));
		return { entries: eventEntries(page.records), next: page.next };
	}),
	searchAttendees,
	searchAttendeeTypes: createListSearch(vendor, attendeeTypeEntries),
	searchGuests: createPagedSearch(
		(context) => eventPath(context, 'guests'),
		({ first_name: first, last_name: last, email }) => [
			[first, last].filter((part) => typeof part === 'string').join(' '),
			email,
		],
	),
	searchActivities: createPagedSearch((context) => eventPath(context, 'workshops'), byName, 'name'),
	searchBusinessConferences: createPagedSearch((context) =>
		eventPath(context, 'business_conferences'),
	),
	searchParticipantTypes: createPagedSearch((context) =>
		conferencePath(context, 'business_conference_participant_types'),
	),
	searchParticipants: createPagedSearch(
		(context) => conferencePath(context, 'business_conference_participants'),
		({ profile_contact_name: name, profile_display_name: company }) => [name, company],
	),
	searchUnavailableHours: createPagedSearch(
		(context) => {
			const type = readChoice(context, 'participantTypeId', 'Participant Type');
			const types = path`business_conference_participant_types/${type}`;
			return conferencePath(context, `${types}/unavailable_hours`);
		},
		({ start_date: start, end_date: end }) => [
			[start, end].filter((part) => typeof part === 'string').join(' – '),
		],
	),
	searchPurchaseItems: createPagedSearch((context) => eventPath(context, 'purchase_items')),
	searchStandCategories: createPagedSearch((context) => eventPath(context, 'stand_categories')),
	searchStandZones: createPagedSearch((context) => eventPath(context, 'zones')),
	searchStandReservations: createPagedSearch(
		(context) => eventPath(context, 'stand_reservations'),
		({ display_name: name }) => [name],
		'company_name',
	),
	searchMessages: createPagedSearch(
		(context) => eventPath(context, 'massive_messages'),
		({ subject }) => [subject],
	),
	searchSurveys: createPagedSearch((context) => eventPath(context, 'surveys')),
	searchCountries: createListSearch(
		vendor,
		async (client) => await readAllEntries(client, '/countries'),
	),
	searchRegions: createListSearch(vendor, async (client, context) => {
		const country = readChoice(context, 'countryId', 'Country');
		return await readAllEntries(client, path`/countries/${country}/regions`);
	}),
	searchCities: createListSearch(vendor, async (client, context) => {
		const country = readChoice(context, 'countryId', 'Country');
		const region = readChoice(context, 'regionId', 'Region');
		return await readAllEntries(client, path`/countries/${country}/regions/${region}/cities`);
	}),
};

/** A drop-down that is empty until the event is chosen: n8n loads it as soon as the node is opened. */
function withinEvent(
	choices: (
		client: EventtiaClient,
		context: ILoadOptionsFunctions,
	) => Promise<INodeListSearchItems[]>,
) {
	return createLoadOptions(vendor, async (client, context) =>
		readCurrentValue(context, 'eventUri') === undefined ? [] : await choices(client, context),
	);
}

export const loadOptions = {
	getActivities: withinEvent(
		async (client, context) => await readAllEntries(client, eventPath(context, 'workshops')),
	),
	getActivityCategories: withinEvent(
		async (client, context) =>
			await readAllEntries(client, eventPath(context, 'workshop_categories')),
	),
	getAttendeeTypes: withinEvent(attendeeTypeEntries),
	getPurchaseItems: withinEvent(
		async (client, context) => await readAllEntries(client, eventPath(context, 'purchase_items')),
	),
};

/** The columns of a resource mapper; none if the event has no such form. */
function createFieldList(
	fields: (
		client: EventtiaClient,
		context: ILoadOptionsFunctions,
	) => Promise<readonly MappableField[] | undefined>,
) {
	return async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const found = await withClient(this, vendor, async (client) => await fields(client, this));
		return { fields: (found ?? []).map(mapperField) };
	};
}

export const resourceMapping = {
	getAttendeeFields: createFieldList(async (client, context) => {
		const type = readChoice(context, 'attendeeTypeId', 'Attendee Type');
		return fillableFields(await client.attendeeTypes(readChosenEvent(context)), type);
	}),
	getEventFields: createFieldList(async (client) => await client.eventFields()),
	getSurveyQuestions: createFieldList(async (client, context) => {
		const survey = readChoice(context, 'surveyId', 'Survey');
		return (await client.surveyQuestions(readChosenEvent(context))).get(survey);
	}),
};

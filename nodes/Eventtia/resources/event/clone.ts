/**
 * Event: Clone (eventtia.md, "Clone Event"). The response is `null`, so the new event has to be found: a full
 * event says which event it was cloned from, and lists, which do not, can be narrowed by template and by time of
 * change. The request is never retried, because a second one would create a second event.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { collectionField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import type { Operation } from '../../../shared/action/types';
import { boolean, integer } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { MINUTE } from '../../../shared/time';
import { omitEmpty } from '../../../shared/values';
import { CallError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import { wait } from '../../../shared/http/wait';
import type { EventtiaClient } from '../../client';
import { FORMATS } from '../../dates';
import { eventUriField, readEventUri } from '../../fields';
import { readAttributes, type EventtiaRecord, type RecordDocument } from '../../jsonApi/documents';
import { readShape, shapeOne } from '../../operations/shape';
import { isCloneFinished } from './shared';

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 15_000;
const DEFAULT_WAIT_MINUTES = 10;
const MAX_WAIT_MINUTES = 120;

function partField(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description: `Whether ${what} of the event are cloned as well`,
	};
}

/** Fields of the node and their query parameters. */
const PARTS: Record<string, string> = {
	cloneAttendeeTypes: 'clone_attendee_types',
	cloneBusinessConference: 'clone_business_conference',
	cloneEventPage: 'clone_event_page',
	clonePois: 'clone_pois',
	cloneSpeakers: 'clone_speakers',
	cloneWorkshops: 'clone_workshops',
	cloneZones: 'clone_zones',
};

function readParts(item: ItemParameters): IDataObject {
	const checks = Object.fromEntries(Object.keys(PARTS).map((name) => [name, boolean]));
	const parts = item.readCollection<Record<string, boolean>>('additionalFields', checks);
	return omitEmpty(
		Object.fromEntries(Object.entries(PARTS).map(([name, parameter]) => [parameter, parts[name]])),
	);
}

/** @throws CallError if the clone is not finished in time; Eventtia continues with it all the same */
async function waitUntilFinished(
	item: ItemParameters,
	client: EventtiaClient,
	eventUri: string,
	minutes: number,
): Promise<void> {
	const deadline = Date.now() + minutes * MINUTE;
	const signal = item.cancelSignal;
	let pauseMs = FIRST_PAUSE_MS;
	while (!(await isCloneFinished(client, eventUri))) {
		if (Date.now() + pauseMs > deadline) {
			throw new CallError({
				message: `The clone is not finished after ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`,
				hint: 'Eventtia goes on with it. Do not clone again: look with "Get Clone Progress", or raise "Wait Minutes" next time.',
				failure: { cause: 'temporarily-unavailable' },
			});
		}
		await wait(pauseMs, signal);
		pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
	}
}

/** Tolerates a difference between our clock and Eventtia's; a wider search costs little. */
const CLOCK_MARGIN_MINUTES = 60;

/** What was known before the event was cloned. */
interface KnownClones {
	sourceId: string;
	/** Ids of earlier clones, and of events that changed recently. */
	ids: ReadonlySet<string>;
	/** New events are searched from this time on; in the format of `updated_since`. */
	since: string;
}

async function readKnownClones(client: EventtiaClient, eventUri: string): Promise<KnownClones> {
	const sourceId = (await client.event(eventUri)).id;
	const since = DateTime.utc().minus({ minutes: CLOCK_MARGIN_MINUTES }).toFormat(FORMATS.since);
	const candidates = await readCandidates(client, sourceId, since);
	return { sourceId, since, ids: new Set(candidates.map(({ id }) => id)) };
}

/** @returns the newest event that was cloned from the source and was not known before; undefined if there is none */
async function findClone(
	client: EventtiaClient,
	{ sourceId, since, ids }: KnownClones,
): Promise<RecordDocument | undefined> {
	const candidates = await readCandidates(client, sourceId, since);
	const found: RecordDocument[] = [];
	for (const candidate of candidates) {
		const uri = readAttributes(candidate).event_uri;
		if (ids.has(candidate.id) || typeof uri !== 'string' || uri === '') continue;
		const document = await client.record(path`/events/${uri}`);
		if (String(readAttributes(document.record).cloned_from_id) === sourceId) found.push(document);
	}
	const createdAt = ({ record }: RecordDocument) => String(readAttributes(record).created_at);
	return found.sort((a, b) => createdAt(b).localeCompare(createdAt(a)))[0];
}

/** Events that may be clones of the source: by template, and by change since a time. */
async function readCandidates(
	client: EventtiaClient,
	sourceId: string,
	since: string,
): Promise<EventtiaRecord[]> {
	const found = new Map<string, EventtiaRecord>();
	const searches: IDataObject[] = [{ template: Number(sourceId) }, { updated_since: since }];
	for (const qs of searches) {
		for (const record of await client.records({ path: '/events', qs }))
			found.set(record.id, record);
	}
	return [...found.values()];
}

export const clone: Operation<EventtiaClient> = {
	value: 'clone',
	name: 'Clone',
	action: 'Clone event',
	description: 'Make a new event from an existing one, and wait until it is there if wanted',
	effect: 'write',
	fields: [
		eventUriField,
		{
			displayName: 'Wait Until Finished',
			name: 'waitUntilFinished',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until the clone is finished and give back the new event. Otherwise Eventtia does not say what it is called.',
		},
		{ ...simplifyField, displayOptions: { show: { waitUntilFinished: [true] } } },
		collectionField('additionalFields', [
			partField('Clone Activities', 'cloneWorkshops', 'the activities (workshops)'),
			partField('Clone Attendee Types', 'cloneAttendeeTypes', 'the attendee types'),
			partField(
				'Clone Business Conferences',
				'cloneBusinessConference',
				'the business conferences',
			),
			partField('Clone Event Page', 'cloneEventPage', 'the pages'),
			partField('Clone Points of Interest', 'clonePois', 'the points of interest'),
			partField('Clone Speakers', 'cloneSpeakers', 'the speakers'),
			partField('Clone Zones', 'cloneZones', 'the zones'),
		]),
	],
	options: [
		{
			displayName: 'Wait Minutes',
			name: 'waitMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_WAIT_MINUTES },
			default: DEFAULT_WAIT_MINUTES,
			description: 'How long to wait until the clone is finished',
		},
	],
	orderingKey: readEventUri,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const shouldWait = item.read('waitUntilFinished', boolean);
		const { waitMinutes = DEFAULT_WAIT_MINUTES } = item.readCollection('options', {
			waitMinutes: integer(1, MAX_WAIT_MINUTES),
		});
		const knownClones = shouldWait ? await readKnownClones(client, eventUri) : undefined;
		await client.perform({
			method: 'POST',
			path: path`/events/${eventUri}/clone`,
			qs: readParts(item),
			safety: 'never',
		});
		if (knownClones === undefined) return { eventUri, cloning: true };

		const shape = readShape(item, client, eventUri);
		await waitUntilFinished(item, client, eventUri, waitMinutes);
		const found = await findClone(client, knownClones);
		return found === undefined
			? { cloned: true, clonedFrom: eventUri, eventUri: null }
			: { ...(await shapeOne(shape, found)), cloned: true, clonedFrom: eventUri };
	},
};

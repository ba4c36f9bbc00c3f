/**
 * Event: Clone (eventtia.md, "Clone Event"). Its answer is `null`: the new event has to be found. A clone is
 * never retried, because a second one would be a second event.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import type { Operation } from '../../../shared/action/types';
import { boolean, integer } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { CallError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import { wait } from '../../../shared/http/wait';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { findClone, knownClones } from './findClone';
import { isCloned } from './cloneProgress';

const MS_PER_MINUTE = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
const DEFAULT_WAIT_MINUTES = 10;
const MOST_WAIT_MINUTES = 120;

function part(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description: `Whether ${what} of the event are cloned as well`,
	};
}

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
	const given = item.readCollection<Record<string, boolean>>('additionalFields', checks);
	return omitEmpty(
		Object.fromEntries(Object.entries(PARTS).map(([name, parameter]) => [parameter, given[name]])),
	);
}

/** @throws CallError if the clone is not finished in time; it goes on all the same */
async function untilFinished(
	item: ItemParameters,
	client: EventtiaClient,
	eventUri: string,
	minutes: number,
): Promise<void> {
	const deadline = Date.now() + minutes * MS_PER_MINUTE;
	const signal = item.cancelSignal;
	let pauseMs = FIRST_PAUSE_MS;
	while (!(await isCloned(client, eventUri))) {
		if (Date.now() + pauseMs > deadline) {
			throw new CallError({
				message: `The clone is not finished after ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`,
				hint: 'Eventtia goes on with it. Do not clone again: look with "Get Clone Progress", or raise "Wait Minutes" next time.',
				failure: { cause: 'temporarily-unavailable' },
			});
		}
		await wait(pauseMs, signal);
		pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
	}
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
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				part('Clone Activities', 'cloneWorkshops', 'the activities (workshops)'),
				part('Clone Attendee Types', 'cloneAttendeeTypes', 'the attendee types'),
				part('Clone Business Conferences', 'cloneBusinessConference', 'the business conferences'),
				part('Clone Event Page', 'cloneEventPage', 'the pages'),
				part('Clone Points of Interest', 'clonePois', 'the points of interest'),
				part('Clone Speakers', 'cloneSpeakers', 'the speakers'),
				part('Clone Zones', 'cloneZones', 'the zones'),
			],
		},
	],
	options: [
		{
			displayName: 'Wait Minutes',
			name: 'waitMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_WAIT_MINUTES },
			default: DEFAULT_WAIT_MINUTES,
			description: 'How long to wait until the clone is finished',
		},
	],
	orderingKey: readEventUri,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const waits = item.read('waitUntilFinished', boolean);
		const { waitMinutes = DEFAULT_WAIT_MINUTES } = item.readCollection('options', {
			waitMinutes: integer(1, MOST_WAIT_MINUTES),
		});
		const before = waits ? await knownClones(client, eventUri) : undefined;
		await client.done({
			method: 'POST',
			path: path`/events/${eventUri}/clone`,
			qs: readParts(item),
			safety: 'never',
		});
		if (before === undefined) return { eventUri, cloning: true };

		const shape = readShape(item, client, eventUri);
		await untilFinished(item, client, eventUri, waitMinutes);
		const found = await findClone(client, before);
		return found === undefined
			? { cloned: true, clonedFrom: eventUri, eventUri: null }
			: { ...(await shapeOne(shape, found)), cloned: true, clonedFrom: eventUri };
	},
};

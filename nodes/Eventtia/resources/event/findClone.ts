/**
 * Finds the event that a clone has made: Eventtia does not tell its URI (eventtia.md, "Clone Event"). A full
 * event says from which one it was cloned; lists do not, but can be narrowed by template and by
 * change.
 */
import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { FORMATS } from '../../dates';
import { attributesOf, type EventtiaRecord, type RecordDocument } from '../../jsonApi/documents';

/** Clocks differ; a wider search costs little. */
const CLOCK_MARGIN_MINUTES = 60;

/** What was known of an event before it was cloned. */
export interface KnownClones {
	sourceId: string;
	/** Ids of earlier clones, and of events that changed lately. */
	ids: ReadonlySet<string>;
	/** From when on to look for new events, in Eventtia's format. */
	since: string;
}

export async function knownClones(client: EventtiaClient, eventUri: string): Promise<KnownClones> {
	const sourceId = (await client.event(eventUri)).id;
	const since = DateTime.utc().minus({ minutes: CLOCK_MARGIN_MINUTES }).toFormat(FORMATS.since);
	const candidates = await candidatesOf(client, sourceId, since);
	return { sourceId, since, ids: new Set(candidates.map(({ id }) => id)) };
}

/** @returns the newest event that was cloned from the source and was not known; undefined if there is none */
export async function findClone(
	client: EventtiaClient,
	{ sourceId, since, ids }: KnownClones,
): Promise<RecordDocument | undefined> {
	const candidates = await candidatesOf(client, sourceId, since);
	const found: RecordDocument[] = [];
	for (const candidate of candidates) {
		const uri = attributesOf(candidate).event_uri;
		if (ids.has(candidate.id) || typeof uri !== 'string' || uri === '') continue;
		const document = await client.record(path`/events/${uri}`);
		if (String(attributesOf(document.record).cloned_from_id) === sourceId) found.push(document);
	}
	const createdAt = ({ record }: RecordDocument) => String(attributesOf(record).created_at);
	return found.sort((a, b) => createdAt(b).localeCompare(createdAt(a)))[0];
}

async function candidatesOf(
	client: EventtiaClient,
	sourceId: string,
	since: string,
): Promise<EventtiaRecord[]> {
	const found = new Map<string, EventtiaRecord>();
	const searches: IDataObject[] = [{ template: Number(sourceId) }, { updated_since: since }];
	for (const qs of searches) {
		const call = { path: '/events', qs, limit: Number.POSITIVE_INFINITY };
		for (const record of await client.records(call)) found.set(record.id, record);
	}
	return [...found.values()];
}

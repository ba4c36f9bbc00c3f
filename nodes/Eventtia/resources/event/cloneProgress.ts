/**
 * How a clone of an event is followed (eventtia.md, "Event Clone Progress").
 */
import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../shared/http/path';
import { isObject } from '../../../shared/values';
import type { EventtiaClient } from '../../client';

function isProgress(body: unknown): body is IDataObject & { finished: boolean } {
	return isObject(body) && typeof body.finished === 'boolean';
}

/** Whether the clone is ready. The event is the source: the clone's own URI is not told. */
export async function isCloned(client: EventtiaClient, eventUri: string): Promise<boolean> {
	const progressPath = path`/events/${eventUri}/clone-progress`;
	return (await client.plain(progressPath, isProgress, 'whether the clone is finished')).finished;
}

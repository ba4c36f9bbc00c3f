/**
 * What *Add* and *Remove* share: path, body and response are the same (eventtia.md, "Registering an Attendee to an
 * Activity").
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { path } from '../../../shared/http/path';
import { activityField, attendeeField, numericId, readEventUri, readId } from '../../fields';
import { readAttributes, type RecordDocument } from '../../jsonApi/documents';

/** The request without its method. Ids are integers in this body, but text in responses. */
export function registrationRequest(item: ItemParameters) {
	return {
		path: path`/events/${readEventUri(item)}/attendee_workshops`,
		body: {
			workshop_id: item.read(activityField.name, numericId),
			attendee_id: item.read(attendeeField.name, numericId),
		},
	};
}

/** The ordering key is the attendee: the response lists all activities of the attendee. */
export function attendeeKey(item: ItemParameters): string {
	return readId(item, attendeeField);
}

/** @param document the response; undefined if it was empty, then only the ids from the node are returned */
export function toRegistration(item: ItemParameters, document: RecordDocument | undefined) {
	const result: IDataObject = {
		id: document?.record.id ?? null,
		attendeeId: readId(item, attendeeField),
		activityId: readId(item, activityField),
	};
	if (document === undefined) return result;
	const { checked_in: checkedIn, checked_in_date: checkedInAt } = readAttributes(document.record);
	const current: unknown = document.meta.current_attendee_workshops;
	return {
		...result,
		checkedIn: checkedIn ?? null,
		checkedInAt: checkedInAt ?? null,
		...(Array.isArray(current) ? { currentActivityIds: current.map(String) } : {}),
	};
}

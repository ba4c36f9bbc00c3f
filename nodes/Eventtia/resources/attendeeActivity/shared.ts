/**
 * What registering for an activity and taking it back share: the same path, the same body, an answer
 * of the same shape (eventtia.md, "Registering an Attendee to an Activity").
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { path } from '../../../shared/http/path';
import { activityField, attendeeField, numericId, readEventUri, readId } from '../../fields';
import { readAttributes, type RecordDocument } from '../../jsonApi/documents';

/** Ids are integers in this body, unlike in answers. */
export function registrationRequest(item: ItemParameters) {
	return {
		path: path`/events/${readEventUri(item)}/attendee_workshops`,
		body: {
			workshop_id: item.read(activityField.name, numericId),
			attendee_id: item.read(attendeeField.name, numericId),
		},
	};
}

/** One lane per attendee: the answer lists the attendee's activities. */
export function attendeeKey(item: ItemParameters): string {
	return readId(item, attendeeField);
}

export function toRegistration(item: ItemParameters, document: RecordDocument | undefined) {
	const result: IDataObject = {
		id: document?.record.id ?? null,
		attendeeId: readId(item, attendeeField),
		activityId: readId(item, activityField),
	};
	if (document === undefined) return result;
	const { checked_in: checkedIn, checked_in_date: date } = readAttributes(document.record);
	const current: unknown = document.meta.current_attendee_workshops;
	return {
		...result,
		checkedIn: checkedIn ?? null,
		checkedInAt: date ?? null,
		...(Array.isArray(current) ? { currentActivityIds: current.map(String) } : {}),
	};
}

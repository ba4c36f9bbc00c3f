/** What the operations on attendees share: how an attendee is chosen. */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { idField } from '../../../shared/fields/locators';
import { recordId } from '../../../shared/fields/validators';

export const attendeeField = idField('Attendee', 'attendeeId', 'searchAttendees', 'att_9b21');

/** @returns the attendee’s ID; @throws InputError if it is empty */
export function readAttendeeId(item: ItemParameters): string {
	return item.read('attendeeId', recordId);
}

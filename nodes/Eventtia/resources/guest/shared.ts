/** What operations on guests share: the related records that can be included (eventtia.md, "List of Guests"). */
import type { IncludeChoice } from '../../fields';

export const GUEST_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Attendee', value: 'attendee' },
	{ name: 'Attendee Type', value: 'attendee_type' },
];

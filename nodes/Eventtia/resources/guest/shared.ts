/** What guests can be sent with (eventtia.md, "List of Guests"). */
import type { IncludeChoice } from '../../fields';

export const GUEST_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Attendee', value: 'attendee' },
	{ name: 'Attendee Type', value: 'attendee_type' },
];

/** What activities can be sent with (eventtia.md, "List of Activities"). */
import type { IncludeChoice } from '../../fields';

export const ACTIVITY_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Categories', value: 'workshop_categories' },
	{ name: 'Speakers', value: 'speakers' },
];

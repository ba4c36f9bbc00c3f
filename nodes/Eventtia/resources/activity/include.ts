/** Related records that Eventtia can return with activities (eventtia.md, "List of Activities"). */
import type { IncludeChoice } from '../../fields';

export const ACTIVITY_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Categories', value: 'workshop_categories' },
	{ name: 'Speakers', value: 'speakers' },
];

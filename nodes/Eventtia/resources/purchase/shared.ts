/**
 * What operations on purchases share: the related records that can be included (eventtia.md, "List of Items bought
 * by Event").
 */
import type { IncludeChoice } from '../../fields';

export const PURCHASE_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Attendee', value: 'attendee' },
	{ name: 'Purchase Item', value: 'purchase_item' },
];

// How the pages are searched for an element by all of its text.

/** A pattern that matches this text alone, whatever the case. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'i');
}

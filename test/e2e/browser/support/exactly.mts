// How the pages are searched for an element by its whole text.

/** A pattern that matches exactly this text, ignoring case. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'i');
}

/** Items and parameter values that many tests use. */
import type { IDataObject } from 'n8n-workflow';

/** The expression that reads the email address of the current item. */
export const EMAIL_OF_ITEM = '={{ $json.email }}';

/** A resource locator's value. */
export function by(mode: string, value: string): { __rl: true; mode: string; value: string } {
	return { __rl: true, mode, value };
}

/** One item for each email address. */
export function people(...emails: string[]): Array<{ json: { email: string } }> {
	return emails.map((email) => ({ json: { email } }));
}

/** `count` items with a number and an email address each: `guest-1@example.com` and so on. */
export function crowd(count: number): Array<{ json: { n: number; email: string } }> {
	return Array.from({ length: count }, (_, index) => ({
		json: { n: index + 1, email: `guest-${index + 1}@example.com` },
	}));
}

/** `count` items with a number each, from 0. */
export function numbered(count: number): Array<{ json: IDataObject & { n: number } }> {
	return Array.from({ length: count }, (_, n) => ({ json: { n } }));
}

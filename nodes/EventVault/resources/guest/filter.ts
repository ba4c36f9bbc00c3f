/** Which guests match the filters of Get Many. Pure. */
import { simplifyGuest } from '../../simplify';
import type { VaultGuest } from '../../records';

/** What is left out matches everything. */
export interface GuestFilters {
	company?: string | undefined;
	country?: string | undefined;
	email?: string | undefined;
	name?: string | undefined;
	registered?: 'any' | 'true' | 'false';
	role?: string | undefined;
}

/** Texts match in any case: the country as a whole, the others in any part. */
export function guestFilter(filters: GuestFilters): (guest: VaultGuest) => boolean {
	const { registered = 'any' } = filters;
	const parts = Object.entries({
		company: filters.company,
		email: filters.email,
		jobTitle: filters.role,
		name: filters.name,
	}).flatMap(([key, text]) => (text === undefined ? [] : [{ key, text: fold(text) }]));
	const country = fold(filters.country);
	return (guest) => {
		const flat = simplifyGuest(guest);
		if (registered !== 'any' && String(flat.registered === true) !== registered) return false;
		if (country !== '' && fold(flat.country) !== country) return false;
		return parts.every(({ key, text }) => fold(flat[key]).includes(text));
	};
}

function fold(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

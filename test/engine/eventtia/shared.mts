/** Helpers shared by the Eventtia engine tests. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import type {
	AttendeeType,
	CustomField,
	DefaultField,
} from '../../../sandbox/eventtia/records/attendee-types.mts';
import type { EventtiaAttendee } from '../../../sandbox/eventtia/records/attendees.mts';
import type { EventtiaEvent, EventtiaState } from '../../../sandbox/start.mts';
import { nth } from '../../rig/records.mts';
import type { Rig } from '../../rig/useVendor.mts';

export const {
	email: EMAIL,
	password: PASSWORD,
	clientId: CLIENT_ID,
	clientSecret: CLIENT_SECRET,
	accountApiKey: ACCOUNT_KEY,
	/** The first seeded event, in Bogotá. */
	eventUri: EVENT,
	/** The second seeded event, in Vienna, during which the clocks go back. */
	otherEventUri: VIENNA,
	/** An event of another account. */
	foreignEventUri: FOREIGN,
} = EVENTTIA_CREDENTIALS;
export const API = '/api/v3';
export const AUTH = `${API}/auth`;
export const CLIENT_AUTH = `${API}/m2m-auth`;
/** The list that is read only so that n8n logs in. */
export const PROBE = `${API}/countries`;
export const EVENTS = `${API}/events`;
export const ATTENDEES = `${EVENTS}/${EVENT}/attendees`;
export const REGISTER = `${ATTENDEES}/register`;
export const TYPES = `${EVENTS}/${EVENT}/attendee_types`;

/** The message about a write that may have happened. */
export const AMBIGUOUS = 'not known whether the change was made';

/** A record as the vendor sends it. */
export interface VendorRecord extends IDataObject {
	id: string;
	type: string;
	attributes: IDataObject;
}

const listResponse = z.object({
	data: z.array(z.custom<VendorRecord>((row) => typeof Object(row).attributes === 'object')),
	meta: z.object({ total_pages: z.number() }),
});

/** A path of the first seeded event, or of another one, without the API's prefix. */
export function below(path: string, event: string = EVENT): string {
	return `/events/${event}${path}`;
}

/** Credential fields of an open session, as if n8n had logged in before. */
export function loggedIn({ state }: { state: EventtiaState }): { sessionToken: string } {
	return { sessionToken: newToken(state) };
}

function newToken(state: EventtiaState): string {
	const account = state.accounts.get(EVENTTIA_CREDENTIALS.email);
	if (account === undefined) throw new Error('The sandbox has no account');
	return state.issueToken(account);
}

/** All records of the list at a path, as the vendor sends them, read 24 per page. */
export async function listed(rig: Rig<'eventtia'>, path: string): Promise<VendorRecord[]> {
	const headers = { authorization: `Bearer ${newToken(rig.state)}` };
	const records: VendorRecord[] = [];
	for (let page = 1; ; page += 1) {
		const query = new URLSearchParams({ 'page[number]': String(page) });
		const response: unknown = await (
			await fetch(`${rig.server.url}${API}${path}?${query}`, { headers })
		).json();
		const { data: rows, meta } = listResponse.parse(response);
		records.push(...rows);
		if (page >= meta.total_pages) return records;
	}
}

/** The field of an attendee type with this name; if there are several, the n-th (from 0). */
export function fieldOf(type: AttendeeType, name: string, index = 0): CustomField {
	return nth(
		type.fields.filter((field) => field.name === name),
		index,
	);
}

/** The value of a default field of an attendee. */
export function valueOf(event: EventtiaEvent, attendee: EventtiaAttendee, name: DefaultField) {
	return event.attendees.fieldValue(attendee, name);
}

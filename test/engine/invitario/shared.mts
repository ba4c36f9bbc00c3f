/** Helpers shared by the Invitario engine tests. */
import type { IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../../../sandbox/start.mts';
import { by } from '../../rig/items.mts';

export const LOG_IN = '/api/v1/login';
export const ALL = '/api/v1/guest/list/all';
export const RECENT = '/api/v1/guest/list/recent';
export const LOG_OUT = '/api/v1/logout';
/** Long before every seeded change. */
export const LONG_AGO = '2018-01-01T18:30:00+02:00';

/** A resource locator for the parameter *Guest*. */
export function guestBy(mode: 'list' | 'id' | 'accessCode' | 'email', value: string): IDataObject {
	return { guestId: by(mode, value) };
}

/** The session token that a request carried. */
export function tokenOf(request: RecordedRequest | undefined): unknown {
	const body: unknown = request?.body;
	if (typeof body !== 'object' || body === null) return undefined;
	return 'sessionToken' in body ? body.sessionToken : undefined;
}

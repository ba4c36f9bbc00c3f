/** Helpers shared by the InEvent engine tests. */
import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';

export { SCOPES as ALL_SCOPES } from '../../contract/inevent.contract.mts';

export const {
	clientId: CLIENT_ID,
	clientSecret: SECRET,
	eventId: EVENT,
} = INEVENT_CREDENTIALS.production;
export const TOKEN = '/oauth/token';
export const ATTENDEES = `/v1/events/${EVENT}/attendees`;
export const REGISTRATION = `/v1/events/${EVENT}/registration`;
export const ANALYTICS = `/v1/events/${EVENT}/analytics`;
export const SESSIONS = `/v1/events/${EVENT}/sessions`;
export const ORDERS = `/v1/events/${EVENT}/orders`;

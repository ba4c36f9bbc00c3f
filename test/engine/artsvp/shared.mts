/** Helpers shared by the ARTSVP engine tests. */
import { ARTSVP_CREDENTIALS } from '../../../sandbox/artsvp/credentials.mts';

export const {
	apiKey: API_KEY,
	otherApiKey: OTHER_API_KEY,
}: Record<'apiKey' | 'otherApiKey', string> = ARTSVP_CREDENTIALS;
/** The path of the base URL. */
export const API = '/api/v3';

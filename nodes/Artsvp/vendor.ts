/**
 * ARTSVP as the item loop sees it.
 */
import type { Vendor } from '../shared/action/types';
import { ARTSVP, ArtsvpClient, CREDENTIAL_TYPE } from './client';
import { booking } from './resources/booking';
import { collection } from './resources/collection';
import { event } from './resources/event';
import { invite } from './resources/invite';

const DEFAULT_CONCURRENCY = 5;
/** A spent budget of 15 minutes (artsvp.md, "Rate Limiting") comes back within this. */
const DEFAULT_MAX_WAIT_SECONDS = 960;

export const vendor: Vendor<ArtsvpClient> = {
	name: ARTSVP,
	credentialType: CREDENTIAL_TYPE,
	resources: [booking, collection, event, invite],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	defaultMaxWaitSeconds: DEFAULT_MAX_WAIT_SECONDS,
	connect: (settings) => new ArtsvpClient(settings),
};

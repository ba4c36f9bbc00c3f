/**
 * What the ARTSVP node is made of: its resources, defaults and client.
 */
import type { Vendor } from '../shared/action/types';
import { ARTSVP, ArtsvpClient, CREDENTIAL_TYPE } from './client';
import { booking } from './resources/booking';
import { collection } from './resources/collection';
import { event } from './resources/event';
import { invite } from './resources/invite';

const DEFAULT_CONCURRENCY = 5;
/** Longer than the rate-limit window of 15 minutes (artsvp.md, "Rate Limiting"). */
const DEFAULT_MAX_WAIT_SECONDS = 960;

export const vendor: Vendor<ArtsvpClient> = {
	name: ARTSVP,
	credentialType: CREDENTIAL_TYPE,
	resources: [booking, collection, event, invite],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	defaultMaxWaitSeconds: DEFAULT_MAX_WAIT_SECONDS,
	connect: (settings) => new ArtsvpClient(settings),
};

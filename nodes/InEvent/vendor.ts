/**
 * What the InEvent node is made of: its resources, defaults and client.
 */
import type { Vendor } from '../shared/action/types';
import { CREDENTIAL_TYPE, INEVENT, InEventClient } from './client';
import { analytics } from './resources/analytics';
import { attendee } from './resources/attendee';
import { order } from './resources/order';
import { registration } from './resources/registration';
import { session } from './resources/session';

/** Rate limits depend on the tier and are sent in headers (inevent.md, "Rate limiting"). */
const DEFAULT_CONCURRENCY = 10;

export const vendor: Vendor<InEventClient> = {
	name: INEVENT,
	credentialType: CREDENTIAL_TYPE,
	resources: [attendee, analytics, order, registration, session],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	connect: (settings) => new InEventClient(settings),
};

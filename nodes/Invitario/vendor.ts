/**
 * What the Invitario node is made of: its resources, defaults and client.
 */
import type { Vendor } from '../shared/action/types';
import { CREDENTIAL_TYPE, INVITARIO, InvitarioClient } from './client';
import { event } from './resources/event';
import { guest } from './resources/guest';

/** The document gives no rate limit. */
const DEFAULT_CONCURRENCY = 5;

export const vendor: Vendor<InvitarioClient> = {
	name: INVITARIO,
	credentialType: CREDENTIAL_TYPE,
	resources: [guest, event],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	connect: (settings) => new InvitarioClient(settings),
	close: async (client) => await client.close(),
};

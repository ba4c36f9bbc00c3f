/**
 * Invitario as the item loop sees it.
 */
import type { Vendor } from '../shared/action/types';
import { CREDENTIAL_TYPE, INVITARIO, InvitarioClient } from './client';
import { event } from './resources/event';
import { guest } from './resources/guest';

/** The document states no rate limit. */
const DEFAULT_CONCURRENCY = 5;

export const vendor: Vendor<InvitarioClient> = {
	name: INVITARIO,
	credentialType: CREDENTIAL_TYPE,
	resources: [guest, event],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	connect: (settings) => new InvitarioClient(settings),
	close: async (client) => await client.close(),
};

/**
 * What the Event Vault node is made of: its resources, defaults and client.
 */
import type { Vendor } from '../shared/action/types';
import { CREDENTIAL_TYPE, EVENT_VAULT, EventVaultClient } from './client';
import { eventIdOption } from './fields';
import { guest } from './resources/guest';
import { ticket } from './resources/ticket';

/** The document gives no rate limit. */
const DEFAULT_CONCURRENCY = 10;

export const vendor: Vendor<EventVaultClient> = {
	name: EVENT_VAULT,
	credentialType: CREDENTIAL_TYPE,
	resources: [guest, ticket],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	options: [eventIdOption],
	connect: (settings) => new EventVaultClient(settings),
};

// The fake credentials of every vendor of the sandbox, in one place for tests. None of them opens anything real.

export { ARTSVP_CREDENTIALS } from './artsvp/credentials.mts';
export { EVENT_VAULT_CREDENTIALS } from './event-vault/credentials.mts';
export { EVENTTIA_CREDENTIALS } from './eventtia/credentials.mts';
export { INEVENT_CREDENTIALS, INEVENT_NODE_SCOPES } from './inevent/credentials.mts';
export { INVITARIO_CREDENTIALS } from './invitario/credentials.mts';

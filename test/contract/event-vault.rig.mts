/** The sandbox of Event Vault in the state that its contract table needs. */
import { EVENT_VAULT_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { SEEDED } from './event-vault.contract.mts';
import type { ContractRig } from './support/describeContract.mts';

export async function startEventVaultRig(): Promise<ContractRig> {
	const sandbox = await startSandbox({ vendors: ['eventVault'] });
	const { eventVault } = sandbox;
	const { apiKey, clientId, eventId, otherEventId } = EVENT_VAULT_CREDENTIALS;
	return {
		credentials: { eventVaultApi: { apiKey, clientId, eventId, baseUrl: eventVault.url } },
		requests: eventVault.requests,
		refused: eventVault.refused,
		reset() {
			eventVault.reset();
			for (const id of [eventId, otherEventId]) {
				const event = eventVault.state.event(id);
				event.addGuest({ userEmail: SEEDED.userEmail });
				event.putTicket(SEEDED.userEmail, SEEDED.ticketType);
			}
		},
		close: sandbox.close,
	};
}

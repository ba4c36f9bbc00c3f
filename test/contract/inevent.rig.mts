/** The sandbox of InEvent in the state that its contract table needs. */
import { INEVENT_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { ineventContract, SCOPES } from './inevent.contract.mts';
import type { ContractRig } from './support/describeContract.mts';

/** The first attendee, who is not checked in, with their order, and the first session: the seed is always the same. */
const SEEDED = { attendeeId: 'att_9e3779b1', orderId: 'ord_1', sessionId: 'ses_1' };

export const INEVENT_CONTRACT = ineventContract(SEEDED);

export async function startInEventRig(): Promise<ContractRig> {
	const sandbox = await startSandbox({ vendors: ['inEvent'] });
	const { inEvent } = sandbox;
	const { clientId, clientSecret } = INEVENT_CREDENTIALS.production;
	return {
		credentials: {
			inEventOAuth2Api: { clientId, clientSecret, scopes: SCOPES, baseUrl: inEvent.url },
		},
		requests: inEvent.requests,
		refused: inEvent.refused,
		reset() {
			inEvent.reset();
			inEvent.state.rateLimit.limit = null;
		},
		close: sandbox.close,
	};
}

/** Runs InEvent's contract table against the sandbox. */
import { INEVENT_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { ineventContract, SCOPES } from './inevent.contract.mts';
import { describeContract } from './support/describeContract.mts';

/** The first attendee, who is not checked in, with their order, and the first session: the seed is always the same. */
const SEEDED = { attendeeId: 'att_9e3779b1', orderId: 'ord_1', sessionId: 'ses_1' };

describeContract(ineventContract(SEEDED), async () => {
	const sandbox = await startSandbox();
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
});

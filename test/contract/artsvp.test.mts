/** Runs ARTSVP's contract table against the sandbox. */
import { ARTSVP_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { ARTSVP_CONTRACT } from './artsvp.contract.mts';
import { describeContract } from './support/describeContract.mts';

const API = '/api/v3';

describeContract(ARTSVP_CONTRACT, async () => {
	const sandbox = await startSandbox();
	const { artsvp } = sandbox;
	const { apiKey } = ARTSVP_CREDENTIALS;
	return {
		credentials: { artsvpApi: { apiKey, baseUrl: `${artsvp.url}${API}` } },
		requests: artsvp.requests,
		refused: artsvp.refused,
		reset: () => artsvp.reset(),
		close: sandbox.close,
	};
});

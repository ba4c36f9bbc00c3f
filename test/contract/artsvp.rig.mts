/** The sandbox of ARTSVP in the state that its contract table needs. */
import { ARTSVP_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import type { ContractRig } from './support/describeContract.mts';

const API = '/api/v3';

export async function startArtsvpRig(): Promise<ContractRig> {
	const sandbox = await startSandbox({ vendors: ['artsvp'] });
	const { artsvp } = sandbox;
	const { apiKey } = ARTSVP_CREDENTIALS;
	return {
		credentials: { artsvpApi: { apiKey, baseUrl: `${artsvp.url}${API}` } },
		requests: artsvp.requests,
		refused: artsvp.refused,
		reset: () => artsvp.reset(),
		close: sandbox.close,
	};
}

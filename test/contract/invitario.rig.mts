/** The sandbox of Invitario in the state that its contract table needs. */
import { INVITARIO_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { SEEDED } from './invitario.contract.mts';
import type { ContractRig } from './support/describeContract.mts';

export async function startInvitarioRig(): Promise<ContractRig> {
	const sandbox = await startSandbox({ vendors: ['invitario'] });
	const { invitario } = sandbox;
	return {
		credentials: { invitarioApi: { ...INVITARIO_CREDENTIALS, baseUrl: invitario.url } },
		requests: invitario.requests,
		refused: invitario.refused,
		reset() {
			invitario.reset();
			invitario.state.addGuest({ fields: { email: SEEDED.email } });
		},
		close: sandbox.close,
	};
}

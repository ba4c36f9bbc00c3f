/** Runs Invitario's contract table against the sandbox. */
import { INVITARIO_CREDENTIALS } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/start.mts';
import { INVITARIO_CONTRACT, SEEDED } from './invitario.contract.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(INVITARIO_CONTRACT, async () => {
	const sandbox = await startSandbox();
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
});

/** The rig of a contract table: the vendor's sandbox server in the state that the values of the table need. */
import type { RecordedRequest, RefusedRequest } from '../../../sandbox/start.mts';
import { startVendor } from '../../rig/startVendor.mts';
import type { CredentialData } from '../../support/engine.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';

/** Started once per test file, reset before each run. */
export interface ContractRig {
	credentials: CredentialData;
	/** The requests that reached the vendor since the last `reset`. */
	requests: readonly RecordedRequest[];
	refused: readonly RefusedRequest[];
	/** Puts the vendor into the state that the table's values need. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts a vendor for its contract table. Call `reset` before the first run. */
export async function startContractRig<Key extends VendorKey>(
	vendor: TestVendor<Key>,
): Promise<ContractRig> {
	const { key, api, contract, credential } = vendor;
	const { server, close } = await startVendor(key, contract.guests);
	return {
		credentials: {
			[credential.type]: { ...credential.data(server.url), ...credential.unlimited },
		},
		requests: server.requests,
		refused: server.refused,
		reset() {
			server.reset();
			api.liftLimits(server);
			contract.seed(server);
		},
		close,
	};
}

/** Runs Event Vault's contract table against the sandbox. */
import { EVENT_VAULT_CONTRACT } from './event-vault.contract.mts';
import { startEventVaultRig } from './event-vault.rig.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(EVENT_VAULT_CONTRACT, startEventVaultRig);

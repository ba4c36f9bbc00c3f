/** Hostile parameters of the Event Vault node. */
import { EVENT_VAULT_CONTRACT } from '../contract/event-vault.contract.mts';
import { startEventVaultRig } from '../contract/event-vault.rig.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters({ table: EVENT_VAULT_CONTRACT, startRig: startEventVaultRig });

/** Runs Event Vault's contract table against the sandbox. */
import eventVault from '../vendors/event-vault.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(eventVault);

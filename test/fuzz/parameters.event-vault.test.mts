/** Hostile parameters of the Event Vault node. */
import eventVault from '../vendors/event-vault.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters(eventVault);

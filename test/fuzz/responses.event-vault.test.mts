/** Every response of Event Vault, spoiled in every way. */
import eventVault from '../vendors/event-vault.mts';
import { describeResponses } from './support/responseSuite.mts';

const EVERYTHING = Number.POSITIVE_INFINITY;

describeResponses(eventVault, { damages: 60, refusals: 20, echoes: EVERYTHING, again: 8 });

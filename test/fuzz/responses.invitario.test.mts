/** Every response of Invitario, spoiled in every way. */
import invitario from '../vendors/invitario.mts';
import { describeResponses } from './support/responseSuite.mts';

const EVERYTHING = Number.POSITIVE_INFINITY;

describeResponses(invitario, { damages: 60, refusals: 20, echoes: EVERYTHING, again: 8 });

/** Every response of InEvent, spoiled in every way. */
import inEvent from '../vendors/inevent.mts';
import { describeResponses } from './support/responseSuite.mts';

const EVERYTHING = Number.POSITIVE_INFINITY;

describeResponses(inEvent, { damages: 60, refusals: 20, echoes: EVERYTHING, again: 8 });

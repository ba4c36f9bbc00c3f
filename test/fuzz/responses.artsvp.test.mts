/** Every response of ARTSVP, spoiled in every way. */
import artsvp from '../vendors/artsvp.mts';
import { describeResponses } from './support/responseSuite.mts';

const EVERYTHING = Number.POSITIVE_INFINITY;

describeResponses(artsvp, { damages: 60, refusals: 20, echoes: EVERYTHING, again: 8 });

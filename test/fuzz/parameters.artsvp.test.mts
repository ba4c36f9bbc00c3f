/** Hostile parameters of the ARTSVP node. */
import artsvp from '../vendors/artsvp.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters(artsvp);

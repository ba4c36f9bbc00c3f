/** Hostile parameters of the Eventtia node. */
import eventtia from '../vendors/eventtia.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters(eventtia);

/** Hostile parameters of the InEvent node. */
import inEvent from '../vendors/inevent.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters(inEvent);

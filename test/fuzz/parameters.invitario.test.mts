/** Hostile parameters of the Invitario node. */
import invitario from '../vendors/invitario.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters(invitario);

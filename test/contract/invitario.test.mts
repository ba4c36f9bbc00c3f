/** Runs Invitario's contract table against the sandbox. */
import invitario from '../vendors/invitario.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(invitario);

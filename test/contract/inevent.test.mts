/** Runs InEvent's contract table against the sandbox. */
import inEvent from '../vendors/inevent.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(inEvent);

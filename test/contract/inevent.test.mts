/** Runs InEvent's contract table against the sandbox. */
import { INEVENT_CONTRACT, startInEventRig } from './inevent.rig.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(INEVENT_CONTRACT, startInEventRig);

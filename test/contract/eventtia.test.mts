/** Runs Eventtia's contract table against the sandbox. */
import { EVENTTIA_CONTRACT, startEventtiaRig } from './eventtia.rig.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(EVENTTIA_CONTRACT, startEventtiaRig);

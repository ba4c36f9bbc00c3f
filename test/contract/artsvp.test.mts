/** Runs ARTSVP's contract table against the sandbox. */
import { ARTSVP_CONTRACT } from './artsvp.contract.mts';
import { startArtsvpRig } from './artsvp.rig.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(ARTSVP_CONTRACT, startArtsvpRig);

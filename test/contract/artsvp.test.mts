/** Runs ARTSVP's contract table against the sandbox. */
import artsvp from '../vendors/artsvp.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(artsvp);

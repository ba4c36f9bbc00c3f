/** Runs Eventtia's contract table against the sandbox. */
import eventtia from '../vendors/eventtia.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(eventtia);

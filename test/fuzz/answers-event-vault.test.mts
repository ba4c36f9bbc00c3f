/** Every answer of this vendor, spoiled in every way. */
import { describeAnswers } from './support/answersSuite.mts';
import { FUZZED } from './support/answersVendors.mts';

const EVERYTHING = Number.POSITIVE_INFINITY;

describeAnswers(FUZZED.eventVault, { damages: 60, refusals: 20, echoes: EVERYTHING, again: 8 });

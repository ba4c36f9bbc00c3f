/** Every answer of Eventtia, spoiled: a sample, because there are so many. */
import { describeAnswers } from './support/answersSuite.mts';
import { FUZZED } from './support/answersVendors.mts';

describeAnswers(FUZZED.eventtia, { damages: 15, refusals: 4, echoes: 3, again: 2 });

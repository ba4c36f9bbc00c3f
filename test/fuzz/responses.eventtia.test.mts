/** Every response of Eventtia, spoiled: a sample, because there are so many. */
import eventtia from '../vendors/eventtia.mts';
import { describeResponses } from './support/responseSuite.mts';

describeResponses(eventtia, { damages: 15, refusals: 4, echoes: 3, again: 2 });

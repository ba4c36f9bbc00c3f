/** The shared polling suite over the streams of one vendor. */
import eventtia from '../../vendors/eventtia.mts';
import { pollingSuite } from './suite.mts';

/** A few; tests of pages add more. */
const SEED = 12;

pollingSuite(eventtia, SEED);

/** The shared polling suite over the streams of one vendor. */
import inEvent from '../../vendors/inevent.mts';
import { pollingSuite } from './suite.mts';

/** A few; tests of pages add more. */
const SEED = 12;

pollingSuite(inEvent, SEED);

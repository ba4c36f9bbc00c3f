/** The shared polling suite over the streams of one vendor. */
import invitario from '../../vendors/invitario.mts';
import { pollingSuite } from './suite.mts';

/** A few; tests of pages add more. */
const SEED = 12;

pollingSuite(invitario, SEED);

/** The failures that every vendor has, played to every operation of every vendor. */
import { VENDORS } from '../vendors/index.mts';
import { failureSuite } from './failures/suite.mts';

for (const vendor of VENDORS) failureSuite(vendor);

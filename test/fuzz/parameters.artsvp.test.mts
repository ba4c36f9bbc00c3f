/** Hostile parameters of the ARTSVP node. */
import { ARTSVP_CONTRACT } from '../contract/artsvp.contract.mts';
import { startArtsvpRig } from '../contract/artsvp.rig.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters({
	table: ARTSVP_CONTRACT,
	startRig: startArtsvpRig,
	credentials: { rateLimitRequests: 1_000_000, rateLimitSeconds: 1 },
});

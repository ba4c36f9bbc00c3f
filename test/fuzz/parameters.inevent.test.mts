/** Hostile parameters of the InEvent node. */
import { INEVENT_CONTRACT } from '../contract/inevent.rig.mts';
import { startInEventRig } from '../contract/inevent.rig.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters({
	table: INEVENT_CONTRACT,
	startRig: startInEventRig,
	// The document shows a UUID, and does not say that other keys are refused.
	mayRefuse: /Idempotency-Key must be a UUID/,
	without: { 'registration: create': ['options.idempotencyKey'] },
});

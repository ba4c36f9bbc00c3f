/** Hostile parameters of the Eventtia node. */
import { EVENTTIA_CONTRACT } from '../contract/eventtia.rig.mts';
import { startEventtiaRig } from '../contract/eventtia.rig.mts';
import { describeParameters } from './support/describeParameters.mts';

describeParameters({
	table: EVENTTIA_CONTRACT,
	startRig: startEventtiaRig,
	uses: {
		// Names of fields and the time zone of the event.
		'*': [
			'GET /api/v3/events/:event_uri',
			'GET /api/v3/events/:event_uri/attendee_types',
			'GET /api/v3/event-custom-fields',
		],
		'event: clone': ['GET /api/v3/events', 'GET /api/v3/events/:event_uri/clone-progress'],
	},
	// Which related records there are, and what an embed code or an answer holds.
	mayRefuse: /query: include: not|streaming_embed_code: Unrecognized|answers must be/,
});

/** Hostile parameters of the Invitario node. */
import { INVITARIO_CONTRACT } from '../contract/invitario.contract.mts';
import { startInvitarioRig } from '../contract/invitario.rig.mts';
import { describeParameters } from './support/describeParameters.mts';

const options = {
	customFieldLabels: { labels: [{ field: '13', label: 'Host' }] },
	resolveCompanions: true,
};

describeParameters({
	table: INVITARIO_CONTRACT,
	startRig: startInvitarioRig,
	also: {
		'guest: get': { options },
		'guest: getAll': { options },
		'guest: getChangedSince': { options },
	},
});

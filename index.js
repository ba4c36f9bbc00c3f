// Entry for people who load the pack by hand: it names the node and credential classes.
// n8n itself reads the `n8n` section of package.json instead. Nothing is loaded before it is asked for.

exports.nodes = {
	get EventVault() {
		return require('./dist/nodes/EventVault/EventVault.node.js').EventVault;
	},
	get EventVaultTrigger() {
		return require('./dist/nodes/EventVault/EventVaultTrigger.node.js').EventVaultTrigger;
	},
	get Invitario() {
		return require('./dist/nodes/Invitario/Invitario.node.js').Invitario;
	},
	get InvitarioTrigger() {
		return require('./dist/nodes/Invitario/InvitarioTrigger.node.js').InvitarioTrigger;
	},
	get Artsvp() {
		return require('./dist/nodes/Artsvp/Artsvp.node.js').Artsvp;
	},
	get ArtsvpTrigger() {
		return require('./dist/nodes/Artsvp/ArtsvpTrigger.node.js').ArtsvpTrigger;
	},
	get InEvent() {
		return require('./dist/nodes/InEvent/InEvent.node.js').InEvent;
	},
	get InEventTrigger() {
		return require('./dist/nodes/InEvent/InEventTrigger.node.js').InEventTrigger;
	},
	get Eventtia() {
		return require('./dist/nodes/Eventtia/Eventtia.node.js').Eventtia;
	},
	get EventtiaInstantTrigger() {
		return require('./dist/nodes/Eventtia/EventtiaInstantTrigger.node.js').EventtiaInstantTrigger;
	},
	get EventtiaTrigger() {
		return require('./dist/nodes/Eventtia/EventtiaTrigger.node.js').EventtiaTrigger;
	},
};

exports.credentials = {
	get EventVaultApi() {
		return require('./dist/credentials/EventVaultApi.credentials.js').EventVaultApi;
	},
	get InvitarioApi() {
		return require('./dist/credentials/InvitarioApi.credentials.js').InvitarioApi;
	},
	get ArtsvpApi() {
		return require('./dist/credentials/ArtsvpApi.credentials.js').ArtsvpApi;
	},
	get InEventOAuth2Api() {
		return require('./dist/credentials/InEventOAuth2Api.credentials.js').InEventOAuth2Api;
	},
	get EventtiaApi() {
		return require('./dist/credentials/EventtiaApi.credentials.js').EventtiaApi;
	},
};

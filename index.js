// Entry for people who load the pack by hand: it names the node and credential classes.
// n8n itself reads the `n8n` section of package.json instead. Nothing is loaded before it is asked for.

exports.nodes = {
	get EventVault() {
		return require('./dist/nodes/EventVault/EventVault.node.js').EventVault;
	},
	get Invitario() {
		return require('./dist/nodes/Invitario/Invitario.node.js').Invitario;
	},
	get Artsvp() {
		return require('./dist/nodes/Artsvp/Artsvp.node.js').Artsvp;
	},
	get InEvent() {
		return require('./dist/nodes/InEvent/InEvent.node.js').InEvent;
	},
	get Eventtia() {
		return require('./dist/nodes/Eventtia/Eventtia.node.js').Eventtia;
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

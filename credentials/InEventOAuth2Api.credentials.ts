/**
 * The InEvent credential: OAuth2 client credentials (inevent.md, "OAuth2 Bearer Tokens"). n8n requests
 * the token, and renews it after a response with 401 (n8n-core `oauth.js`).
 */
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** An n8n expression for the base URL without trailing slashes, for use inside this credential. */
const OWN_BASE_URL = '$self["baseUrl"].trim().replace(new RegExp("/+$"), "")';

export class InEventOAuth2Api implements ICredentialType {
	name = 'inEventOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'InEvent OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/InEvent/inEvent.svg',
		dark: 'file:../nodes/InEvent/inEvent.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist/blob/main/docs/inevent.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.inevent.com',
			required: true,
			description:
				'The address of production, or the one that InEvent gave you for its sandbox. The sandbox also has its own client ID and secret.',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.inevent.com/oauth/token',
			description:
				'Leave it empty unless InEvent gave you one: it is the base URL with /oauth/token',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: [
				{
					name: 'Admin Events',
					value: 'admin:events',
					description: 'Everything about events; enterprise only, rarely needed',
				},
				{ name: 'Read Agenda', value: 'read:agenda', description: 'See the agenda' },
				{
					name: 'Read Analytics',
					value: 'read:analytics',
					description: 'Needed for Analytics: Get Many',
				},
				{
					name: 'Read Attendees',
					value: 'read:attendees',
					description: 'Needed to get attendees and their check-ins',
				},
				{ name: 'Read Orders', value: 'read:orders', description: 'Needed to get orders' },
				{
					name: 'Read Sessions',
					value: 'read:sessions',
					description: 'Needed to get sessions and speakers',
				},
				{
					name: 'Write Attendees',
					value: 'write:attendees',
					description: 'Needed to update, delete or check in attendees',
				},
				{ name: 'Write Orders', value: 'write:orders', description: 'Needed to refund orders' },
				{
					name: 'Write Registration',
					value: 'write:registration',
					description: 'Needed for Registration: Create',
				},
				{
					name: 'Write Sessions',
					value: 'write:sessions',
					description: 'Change sessions; no operation of the node needs it',
				},
			],
			default: ['read:attendees', 'write:registration'],
			description:
				'What the credential may do. Choose only what your workflows need: if a key leaks, nobody can do more with it. Your InEvent client must have been granted each of them.',
		},
		{
			// A switch of n8n's `oAuth2Api`; InEvent needs no additional properties.
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: false,
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{$self["tokenUrl"].trim() || (${OWN_BASE_URL} + "/oauth/token")}}`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '={{($self["scopes"] || []).join(" ")}}',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];

	/**
	 * Requests a token: every other documented request needs an event. Redirects are not followed, because
	 * n8n would send the secret to their target.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: '={{$credentials.accessTokenUrl}}',
			method: 'POST',
			disableFollowRedirect: true,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: {
				grant_type: 'client_credentials',
				client_id: '={{$credentials.clientId}}',
				client_secret: '={{$credentials.clientSecret}}',
				scope: '={{$credentials.scope}}',
			},
		},
	};
}

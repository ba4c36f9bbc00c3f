/**
 * The Event Vault credential: three keys and a new time stamp as headers of every attempt
 * (event-vault.md, "Authentication").
 */
import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { credentialText } from '../nodes/shared/fields/credentialText';

export class EventVaultApi implements ICredentialType {
	name = 'eventVaultApi';

	displayName = 'Event Vault API';

	icon: Icon = {
		light: 'file:../nodes/EventVault/eventVault.svg',
		dark: 'file:../nodes/EventVault/eventVault.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist/blob/main/docs/event-vault.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Your API key from the Event Vault console',
			hint: 'From the Event Vault console',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'Your client ID as shown in the Event Vault console',
			hint: 'From the Event Vault console',
		},
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '',
			required: true,
			description:
				'The event whose guests you manage. One key serves many events: a node can name another one under "Options".',
			hint: 'The event whose guests you manage; a node can name another one',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.event-vault.com',
			required: true,
			description: 'Change it only if Event Vault gave you another address',
		},
	];

	/**
	 * Runs for every attempt, so the time stamp is that of the attempt. If the request already has a header
	 * `x-event-id`, that event is used instead of the credential's. The node writes `clockOffsetMs` into the
	 * credential if Event Vault's clock and ours differ.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const headers = requestOptions.headers ?? {};
		const offsetMs = Number(credentials.clockOffsetMs ?? 0);
		return {
			...requestOptions,
			headers: {
				...headers,
				'x-api-key': credentialText(credentials, 'apiKey', 'API Key'),
				'x-client-id': credentialText(credentials, 'clientId', 'Client ID'),
				'x-event-id': headers['x-event-id'] ?? credentialText(credentials, 'eventId', 'Event ID'),
				'x-timestamp': String(Date.now() + offsetMs),
			},
		};
	};

	/**
	 * The cheapest request that checks key, client, event and clock. Redirects are not followed, because
	 * n8n would send the keys to their target.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(new RegExp("/+$"), "")}}',
			url: '/getGuestCount',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message: 'Event Vault misses a key: fill in API Key, Client ID and Event ID',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Event Vault does not accept this API Key. Copy it again from the console.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Event Vault does not know this Client ID, or this client has no event with this Event ID. Compare both with the console.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 408,
					message:
						'The clock of this n8n is more than 5 minutes off Event Vault. The node corrects for it, but set the clock of the server all the same.',
				},
			},
		],
	};
}

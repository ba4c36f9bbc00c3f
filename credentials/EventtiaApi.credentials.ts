/**
 * The Eventtia credential: a log-in with email and password, or with a client's ID and secret, returns a
 * token that is valid for 30 days (eventtia.md, "Authentication"). n8n stores it in the credential.
 */
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { logInRequest, readToken } from '../nodes/Eventtia/auth';
import { checkBaseUrl } from '../nodes/shared/http/baseUrl';

export class EventtiaApi implements ICredentialType {
	name = 'eventtiaApi';

	displayName = 'Eventtia API';

	icon: Icon = {
		light: 'file:../nodes/Eventtia/eventtia.svg',
		dark: 'file:../nodes/Eventtia/eventtia.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist/blob/main/docs/eventtia.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Log In With',
			name: 'authenticateAs',
			type: 'options',
			options: [
				{ name: 'Email and Password', value: 'user' },
				{ name: 'Client ID and Secret', value: 'client' },
			],
			default: 'user',
			description: 'What Eventtia gave you: an account of a person, or a client for programs',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. jane@example.com',
			displayOptions: { show: { authenticateAs: ['user'] } },
			description: 'The email with which you log in to Eventtia',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authenticateAs: ['user'] } },
			description: 'The password with which you log in to Eventtia',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authenticateAs: ['client'] } },
			description: 'The ID of the client, from Eventtia',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authenticateAs: ['client'] } },
			description: 'The secret of the client, from Eventtia',
		},
		{
			displayName: 'Account API Key',
			name: 'accountApiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Leave it empty unless you need webhooks of the whole account; ask Eventtia for it',
			hint: 'Leave it empty, unless you need webhooks of the whole account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://connect.eventtia.com',
			required: true,
			description: 'Change it only if Eventtia gave you another address',
		},
		{
			displayName: 'Rate Limit (Requests)',
			name: 'rateLimitRequests',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description:
				'How many requests Eventtia allows in the time below. Lower it if other programs use the same account.',
		},
		{
			displayName: 'Rate Limit (Seconds)',
			name: 'rateLimitSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'The time in which that many requests are allowed',
		},
	];

	/** @returns the token, which n8n stores in the credential */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const { path, body } = logInRequest(credentials);
		const response: unknown = await this.helpers.httpRequest({
			method: 'POST',
			url: `${checkBaseUrl(credentials.baseUrl, 'Base URL')}${path}`,
			body,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		return { sessionToken: readToken(response, [String(body.password ?? body.client_secret)]) };
	}

	authenticate: IAuthenticate = async (credentials, requestOptions) => ({
		...requestOptions,
		headers: {
			...requestOptions.headers,
			Authorization: `Bearer ${String(credentials.sessionToken)}`,
		},
	});

	/** A test always runs `preAuthentication`, whose error explains a wrong log-in. These rules are for the rest. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(new RegExp("/+$"), "")}}',
			url: '/api/v3/events',
			qs: { 'page[size]': 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Eventtia accepted the log-in, but not its token. Try again.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Eventtia does not let this account see events. Ask Eventtia for the permission.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Eventtia API at this address. Check "Base URL".',
				},
			},
		],
	};
}

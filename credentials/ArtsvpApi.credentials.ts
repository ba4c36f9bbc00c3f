/**
 * The ARTSVP credential. `Authorization` holds the key alone, as in every sample of the document, or after
 * `Bearer`, as its text says (artsvp.md, "Authentication").
 */
import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { credentialText } from '../nodes/shared/fields/credentialText';

export class ArtsvpApi implements ICredentialType {
	name = 'artsvpApi';

	displayName = 'ARTSVP API';

	icon: Icon = {
		light: 'file:../nodes/Artsvp/artsvp.svg',
		dark: 'file:../nodes/Artsvp/artsvp.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist/blob/main/docs/artsvp.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'From your ARTSVP dashboard, under Settings → Developer',
			hint: 'In your ARTSVP dashboard under Settings → Developer',
		},
		{
			displayName: 'Bearer Prefix',
			name: 'bearerPrefix',
			type: 'boolean',
			default: false,
			description:
				'Whether to write "Bearer" before the key. Switch it on only if the test says that the key is not accepted.',
			hint: 'Leave it off, unless the test says that the key is not accepted',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.artsvp.com/api/v3',
			required: true,
			description: 'Change it only if ARTSVP gave you another address',
		},
		{
			displayName: 'Rate Limit (Requests)',
			name: 'rateLimitRequests',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description:
				'How many requests ARTSVP allows in the time below. Lower it if other programs use the same key.',
		},
		{
			displayName: 'Rate Limit (Seconds)',
			name: 'rateLimitSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 900,
			description: 'The time in which that many requests are allowed: 900 seconds are 15 minutes',
		},
	];

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const key = credentialText(credentials, 'apiKey', 'API Key');
		const authorization = credentials.bearerPrefix === true ? `Bearer ${key}` : key;
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: authorization },
		};
	};

	/** Redirects are not followed, because n8n might send the key to their target. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(new RegExp("/+$"), "")}}',
			url: '/bookings',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'ARTSVP does not accept this API Key. Copy it again from Settings → Developer; if it is right, switch "Bearer Prefix".',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'ARTSVP lets only administrators read this. Use the key of an administrator.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'ARTSVP has nothing at this address. Check "Base URL".',
				},
			},
		],
	};
}

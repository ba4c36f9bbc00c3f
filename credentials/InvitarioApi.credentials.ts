/**
 * The Invitario check-in credential: a log-in returns a session token, which every later request sends in
 * its body (invitario-check-in.md, "2. Perform a Login").
 *
 * The Invitario node opens and closes its own sessions, one per execution. The session that n8n opens here
 * with `preAuthentication` is used by the credential test and the HTTP Request node.
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
import {
	CHANGES_PATH,
	errorMessages,
	LOG_IN_PATH,
	logInBody,
	readLogIn,
} from '../nodes/Invitario/auth';
import { checkBaseUrl } from '../nodes/shared/http/baseUrl';
import { redactedExcerpt } from '../nodes/shared/http/redact';
import { isObject } from '../nodes/shared/values';

const MAX_MESSAGE_LENGTH = 300;

export class InvitarioApi implements ICredentialType {
	name = 'invitarioApi';

	displayName = 'Invitario Check-In API';

	icon: Icon = {
		light: 'file:../nodes/Invitario/invitario.svg',
		dark: 'file:../nodes/Invitario/invitario.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-guestlist/n8n-nodes-guestlist/blob/main/docs/invitario.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://mycompany.example.com',
			description:
				'The address of your Invitario backend, up to the first slash: https://, the name, nothing after it',
		},
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 123',
			hint: 'In the address of the event: …/admin/event/123',
			description: 'The number in the address of the event in the backend: …/admin/event/123',
		},
		{
			displayName: 'App Code',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the backend open "Check-in", create an app configuration for n8n, and copy its "App Code" from the list',
			hint: 'In your backend under "Check-in": the column "App Code"',
		},
		{
			displayName: 'Station Name',
			name: 'stationName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Main Entrance',
			hint: 'The column "Name" of the same row',
			description: 'The "Name" of the same app configuration',
		},
	];

	/**
	 * @returns the session token, which n8n stores in the credential
	 * @throws Error with Invitario's message if the log-in is rejected
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const response: unknown = await this.helpers.httpRequest({
			method: 'POST',
			url: `${checkBaseUrl(credentials.baseUrl, 'Base URL')}${LOG_IN_PATH}`,
			body: logInBody(credentials),
			json: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const loggedIn = readLogIn(response);
		if (loggedIn !== undefined) return { sessionToken: loggedIn.sessionToken };
		const message = errorMessages(response).join(' ');
		const reasons = redactedExcerpt(message, [String(credentials.apiKey)], MAX_MESSAGE_LENGTH);
		throw new Error(
			reasons !== ''
				? `Invitario refused the log-in: ${reasons}`
				: 'This address does not answer like Invitario. Check "Base URL".',
		);
	}

	/**
	 * After a new log-in n8n runs this again on the same request (n8n-core `authentication.js`), so the token
	 * of the credential replaces the one in the body. The Invitario node removes the token from its copy of
	 * the credential and sets that of its own session in the body.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const body = isObject(requestOptions.body) ? requestOptions.body : {};
		const added = readUrl(requestOptions).endsWith(LOG_IN_PATH)
			? logInBody(credentials)
			: { sessionToken: credentials.sessionToken || body.sessionToken };
		return { ...requestOptions, body: { ...body, ...added } };
	};

	/**
	 * Logs in (`preAuthentication` always runs in a test) and requests the changes since now, which are none.
	 * The session stays open, because n8n stores its token for the HTTP Request node (n8n
	 * `credentials-helper.js`, `credentials-tester.service.js`).
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim().replace(new RegExp("/+$"), "")}}',
			url: CHANGES_PATH,
			method: 'POST',
			disableFollowRedirect: true,
			body: { sinceDateTime: '={{$now.toFormat("yyyy-MM-dd\'T\'HH:mm:ssZZ")}}' },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'status',
					value: 'error',
					message: 'Invitario accepted the log-in, but not its session. Try again.',
				},
			},
		],
	};
}

/** The URL of a request: n8n's HTTP Request node sets `uri` (n8n-nodes-base `HttpRequestV3.node.js`), other nodes `url`. */
function readUrl(requestOptions: { url?: unknown; uri?: unknown }): string {
	return String(requestOptions.url ?? requestOptions.uri ?? '');
}

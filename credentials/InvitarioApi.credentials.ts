/**
 * The Invitario check-in credential: a log-in whose session token travels in the body of every
 * later request (invitario-check-in.md, "2. Perform a Login").
 *
 * The Invitario node opens and closes sessions of its own, one per execution; what n8n's
 * `preAuthentication` opens here serves the credential test and the HTTP Request node.
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

const MAX_LENGTH = 300;

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

	/** @returns the session token, which n8n keeps in the credential */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const answer: unknown = await this.helpers.httpRequest({
			method: 'POST',
			url: `${checkBaseUrl(credentials.baseUrl, 'Base URL')}${LOG_IN_PATH}`,
			body: logInBody(credentials),
			json: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const loggedIn = readLogIn(answer);
		if (loggedIn !== undefined) return { sessionToken: loggedIn.sessionToken };
		const said = errorMessages(answer).join(' ');
		const reasons = redactedExcerpt(said, [String(credentials.apiKey)], MAX_LENGTH);
		throw new Error(
			reasons !== ''
				? `Invitario refused the log-in: ${reasons}`
				: 'This address does not answer like Invitario. Check "Base URL".',
		);
	}

	/**
	 * Runs for every attempt, also for one that it prepared before (n8n-core `authentication.js` repeats
	 * it after a new log-in), so the credential's own token comes first. The Invitario node hands its
	 * credential on without one and puts the token of its own session into the body.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const body = isObject(requestOptions.body) ? requestOptions.body : {};
		const added = addressOf(requestOptions).endsWith(LOG_IN_PATH)
			? logInBody(credentials)
			: { sessionToken: credentials.sessionToken || body.sessionToken };
		return { ...requestOptions, body: { ...body, ...added } };
	};

	/**
	 * Logs in (`preAuthentication` always runs in a test) and asks what changed since now: nothing. The
	 * session stays open, because n8n keeps its token for the HTTP Request node (n8n
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

/** n8n's HTTP Request node says `uri` (n8n-nodes-base `HttpRequestV3.node.js`), other nodes `url`. */
function addressOf(requestOptions: { url?: unknown; uri?: unknown }): string {
	return String(requestOptions.url ?? requestOptions.uri ?? '');
}

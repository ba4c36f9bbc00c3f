/**
 * What Invitario's error codes mean and what to do about them (invitario-check-in.md, "General
 * Error Codes", and the log-in's). Pure.
 */
import type { Problem } from '../shared/errors';
import { describeBody } from '../shared/http/describeBody';
import { statusProblem } from '../shared/http/problems';
import { redactedExcerpt } from '../shared/http/redact';
import { isServerError, Status } from '../shared/http/status';
import type { HttpResponse } from '../shared/http/types';
import { errorMessages, readErrors } from './auth';

const HINTS: Record<number, string> = {
	10: 'Invitario could not read the request. Check the fields of the node; if they are right, report it.',
	20: 'Fill in what Invitario names: "Event ID", "App Code" and "Station Name" are in the credential.',
	30: 'The session ended and a new one was refused as well. Run the node again; if it stays, check the app configuration in the Invitario backend.',
	1000: 'Compare "Event ID" in the credential with the address of the event in the backend (…/admin/event/123).',
	1010: 'Copy "App Code" again from the list under "Check-in" in the Invitario backend into the credential.',
};

const CREDENTIAL_CODES: readonly number[] = [1000, 1010];
const MAX_LENGTH = 300;

/**
 * @param response any response that is not a documented success
 * @param expected what a success would hold, e.g. "the guest list"
 * @param secrets values that must not appear in the text
 */
export function toProblem(
	response: HttpResponse,
	expected: string,
	secrets: readonly string[],
): Problem {
	const { body, status } = response;
	const messages = errorMessages(body);
	const codes = readErrors(body).flatMap(({ code }) => (code === undefined ? [] : [code]));
	const hints = codes.flatMap((code) => HINTS[code] ?? []);
	const message =
		messages.length > 0
			? redactedExcerpt(messages.join(' '), secrets, MAX_LENGTH)
			: `Invitario answered with ${describeBody(body, secrets)} instead of ${expected}`;
	const isCredential = codes.some((code) => CREDENTIAL_CODES.includes(code));
	return statusProblem(
		'Invitario',
		// A log-in that was sent twice changes nothing that a person would have to check.
		{ ...response, ambiguous: false },
		{ message },
		{
			hint: hints.length > 0 ? hints.join(' ') : statusHint(status),
			failure: isCredential ? { cause: 'credential-invalid' } : undefined,
		},
		secrets,
	);
}

function statusHint(status: number): string {
	if (status === Status.tooManyRequests) return 'Run it again later.';
	if (isServerError(status)) return 'That is on Invitario’s side. Run it again later.';
	return 'Check "Base URL" in the credential: it is the address of your Invitario backend.';
}

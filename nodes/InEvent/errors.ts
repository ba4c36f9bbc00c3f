/**
 * What InEvent's errors mean and what to do about them (inevent.md, status codes, the 403 and the
 * 400 example). Pure.
 */
import type { Problem } from '../shared/errors';
import { errorMessage } from '../shared/http/errorMessage';
import { statusProblem, type StatusAdvice } from '../shared/http/problems';
import { redactedExcerpt } from '../shared/http/redact';
import { Status } from '../shared/http/status';
import type { HttpResponse } from '../shared/http/types';
import { isObject } from '../shared/values';

const MAX_DETAILS = 10;
const MAX_DETAIL = 60;

/** The node's labels for the fields that InEvent names in `details`. */
const LABELS = new Map([
	['email', 'Email'],
	['first_name', 'First Name'],
	['last_name', 'Last Name'],
	['ticket_type_id', 'Ticket Type ID'],
	['source', 'Source'],
	['utm.campaign', 'UTM Campaign'],
	['utm.medium', 'UTM Medium'],
	['utm.source', 'UTM Source'],
	['custom_fields', 'Custom Fields'],
	['consents.privacy_policy', 'Privacy Policy'],
	['consents.marketing_opt_in', 'Marketing Opt-In'],
	['dataset', 'Dataset'],
	['from', 'From'],
	['to', 'To'],
	['updated_since', 'Updated Since'],
	['search', 'Search'],
	['status', 'Status'],
	['fields', 'Fields'],
	['page_size', 'Page Size'],
]);

const STATUS_ADVICE: Record<number, StatusAdvice> = {
	400: { message: 'Invalid request', hint: 'Check the fields of the node.' },
	401: {
		message: 'InEvent gives no access token, or does not accept it, also not a new one',
		hint: 'Check "Client ID", "Client Secret" and "Scopes" in the credential; InEvent must have granted your client every scope.',
		failure: { cause: 'credential-invalid' },
	},
	403: {
		message: 'Not allowed',
		hint: 'The credential may not do this. If InEvent names no other reason, add the scope for it under "Scopes" in the credential; InEvent must have granted it to your client.',
		failure: { cause: 'credential-invalid' },
	},
	404: {
		message: 'Not found',
		hint: 'Check "Event ID" and the ID of the record. InEvent answers the same when the credential has no access to it.',
	},
	409: {
		message: 'Conflict',
		hint: 'The record exists already, or changed in the meantime. For a registration this usually means that the email is registered.',
	},
	429: {
		message: 'Too many requests',
		hint: 'Lower "Concurrency" under "Options" and run it again later.',
	},
};

/**
 * @param response any 4xx or 5xx response
 * @param secrets values that must not appear in the text
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const { status, body } = response;
	const advice = STATUS_ADVICE[status];
	const message = errorMessage(isObject(body) ? (body.message ?? body.error) : body, secrets);
	const details = readDetails(body, secrets);
	const scopeHint = missingScopeHint(status, message);
	// The scope and the details say more than the advice for the status.
	const hint = scopeHint ?? (details === undefined ? advice?.hint : undefined);
	return statusProblem(
		'InEvent',
		response,
		{ message, details, note: requestIdNote(body, secrets) },
		advice === undefined ? undefined : { ...advice, hint },
		secrets,
	);
}

/** e.g. `"Email": invalid_format; "Ticket Type ID": not_found.` */
function readDetails(body: unknown, secrets: readonly string[]): string | undefined {
	const details: unknown = isObject(body) ? body.details : undefined;
	if (!Array.isArray(details)) return undefined;
	const lines = details.slice(0, MAX_DETAILS).flatMap((detail: unknown) => {
		if (!isObject(detail)) return [];
		const field = toText(detail.field);
		const issue = toText(detail.issue);
		if (field === undefined) return issue === undefined ? [] : [excerpt(issue, secrets)];
		const label = LABELS.get(field) ?? excerpt(field, secrets);
		return [`"${label}": ${issue === undefined ? 'not accepted' : excerpt(issue, secrets)}`];
	});
	return lines.length > 0 ? `${lines.join('; ')}.` : undefined;
}

function toText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function excerpt(text: string, secrets: readonly string[]): string {
	return redactedExcerpt(text, secrets, MAX_DETAIL);
}

function missingScopeHint(status: number, message: string | undefined): string | undefined {
	const scope = /scope:?\s*"?([a-z]+:[a-z_]+)/i.exec(message ?? '')?.[1];
	if (status !== Status.forbidden || scope === undefined) return undefined;
	return `Add "${scopeLabel(scope)}" (${scope}) under "Scopes" in the credential; InEvent must have granted it to your client.`;
}

/** `read:sessions` → `Read Sessions`, as the credential lists it. */
function scopeLabel(scope: string): string {
	return scope
		.split(/[:_]/)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
}

function requestIdNote(body: unknown, secrets: readonly string[]): string | undefined {
	const id: unknown = isObject(body) ? body.request_id : undefined;
	return typeof id === 'string' && id !== ''
		? `InEvent’s request ID is ${excerpt(id, secrets)}.`
		: undefined;
}

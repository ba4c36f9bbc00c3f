/**
 * What InEvent's errors mean and what to do about them (inevent.md, status codes, the 403 and the
 * 400 example). Pure.
 */
import type { Failure } from 'n8n-workflow';
import { describeBody } from '../shared/http/describeBody';
import type { Problem } from '../shared/errors';
import { AMBIGUOUS_HINT } from '../shared/http/problems';
import { redactedExcerpt } from '../shared/http/redact';
import type { HttpResponse } from '../shared/http/types';
import { errorMessage } from '../shared/http/errorMessage';
import { isObject } from '../shared/values';

const FORBIDDEN = 403;
const FIRST_SERVER_ERROR = 500;
const MAX_DETAILS = 10;
const MAX_DETAIL = 60;

/** The node's labels of the fields that InEvent names in `details`. */
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

interface Meaning {
	words: string;
	hint: string;
	failure?: Failure;
}

const STATUS_ADVICE: Record<number, Meaning> = {
	400: { words: 'Invalid request', hint: 'Check the fields of the node.' },
	401: {
		words: 'InEvent gives no access token, or does not accept it, also not a new one',
		hint: 'Check "Client ID", "Client Secret" and "Scopes" in the credential; InEvent must have granted your client every scope.',
		failure: { cause: 'credential-invalid' },
	},
	403: {
		words: 'Not allowed',
		hint: 'The credential may not do this. If InEvent names no other reason, add the scope for it under "Scopes" in the credential; InEvent must have granted it to your client.',
		failure: { cause: 'credential-invalid' },
	},
	404: {
		words: 'Not found',
		hint: 'Check "Event ID" and the ID of the record. InEvent answers the same when the credential has no access to it.',
	},
	409: {
		words: 'Conflict',
		hint: 'The record exists already, or changed in the meantime. For a registration this usually means that the email is registered.',
	},
	429: {
		words: 'Too many requests',
		hint: 'Lower "Concurrency" under "Options" and run it again later.',
		failure: { cause: 'rate-limited' },
	},
};

/**
 * @param response any answer from 400 on
 * @param secrets values that must not appear in the words
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const { status, body } = response;
	const meaning = STATUS_ADVICE[status];
	const message =
		errorMessage(isObject(body) ? (body.message ?? body.error) : body, secrets) ??
		meaning?.words ??
		`InEvent answered with HTTP ${status} and ${describeBody(body, secrets)}`;
	const details = detailsOf(body, secrets);
	const hint = [
		details,
		missingScopeHint(status, message) ?? (details === undefined ? meaning?.hint : undefined),
		meaning === undefined ? fallbackHint(status) : undefined,
		response.ambiguous ? AMBIGUOUS_HINT : undefined,
		requestIdNote(body, secrets),
	];
	return {
		message,
		hint: hint.filter((part) => part !== undefined).join(' '),
		status,
		failure:
			meaning?.failure ??
			(status >= FIRST_SERVER_ERROR ? { cause: 'temporarily-unavailable' } : undefined),
		ambiguous: response.ambiguous,
	};
}

/** e.g. `"Email": invalid_format; "Ticket Type ID": not_found.` */
function detailsOf(body: unknown, secrets: readonly string[]): string | undefined {
	const details: unknown = isObject(body) ? body.details : undefined;
	if (!Array.isArray(details)) return undefined;
	const lines = details.slice(0, MAX_DETAILS).flatMap((detail: unknown) => {
		if (!isObject(detail)) return [];
		const field = textOf(detail.field);
		const issue = textOf(detail.issue);
		if (field === undefined) return issue === undefined ? [] : [short(issue, secrets)];
		const label = LABELS.get(field) ?? short(field, secrets);
		return [`"${label}": ${issue === undefined ? 'not accepted' : short(issue, secrets)}`];
	});
	return lines.length > 0 ? `${lines.join('; ')}.` : undefined;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function short(words: string, secrets: readonly string[]): string {
	return redactedExcerpt(words, secrets, MAX_DETAIL);
}

function missingScopeHint(status: number, message: string): string | undefined {
	const scope = /scope:?\s*"?([a-z]+:[a-z_]+)/i.exec(message)?.[1];
	if (status !== FORBIDDEN || scope === undefined) return undefined;
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
		? `InEvent’s request ID is ${short(id, secrets)}.`
		: undefined;
}

function fallbackHint(status: number): string {
	return status >= FIRST_SERVER_ERROR
		? 'That is on InEvent’s side. Run the item again later.'
		: 'Check the fields of the node and "Base URL" in the credential.';
}

/** Finds what is wrong with a request on the wire, and with an error message. Pure. */
import type { IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../../../sandbox/start.mts';
import {
	endpointName,
	type ContractTable,
	type DocumentedEndpoint,
} from '../../contract/support/table.mts';
import { findEndpoint, undocumented, readValue, wireType } from '../../contract/support/wire.mts';

/** Text that only a program produces from a value. */
const MADE_OF_NOTHING = /\[object |\bundefined\b|^NaN$|^-?Infinity$|\bInvalid Date(Time)?\b/;
const LINE_BREAK = /[\r\n]/;
const PATH_TRICK = /\/\/|\/\.{1,2}(\/|$)|\\|%2e%2e(\/|$)/i;
const PERSONS_ERROR = / \[item (\d+)\]$/;
const PROGRAMS_ERROR =
	/(Type|Range|Reference|Syntax|URI|Zod)Error|[Cc]annot (read|convert|set|access)|is not a (function|constructor)|is not iterable|\bundefined\b|\[object |\bat .+:\d+:\d+|"code":|URI malformed|Unexpected token|in JSON at|Invalid time value|circular|Something unexpected|Invalid string length|Maximum call stack|n8n gave/;
/** It names an entry by the vendor's own name. */
const ENTRY_ERROR = /^(There is no field|More than one field is called) "/;
const ENTRY_HINT = /^Correct "[^"]+"\.$/;
/** A fractional rate limit also applies. */
const WAIT = /allows no more requests until/;
const NO_ANSWER = /could not be reached/;
const LONGEST_MESSAGE = 700;
const LONGEST_DESCRIPTION = 1500;

/** The effect that a place may have on a request. */
export interface Allowed {
	/** The endpoints that a valid run of the operation uses. */
	endpoints: ReadonlySet<DocumentedEndpoint>;
	/** The place accepts any JSON, so its values may contain anything. */
	isFree: boolean;
}

/** @returns findings; empty if there are none */
export function requestComplaints(
	table: ContractTable,
	request: RecordedRequest,
	{ endpoints, isFree }: Allowed,
): string[] {
	const shown = `${endpointName(request)} ${short({ query: request.query, body: request.body })}`;
	const found: string[] = [];
	if (PATH_TRICK.test(request.path)) found.push('the path has steps');
	try {
		found.push(...undocumented(table, request));
		const endpoint = findEndpoint(table, request);
		if (endpoint !== undefined && !endpoints.has(endpoint)) {
			found.push(`${endpointName(endpoint)} is not an endpoint of this operation`);
		}
		if (endpoint !== undefined) found.push(...parameterComplaints(endpoint, request));
	} catch (error) {
		found.push(`the path cannot be read: ${String(error)}`);
	}
	for (const [name, value] of Object.entries(request.headers)) {
		const texts = [value ?? ''].flat();
		if (texts.some((text) => LINE_BREAK.test(text))) found.push(`header ${name} has a line break`);
		if (texts.some((text) => MADE_OF_NOTHING.test(text)))
			found.push(`header ${name} is ${short(value)}`);
	}
	for (const text of textsIn(request.query)) {
		if (MADE_OF_NOTHING.test(text)) found.push(`the query has ${short(text)}`);
	}
	for (const text of textsIn(request.body)) {
		if (MADE_OF_NOTHING.test(text)) found.push(`the body has ${short(text)}`);
	}
	if (!isFree && holdsNull(request.body)) found.push('the body has a null');
	return found.map((one) => `${one}: ${shown}`);
}

function parameterComplaints(endpoint: DocumentedEndpoint, request: RecordedRequest): string[] {
	return endpoint.parameters.flatMap((parameter) => {
		const value = readValue(endpoint, request, parameter);
		const isWrite = request.method !== 'GET';
		if (value === undefined) {
			// A PATCH may omit whatever stays unchanged.
			const isNeeded =
				parameter.required && parameter.in !== 'header' && request.method !== 'PATCH';
			const isGivenOtherwise = endpoint.parameters.some(
				(other) =>
					(parameter.insteadOf?.includes(other.name) === true ||
						other.insteadOf?.includes(parameter.name) === true) &&
					readValue(endpoint, request, other) !== undefined,
			);
			return isNeeded && !isGivenOtherwise ? [`${parameter.name} is missing`] : [];
		}
		const isBlank = typeof value === 'string' && value.trim() === '';
		if (isBlank && (parameter.in === 'path' || (isWrite && parameter.required))) {
			return [`${parameter.name} is blank`];
		}
		return parameter.type === 'any' || wireType(value) === parameter.type
			? []
			: [`${parameter.name} is a ${wireType(value)}, not a ${parameter.type}`];
	});
}

/** Every text in a value, including keys. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		...(Array.isArray(value) ? [] : [key]),
		...textsIn(inner),
	]);
}

function holdsNull(value: unknown): boolean {
	if (value === null) return true;
	return typeof value === 'object' && Object.values(value).some(holdsNull);
}

/** An error as the person sees it. */
export interface ShownError {
	message: string;
	description: string;
	/** It is about the vendor's message or records, not about the input. */
	isVendors: boolean;
}

/** @param index the item that it must name; undefined for an error of the whole run */
export function errorComplaints(
	{ message, description, isVendors }: ShownError,
	index: number | undefined,
	labels: readonly string[],
): string[] {
	const found: string[] = [];
	const named = PERSONS_ERROR.exec(message)?.[1];
	if (index !== undefined && Number(named) !== index)
		found.push(`names item ${named}, not ${index}`);
	if (PROGRAMS_ERROR.test(message)) found.push('the message is a program’s');
	if (NO_ANSWER.test(message)) found.push('no answer came');
	if (PROGRAMS_ERROR.test(description)) found.push('the description is a program’s');
	if (message.length > LONGEST_MESSAGE) found.push(`the message has ${message.length} characters`);
	if (description.length > LONGEST_DESCRIPTION) {
		found.push(`the description has ${description.length} characters`);
	}
	if (description === '') found.push('it does not say what to do');
	const words = `${message} ${description}`;
	const isNamed =
		labels.some((label) => words.includes(`"${label}"`)) ||
		ENTRY_ERROR.test(message) ||
		ENTRY_HINT.test(description);
	if (!isVendors && !isNamed) {
		found.push(`it names none of ${labels.join(', ')}`);
	}
	return found.map((one) => `${one}: ${short(message)} / ${short(description)}`);
}

/** An error item of a run that continued; undefined for any other item. */
export function shownError(json: IDataObject): ShownError | undefined {
	const { error, details } = json;
	if (
		typeof error !== 'string' ||
		Object.keys(json).some((key) => !['error', 'details'].includes(key))
	) {
		return undefined;
	}
	const told: Record<string, unknown> = Object(details);
	return {
		message: error,
		description: typeof told.description === 'string' ? told.description : '',
		isVendors: told.ambiguous !== undefined,
	};
}

const LONGEST_SHOWN = 400;

/** A value for a report. */
export function short(value: unknown): string {
	const text = JSON.stringify(value) ?? 'undefined';
	return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length})` : text;
}

/** An error of a run with a hostile credential: either nothing was sent, or the vendor refuses it. */
export function credentialErrorComplaints(
	{ message, description }: { message: string; description: string },
	labels: readonly string[],
): string[] {
	const found: string[] = [];
	const words = `${message} ${description}`;
	if (PROGRAMS_ERROR.test(words)) found.push('the message is a program’s');
	if (message.length > LONGEST_MESSAGE || description.length > LONGEST_DESCRIPTION) {
		found.push('the message is too long');
	}
	if (description === '') found.push('it does not say what to do');
	if (!labels.some((label) => words.includes(label)) && !WAIT.test(message))
		found.push(`it names none of ${labels.join(', ')}`);
	return found.map((one) => `${one}: ${short(message)} / ${short(description)}`);
}

/** The error of a trigger, if there is one: for the whole node. */
export function triggerErrorComplaints(error: unknown, labels: readonly string[]): string[] {
	if (error === undefined) return [];
	const { message, description, httpCode } = Object(error) as Record<string, unknown>;
	return errorComplaints(
		{
			message: String(message),
			description: typeof description === 'string' ? description : '',
			isVendors: typeof httpCode === 'string',
		},
		undefined,
		labels,
	);
}

/** What the editor shows instead of a list. */
export function editorErrorComplaints(error: unknown): string[] {
	if (error === undefined) return [];
	const { message, description } = Object(error) as Record<string, unknown>;
	const found: string[] = [];
	const words = `${String(message)} ${String(description ?? '')}`;
	if (PROGRAMS_ERROR.test(words)) found.push('the message is a program’s');
	if (NO_ANSWER.test(words)) found.push('no answer came');
	if (words.length > LONGEST_MESSAGE + LONGEST_DESCRIPTION) found.push('the message is too long');
	return found.map((one) => `${one}: ${short(words)}`);
}

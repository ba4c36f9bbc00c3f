/**
 * What a value must be before it is sent (zod at the edge). Each check turns a parameter's value
 * into the form the vendor takes, or says what is wrong as the rest of a sentence that starts with
 * the field's name. Uses only what zod 3.25 and 4 share.
 */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isObject } from '../isObject';

/** A check: any value in, a `T` out. */
export type Check<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Builds a check from a function that gives the value, or a complaint that follows the field’s name. */
export function check<T>(read: (value: unknown) => { value: T } | { complaint: string }): Check<T> {
	return z.unknown().transform((value, context) => {
		const result = read(value);
		if ('value' in result) return result.value;
		context.addIssue({ code: 'custom', message: result.complaint });
		return z.NEVER;
	});
}

const MAX_TEXT_LENGTH = 10_000;
const MAX_EMAIL_LENGTH = 254;
const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;
const CONTROL_CHARACTERS = /\p{Cc}/u;
const NOT_IN_HEADER = /[^\x20-\x7e\xa0-\xff]/;

function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return undefined;
}

function nameOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Text that may not be empty. Numbers are taken as text, spaces around it are dropped. */
export const requiredText: Check<string> = check((value) => {
	const text = asText(value);
	if (value === undefined || value === null || text === '') return { complaint: 'is empty' };
	if (text === undefined) return { complaint: `must be text, but is ${nameOf(value)}` };
	if (text.length > MAX_TEXT_LENGTH) {
		return { complaint: `is longer than ${MAX_TEXT_LENGTH} characters` };
	}
	return { value: text };
});

/** Text that may be empty. */
export const optionalText: Check<string> = check((value) => {
	if (value === undefined || value === null) return { value: '' };
	const text = asText(value);
	if (text === undefined) return { complaint: `must be text, but is ${nameOf(value)}` };
	if (text.length > MAX_TEXT_LENGTH) {
		return { complaint: `is longer than ${MAX_TEXT_LENGTH} characters` };
	}
	return { value: text };
});

/** Text that travels in a header: only characters that Node.js takes there (`checkInvalidHeaderChar`). */
export const headerText: Check<string> = check((value) => {
	const text = asText(value);
	if (value === undefined || value === null || text === '') return { complaint: 'is empty' };
	if (text === undefined) return { complaint: `must be text, but is ${nameOf(value)}` };
	if (NOT_IN_HEADER.test(text)) {
		return { complaint: 'holds a line break or another character that cannot be sent' };
	}
	return { value: text };
});

/**
 * An email address, trimmed, its case kept. Deliberately loose (one @, no spaces): the vendor
 * decides what it accepts.
 */
export const emailAddress: Check<string> = check((value) => {
	const text = asText(value);
	if (value === undefined || value === null || text === '') return { complaint: 'is empty' };
	if (text === undefined) return { complaint: `must be an email address, but is ${nameOf(value)}` };
	if (!EMAIL.test(text) || text.length > MAX_EMAIL_LENGTH || CONTROL_CHARACTERS.test(text)) {
		return { complaint: 'is not an email address' };
	}
	return { value: text };
});

/** Nothing, where a field was left empty; otherwise what the check makes of it. */
export function orNothing<T>(inner: Check<T>): Check<T | undefined> {
	return check<T | undefined>((value) => {
		if (value === undefined || value === null || asText(value) === '') return { value: undefined };
		const result = inner.safeParse(value);
		return result.success
			? { value: result.data }
			: { complaint: result.error.issues[0]?.message ?? 'is not valid' };
	});
}

/** A list of texts: a list, or one text with commas. Empty entries are dropped. */
export const textList: Check<string[]> = check((value) => {
	const entries: unknown[] = Array.isArray(value)
		? value
		: (asText(value)?.split(',') ?? [undefined]);
	const texts = entries.map(asText);
	const known = texts.filter((text) => text !== undefined);
	return known.length === texts.length
		? { value: known.filter((text) => text !== '') }
		: { complaint: `must be a list of texts, but is ${nameOf(value)}` };
});

/** An object, or its JSON text. */
export const jsonObject: Check<IDataObject> = check((value) => {
	const parsed = typeof value === 'string' ? parsedJson(value) : value;
	return isObject(parsed)
		? { value: parsed }
		: { complaint: 'must be a JSON object, e.g. {"art": "fair"}' };
});

/** Any JSON value, or its text. Text that is not JSON stays text where an expression gave it as such. */
export const jsonValue: Check<IDataObject[string]> = check<IDataObject[string]>((value) => {
	if (typeof value !== 'string') {
		return value === undefined ? { complaint: 'is empty' } : { value: asJson(value) };
	}
	const parsed = parsedJson(value);
	return parsed === undefined ? { complaint: 'is not JSON' } : { value: asJson(parsed) };
});

/** A copy through JSON, so that it holds nothing that JSON cannot. */
function asJson(value: unknown): IDataObject[string] {
	const copy: { value: IDataObject[string] } = JSON.parse(JSON.stringify({ value }));
	return copy.value;
}

function parsedJson(text: string): unknown {
	try {
		const parsed: unknown = JSON.parse(text);
		return parsed;
	} catch {
		return undefined;
	}
}

/** True or false, also as the words. */
export const trueOrFalse: Check<boolean> = check((value) => {
	if (typeof value === 'boolean') return { value };
	if (value === 'true') return { value: true };
	if (value === 'false') return { value: false };
	return { complaint: `must be true or false, but is ${nameOf(value)}` };
});

/** A whole number within bounds, also as text. */
export function wholeNumber(min: number, max: number): Check<number> {
	return check((value) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isInteger(number)) {
			return {
				complaint: `must be a whole number, but is ${typeof number === 'number' ? 'not whole' : nameOf(value)}`,
			};
		}
		if (number < min || number > max) {
			return { complaint: `must be from ${min} to ${max}` };
		}
		return { value: number };
	});
}

/** One of the given values. */
export function oneOf<T extends string>(...values: readonly [T, ...T[]]): Check<T> {
	return check((value) => {
		const found = values.find((known) => known === value);
		return found === undefined
			? { complaint: `must be one of: ${values.join(', ')}` }
			: { value: found };
	});
}

/**
 * Validates values before they are sent, with zod. A validator converts the value of a parameter into
 * the form that the vendor expects, or reports an issue: the rest of a sentence that starts with the
 * field's name. Uses only what zod 3.25 and 4 have in common.
 */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isObject } from '../values';

/** Takes any value and returns a `T`, or an issue. */
export type Validator<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Builds a validator from a function that returns the value or the issue. */
export function validator<T>(
	read: (value: unknown) => { value: T } | { issue: string },
): Validator<T> {
	return z.unknown().transform((value, context) => {
		const result = read(value);
		if ('value' in result) return result.value;
		context.addIssue({ code: 'custom', message: result.issue });
		return z.NEVER;
	});
}

/** The first issue that a validator reported. */
export function firstIssue({ issues }: z.ZodError): string {
	return issues[0]?.message ?? 'is not valid';
}

const MAX_TEXT_LENGTH = 10_000;
const MAX_ID_LENGTH = 255;
const MAX_EMAIL_LENGTH = 254;
const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;
const CONTROL_CHARACTERS = /\p{Cc}/u;
const NOT_IN_HEADER = /[^\x20-\x7e\xa0-\xff]/;
/** A lone surrogate cannot be encoded, so something else would be sent (`encodeURIComponent` throws on it). */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @returns text or a finite number as trimmed text; undefined for anything else */
export function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return undefined;
}

function describeType(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'number' && !Number.isFinite(value)) return 'a number that is not finite';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || asText(value) === '';
}

function readText(value: unknown, maxLength: number): { value: string } | { issue: string } {
	const text = asText(value);
	if (text === undefined) return { issue: `must be text, but is ${describeType(value)}` };
	if (text.length > maxLength) return { issue: `is longer than ${maxLength} characters` };
	if (LONE_SURROGATE.test(text)) return { issue: 'holds half a character' };
	return { value: text };
}

/** Text that must not be empty. Numbers are accepted; text is trimmed. */
export const requiredText: Validator<string> = validator((value) =>
	isEmpty(value) ? { issue: 'is empty' } : readText(value, MAX_TEXT_LENGTH),
);

/** Text that can be empty. */
export const optionalText: Validator<string> = validator((value) =>
	isEmpty(value) ? { value: '' } : readText(value, MAX_TEXT_LENGTH),
);

/** The ID of a record in a path: not `.` or `..`, which URL parsers resolve even when encoded. */
export const recordId: Validator<string> = validator((value) => {
	if (isEmpty(value)) return { issue: 'is empty' };
	const result = readText(value, MAX_ID_LENGTH);
	return 'value' in result && /^\.{1,2}$/.test(result.value)
		? { issue: 'holds only dots' }
		: result;
});

/** Text for a header: only characters that Node.js accepts there (`checkInvalidHeaderChar`). */
export const headerText: Validator<string> = validator((value) => {
	if (isEmpty(value)) return { issue: 'is empty' };
	const text = asText(value);
	if (text === undefined) return { issue: `must be text, but is ${describeType(value)}` };
	if (NOT_IN_HEADER.test(text)) {
		return { issue: 'holds a line break or another character that cannot be sent' };
	}
	return { value: text };
});

/**
 * An email address, trimmed; upper and lower case stay. Deliberately loose (one @, no spaces): the
 * vendor decides what it accepts.
 */
export const emailAddress: Validator<string> = validator((value) => {
	if (isEmpty(value)) return { issue: 'is empty' };
	const text = asText(value);
	if (text === undefined)
		return { issue: `must be an email address, but is ${describeType(value)}` };
	const isAddress =
		text.length <= MAX_EMAIL_LENGTH &&
		EMAIL.test(text) &&
		!CONTROL_CHARACTERS.test(text) &&
		!LONE_SURROGATE.test(text);
	return isAddress ? { value: text } : { issue: 'is not an email address' };
});

/** Undefined if the field was left empty; otherwise the result of the inner validator. */
export function optional<T>(inner: Validator<T>): Validator<T | undefined> {
	return validator<T | undefined>((value) => {
		if (isEmpty(value)) return { value: undefined };
		const result = inner.safeParse(value);
		return result.success ? { value: result.data } : { issue: firstIssue(result.error) };
	});
}

/** A list of texts, from a list or from one text with commas. Empty entries are dropped. */
export const stringList: Validator<string[]> = validator((value) => {
	const entries: unknown[] = Array.isArray(value)
		? value
		: (asText(value)?.split(',') ?? [undefined]);
	const texts: string[] = [];
	for (const entry of entries) {
		if (entries !== value && asText(entry) === undefined) {
			return { issue: `must be a list of texts, but is ${describeType(value)}` };
		}
		const text = readText(entry, MAX_TEXT_LENGTH);
		if ('issue' in text) return { issue: `has an entry that ${text.issue}` };
		if (text.value !== '') texts.push(text.value);
	}
	return { value: texts };
});

/** An object, or its JSON text. */
export const jsonObject: Validator<IDataObject> = validator((value) => {
	// A Date is an object in JavaScript, but text in JSON.
	const parsed = typeof value === 'string' ? parsedJson(value) : asJson(value);
	return isObject(parsed)
		? { value: parsed }
		: { issue: 'must be a JSON object, e.g. {"art": "fair"}' };
});

/** A JSON value or JSON text. null only as text: an expression that finds nothing gives null, too. */
export const jsonValue: Validator<IDataObject[string]> = validator<IDataObject[string]>((value) => {
	if (typeof value !== 'string') {
		if (isEmpty(value)) return { issue: 'is empty' };
		const json = asJson(value) ?? undefined;
		return json === undefined
			? { issue: `must be JSON, but is ${describeType(value)}` }
			: { value: json };
	}
	const parsed = parsedJson(value);
	return parsed === undefined ? { issue: 'is not JSON' } : { value: asJson(parsed) };
});

/** @returns a copy through JSON, without anything that JSON cannot hold; undefined if nothing remains */
function asJson(value: unknown): IDataObject[string] {
	try {
		const copy: { value: IDataObject[string] } = JSON.parse(JSON.stringify({ value }));
		return copy.value;
	} catch {
		// It contains itself.
		return undefined;
	}
}

function parsedJson(text: string): unknown {
	try {
		const parsed: unknown = JSON.parse(text);
		return parsed;
	} catch {
		return undefined;
	}
}

/** A boolean, or the text `true` or `false`. */
export const boolean: Validator<boolean> = validator((value) => {
	if (typeof value === 'boolean') return { value };
	if (value === 'true') return { value: true };
	if (value === 'false') return { value: false };
	return { issue: `must be true or false, but is ${describeType(value)}` };
});

/** A whole number within bounds, or its text. */
export function integer(min: number, max: number): Validator<number> {
	return validator((value) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isInteger(number)) {
			return {
				issue: `must be a whole number, but is ${typeof number === 'number' ? 'not whole' : describeType(value)}`,
			};
		}
		if (number < min || number > max) {
			return { issue: `must be from ${min} to ${max}` };
		}
		return { value: number };
	});
}

/** A number that is not below a bound, or its text; an empty value is an issue. */
export function atLeast(min: number): Validator<number> {
	return validator((value) => {
		const text = asText(value);
		const number = text === undefined || text === '' ? Number.NaN : Number(text);
		return Number.isFinite(number) && number >= min
			? { value: number }
			: { issue: `must be a number from ${min} on` };
	});
}

/** One of the given values. */
export function oneOf<T extends string>(...values: readonly [T, ...T[]]): Validator<T> {
	return validator((value) => {
		const found = values.find((known) => known === value);
		return found === undefined
			? { issue: `must be one of: ${values.join(', ')}` }
			: { value: found };
	});
}

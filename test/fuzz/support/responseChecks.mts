/** Finds what is wrong with how a run handled a hostile response. Pure. */
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

/** Text of a program, not of a person: a value that was printed unchecked, or an error of the code. */
const PROGRAM_WORDS = [
	/\bundefined\b/,
	/\[object \w+\]/,
	/\bNaN\b/,
	/TypeError|RangeError|SyntaxError|ReferenceError|ZodError/,
	/Cannot (read|set|convert|destructure)|is not (a function|iterable)|Unexpected (token|end)/,
	/"code":|invalid_type|unrecognized_keys/,
	/Maximum call stack|circular structure|Invalid (time value|array length|string length)/,
	/\n\s+at .+:\d+:\d+/,
];
/** The longest text for a person; a longer one is a page that was passed on. */
const LONGEST = 1_500;

/** Findings about an error message. */
export function checkMessage(...texts: Array<string | null | undefined>): string[] {
	return texts.flatMap((text) => {
		if (text === undefined || text === null) return [];
		const program = PROGRAM_WORDS.filter((words) => words.test(text)).map(
			(words) => `${String(words)} in ${quoted(text)}`,
		);
		return text.length > LONGEST
			? [...program, `${text.length} characters: ${quoted(text)}`]
			: program;
	});
}

function quoted(text: string): string {
	return JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}

/** All texts in a value, including hidden ones, of causes and prototypes. */
export function textsIn(value: unknown): string[] {
	const texts: string[] = [];
	const seen = new Set<object>();
	const visit = (one: unknown) => {
		if (typeof one === 'string') texts.push(one);
		if (typeof one !== 'object' || one === null || seen.has(one)) return;
		seen.add(one);
		for (const key of Reflect.ownKeys(one)) {
			texts.push(String(key));
			const descriptor = Object.getOwnPropertyDescriptor(one, key);
			if (descriptor !== undefined && 'value' in descriptor) visit(descriptor.value);
		}
		if (one instanceof Map || one instanceof Set) for (const entry of one) visit(entry);
	};
	visit(value);
	texts.push(inspect(value, { depth: 8 }));
	return texts;
}

/** A value in every encoding in which it could leak. */
export function formsOf(secret: string): string[] {
	const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
	return [
		...new Set([
			secret,
			encodeURIComponent(secret),
			encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
			new URLSearchParams([['a', secret]]).toString().slice('a='.length),
			inJson(secret),
			inJson(inJson(secret)),
			Buffer.from(secret).toString('base64'),
			Buffer.from(secret).toString('base64').replace(/=+$/, ''),
			Buffer.from(secret).toString('base64url'),
			secret.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`),
		]),
	];
}

/**
 * @param secrets by name
 * @returns which of them are in a value, and in which encoding
 */
export function leaksIn(value: unknown, secrets: Readonly<Record<string, string>>): string[] {
	const texts = textsIn(value);
	return Object.entries(secrets).flatMap(([name, secret]) =>
		formsOf(secret)
			.filter((form) => texts.some((text) => text.includes(form)))
			.map((form) => `${name} as ${form} in ${around(texts, form)}`),
	);
}

function around(texts: readonly string[], form: string): string {
	const text = texts.find((one) => one.includes(form)) ?? '';
	const start = Math.max(0, text.indexOf(form) - 80);
	return JSON.stringify(text.slice(start, start + 200));
}

/** Values of other people's records; the input of the node may be shown. */
export function personalValues(body: unknown, given: unknown): string[] {
	const own = JSON.stringify(given);
	const found = new Set<string>();
	const visit = (value: unknown, key: string) => {
		if (typeof value === 'string') {
			const isPersonal =
				/@/.test(value) || /^(first_?name|last_?name|fn|tel|phone|company)$/i.test(key);
			if (isPersonal && value.length > 3 && !own.includes(value)) found.add(value);
		} else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value)) visit(inner, name);
		}
	};
	visit(body, '');
	return [...found];
}

/** The key that identifies an operation's item; the first that every valid item has. */
const IDENTITIES = [
	'id',
	'_key',
	'email',
	'EMAIL',
	'guestCount',
	'finished',
	'name',
	'eventUri',
	'value',
];

function identityOf(items: readonly IDataObject[]): string | undefined {
	return IDENTITIES.find((key) => items.length > 0 && items.every((item) => isTold(item[key])));
}

function isTold(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/**
 * Findings about the output for a spoiled response: an item that is empty or cannot be identified, and a list that
 * ended early without an error.
 * @param good the output for the documented response
 * @param mayBeShorter the response contains an empty list, which is valid
 */
export function checkItems(
	items: readonly IDataObject[],
	good: readonly IDataObject[],
	mayBeShorter: boolean,
	hasIds = true,
): string[] {
	const identity = hasIds ? identityOf(good) : undefined;
	const findings: string[] = [];
	if (items.length < good.length && !mayBeShorter) {
		findings.push(`${items.length} items instead of ${good.length}`);
	}
	for (const item of items) {
		if (Object.keys(item).length === 0) findings.push('an empty item');
		else if (identity !== undefined && !isTold(item[identity])) {
			findings.push(`an item without "${identity}": ${quoted(JSON.stringify(item))}`);
		}
		const text = JSON.stringify(item) ?? 'nothing';
		const program = /\[object \w+\]|"undefined"|"NaN"|Invalid DateTime/.exec(text);
		if (program !== null) findings.push(`${program[0]} in ${quoted(text)}`);
	}
	return [...new Set(findings)];
}

/**
 * Values that no one should type but expressions can produce: wrong types, text with a meaning in a URL, a header, a
 * prototype, a screen or a shell, and random values.
 */
import process from 'node:process';
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** One value and its name in a report. */
export interface Hostile {
	label: string;
	/** The item data that {@link VALUE} turns into the value. */
	json: IDataObject;
	/** Blank: the result of an expression that found nothing. */
	isBlank: boolean;
	/** Text that a text field may accept. */
	isText: boolean;
}

/** Values that are not JSON: their names, and the JavaScript that creates them. */
const SPECIAL: Readonly<Record<string, string>> = {
	undefined: 'undefined',
	NaN: 'NaN',
	Infinity: '1/0',
	'an invalid date': 'new Date("x")',
	'a date': 'new Date(0)',
	'a luxon date': '$now',
	'a list with holes': '[1,,3]',
	'a sparse object': '({ a: undefined, b: NaN })',
};

/** The expression of a hostile parameter: a special value by its name, or the item's own. */
export const VALUE = `={{ $json.special === undefined ? $json.v : ({ ${Object.entries(SPECIAL)
	.map(([name, code]) => `${JSON.stringify(name)}: ${code}`)
	.join(', ')} })[$json.special] }}`;

/** One value as a parameter, without items. */
export function valueOf({ json }: Hostile): unknown {
	const { special, v } = json;
	if (typeof special === 'string') return `={{ ${SPECIAL[special] ?? 'undefined'} }}`;
	// A text that starts like this would itself be an expression.
	if (typeof v !== 'string' || !v.startsWith('=')) return v;
	const escaped = JSON.stringify(v).replace(/[{}]/g, (brace) =>
		brace === '{' ? '\\x7b' : '\\x7d',
	);
	return `={{ ${escaped} }}`;
}

const LONG = 100_001;
const DEPTH = 200;

function nested(depth: number): unknown {
	return depth === 0 ? 'deep' : { inner: nested(depth - 1) };
}

/** Neither text nor blank. */
const WRONG_TYPES: Readonly<Record<string, unknown>> = {
	zero: 0,
	'a negative number': -1,
	'a fraction': 1.5,
	'a huge number': 1e21,
	'a number beyond integers': 9_007_199_254_740_993,
	true: true,
	false: false,
	'a list': ['a', 'b'],
	'a list of nothing': [null],
	'a list of lists': [['a'], [{ b: 1 }]],
	'an object': { a: 1 },
	'a deep object': nested(DEPTH),
	'an object without text': { toString: 'x', valueOf: null },
	'an object like a date': { toISO: 'x', ts: 1 },
	'an object like a locator': { mode: 'id', value: { mode: 'id', value: '../..' } },
	'an object like rows': { rows: [1, null, { __proto__: null }], pairs: 'x', labels: [7] },
	'rows of rows': { rows: [[]], pairs: [[]], labels: [[]] },
	'rows without text': {
		rows: [{ attendeeTypeId: { toString: 1 }, purchaseItemId: { toString: 1 } }],
		pairs: [{ key: { toString: 1 }, value: {} }],
		labels: [{ field: { toString: 1 }, label: { toString: 1 } }],
	},
	'an object like a list': { length: 3, 0: 'a' },
	'an object that reaches for the prototype': JSON.parse(
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
	),
	'an object with hostile keys': { 'a\r\nx: 1': 1, '../..': 2, 'x[y]': { '': 3 } },
};

const NOTHING: Readonly<Record<string, unknown>> = {
	null: null,
	'no text': '',
	whitespace: ' \t\r\n\u00a0\u2003',
	'an empty list': [],
	'an empty object': {},
};

/** Tested everywhere. */
const WORST: Readonly<Record<string, string>> = {
	'line break and header': 'x\r\nx-injected: 1',
	'email with line break': 'ada@example.com\r\nbcc: eve@example.com',
	'up two': '../..',
	'up one': '..',
	'up one encoded': '%2e%2e%2f',
	'a query': '?x=1',
	'half a character': 'a\ud800b',
	'half an address': 'a\udc00@example.com',
	'a null character': 'a\u0000b',
	'a long text': 'a'.repeat(LONG),
	'the prototype': '__proto__',
	'another site': 'https://evil.example.com/x',
	'a JSON prototype': '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
	'turned text': 'abc\u202e\u2066def\u200f',
};

/** Tested in rotation, and completely where they are part of a path. */
const OTHERS: Readonly<Record<string, string>> = {
	here: '.',
	'up one half encoded': '.%2e',
	'up two encoded twice': '%252e%252e%252f',
	slash: '/',
	'two slashes': '//evil.example.com',
	backslash: '\\',
	'up one by backslash': '..\\..',
	'more of a query': 'a?x=1&y=2',
	and: '&admin=true',
	fragment: '#',
	semicolon: ';',
	percent: '%',
	'no encoding': '%zz',
	'encoded null': '%00',
	'encoded line break': '%0d%0ax-injected:%201',
	'a site with another': 'https://evil.example.com\\@good.example.com/x',
	'a path of a site': 'https://good.example.com/../../x',
	'a script address': 'javascript:alert(1)',
	'a file': 'file:///etc/passwd',
	'a constructor': 'constructor',
	'a method': 'toString',
	'half JSON': '{"a":[1',
	'JSON text': '"text"',
	'JSON null': 'null',
	'JSON list': '[1,"a",null]',
	'deep JSON': `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
	'a wrong date': '2026-13-45T99:99:99',
	'no date': '0000-00-00',
	'a far date': '+275760-09-13T00:00:00.001Z',
	'a far year': '9999999-01-01',
	'a skipped hour': '2026-03-29T02:30:00',
	'a week date': '2026-W53-7',
	'a time stamp': '1767225600000',
	'beyond numbers': '1e309',
	'less than zero': '-0',
	'a hex number': '0x10',
	'a long number': '1'.repeat(400),
	'a small number': '7',
	'an expression': '={{ $json }}',
	'an expression of the process': '={{ process.env }}',
	'a template': '{{ 7*7 }} ${7*7} #{7*7}',
	HTML: '<script>alert(1)</script><img src=x onerror=alert(1)>',
	SQL: "'; DROP TABLE guests; --",
	shell: '$(reboot) `reboot` | reboot',
	emoji: '👩🏽‍🚀🏳️‍🌈',
	combining: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞',
	'a zero width space': '\u200b',
	'a byte order mark': '\ufeffa',
	'a line separator': 'a\u2028b\u2029c',
	'private characters': '\ue000\uffff\u{10ffff}',
	'a list of addresses': 'a@example.com,b@example.com;c@example.com',
	'a name with an address': 'Ada <ada@example.com>',
	'an address like a path': '../..@example.com',
	'an address like a query': '?x=1&y=2#@example.com',
	yes: 'true',
	brackets: 'a[b][]',
	quotes: '"\'`',
};

function of(
	values: Readonly<Record<string, unknown>>,
	kind: { isBlank?: true; isText?: true },
): Hostile[] {
	return Object.entries(values).map(([label, v]) => hostile(label, v, kind));
}

function hostile(
	label: string,
	v: unknown,
	{ isBlank = false, isText = false }: { isBlank?: boolean; isText?: boolean },
): Hostile {
	return { label, json: JSON.parse(JSON.stringify({ v })), isBlank, isText };
}

const SPECIALS: Hostile[] = Object.keys(SPECIAL).map((special) => ({
	label: special,
	json: { special },
	isBlank: special === 'undefined',
	isText: false,
}));

/** Values that no field accepts, or only fields for numbers, dates or JSON. */
export const TYPES: readonly Hostile[] = [
	...SPECIALS.filter(({ isBlank }) => !isBlank),
	...of(WRONG_TYPES, {}),
];
/** Results of expressions that found nothing: tested everywhere. */
export const BLANKS: readonly Hostile[] = [
	...SPECIALS.filter(({ isBlank }) => isBlank),
	...of(NOTHING, { isBlank: true }),
];
export const WORST_TEXTS = of(WORST, { isText: true });
export const OTHER_TEXTS = of(OTHERS, { isText: true });

/** Words from the vendor's own paths, which could be an ID. */
export function reservedWords(paths: readonly string[]): Hostile[] {
	const words = paths.flatMap((path) => path.split('/')).filter((part) => /^[^:]+$/.test(part));
	return of(Object.fromEntries(words.map((word) => [`the word ${word}`, word])), { isText: true });
}

/** `FUZZ_SEED` repeats the random values of a run; `FUZZ_ALL` tests every text everywhere. */
export const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
export const TRIES_ALL = process.env.FUZZ_ALL !== undefined;

const anything = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 60 }),
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.jsonValue({ maxDepth: 3 }),
	fc.double(),
	fc.maxSafeInteger(),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

/** @param turn another number gives other values */
export function randomValues(count: number, turn: number): Hostile[] {
	return fc
		.sample(anything, { numRuns: count, seed: SEED + turn })
		.map((v) => hostile(`random ${JSON.stringify(v)}`, v, { isText: typeof v === 'string' }))
		.map((one) => ({ ...one, isBlank: isBlank(one.json.v) }));
}

function isBlank(value: unknown): boolean {
	if (value === null || value === undefined) return true;
	if (typeof value === 'string') return value.trim() === '';
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** `count` entries of a list, others in each turn. */
export function share<T>(list: readonly T[], count: number, turn: number): T[] {
	if (TRIES_ALL || count >= list.length) return [...list];
	return Array.from(
		{ length: count },
		(_, index) => list[(turn * count + index) % list.length],
	).filter((one) => one !== undefined);
}

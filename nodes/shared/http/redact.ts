/**
 * Takes secrets and guests' data out of a text before a person, a log or a saved execution sees
 * it. Pure.
 */

const SECRET_PLACEHOLDER = '[secret]';
const EMAIL_PLACEHOLDER = '[email]';
/** Shorter values would also hit ordinary words. */
const MIN_SECRET_LENGTH = 4;
const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:.]+/g;
/** An access token after its scheme; it has a digit, which words like "Bearer authentication" have not. */
const BEARER_TOKEN = /\b(Bearer\s+)(?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*/gi;

/** Of a longer text only the beginning is looked at: looking takes time, and few words are shown. */
const MAX_SCANNED = 4_000;
/** A mail address may be this long (RFC 5321 §4.5.3.1). */
const MAX_ADDRESS_LENGTH = 320;
const BITS_PER_BYTE = 8;
const BITS_PER_DIGIT = 6;
const BYTES_PER_GROUP = 3;
/** Fewer digits of base64 would also hit ordinary words. */
const MIN_BASE64_LENGTH = 8;

/** A secret as it stands in a JSON text. */
function jsonEncoded(secret: string): string {
	return JSON.stringify(secret).slice(1, -1);
}

/**
 * A secret as it stands in base64, alone or in the middle of what was encoded (`user:secret`): the digits
 * that depend on nothing else.
 */
function base64Encoded(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return Array.from({ length: BYTES_PER_GROUP }, (_, before) => {
		const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const first = Math.ceil((before * BITS_PER_BYTE) / BITS_PER_DIGIT);
		const end = Math.floor(((before + bytes.length) * BITS_PER_BYTE) / BITS_PER_DIGIT);
		return digits.slice(first, end);
	})
		.filter((digits) => digits.length >= MIN_BASE64_LENGTH)
		.flatMap((digits) => [digits, digits.replace(/\+/g, '-').replace(/\//g, '_')]);
}

/** A secret in every way in which servers write back what they were sent. */
function encodingsOf(secret: string): Set<string> {
	// What came from a vendor may hold half a character, at which the encoding throws.
	const url = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'));
	return new Set([
		secret,
		url,
		url.replace(/%../g, (code) => code.toLowerCase()),
		new URLSearchParams([['', secret]]).toString().slice('='.length),
		jsonEncoded(secret),
		jsonEncoded(jsonEncoded(secret)),
		secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
		secret.replace(/[&<>"']/g, (character) => HTML_NAMES.get(character) ?? character),
		...base64Encoded(secret),
	]);
}

const HTML_NAMES = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;'],
]);

/**
 * @param text anything a vendor said
 * @param secrets the credential's secret values as typed; they are found trimmed, as they are sent,
 *   and encoded for URLs, forms, JSON, HTML and in base64
 * @returns the text with secrets, access tokens (n8n renews them without telling) and email addresses
 *   replaced by marks
 */
export function redact(text: string, secrets: readonly string[]): string {
	let safe = text;
	// The longest first: one form may be part of another, also of another secret.
	for (const form of allEncodings(secrets)) safe = safe.split(form).join(SECRET_PLACEHOLDER);
	return safe.replace(BEARER_TOKEN, `$1${SECRET_PLACEHOLDER}`).replace(EMAIL, EMAIL_PLACEHOLDER);
}

/**
 * The first words of something that may be very long.
 *
 * @param maxLength characters to keep; what is longer ends with "…"
 * @returns them on one line, without secrets and addresses
 */
export function redactedExcerpt(
	text: string,
	secrets: readonly string[],
	maxLength: number,
): string {
	const safe = redact(text.slice(0, MAX_SCANNED).replace(/\s+/g, ' ').trim(), secrets);
	// Half a secret is not recognised: where the text was cut, its end is not shown.
	const unsure = Math.max(MAX_ADDRESS_LENGTH, ...allEncodings(secrets).map(({ length }) => length));
	const sure = text.length > MAX_SCANNED ? safe.slice(0, -unsure) : safe;
	return sure.length > maxLength || sure !== safe ? `${sure.slice(0, maxLength)}…` : sure;
}

function allEncodings(secrets: readonly string[]): string[] {
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.flatMap((secret) => [...encodingsOf(secret)])
		.sort((a, b) => b.length - a.length);
}

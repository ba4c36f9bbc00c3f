/**
 * Removes secrets and guests' data from a text before a person, a log or a saved execution sees it. Pure.
 */

const SECRET_PLACEHOLDER = '[secret]';
const EMAIL_PLACEHOLDER = '[email]';
/** Shorter values would also match ordinary words. */
const MIN_SECRET_LENGTH = 4;
const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:.]+/g;
/** An access token after its scheme. It contains a digit, unlike "Bearer authentication". */
const BEARER_TOKEN = /\b(Bearer\s+)(?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*/gi;

/** Only the start of a longer text is scanned: scanning takes time, and only a few words are shown. */
const MAX_SCANNED = 4_000;
/** The maximum length of an email address (RFC 5321 §4.5.3.1). */
const MAX_ADDRESS_LENGTH = 320;
const BITS_PER_BYTE = 8;
const BITS_PER_DIGIT = 6;
const BYTES_PER_GROUP = 3;
/** Fewer digits of base64 would also match ordinary words. */
const MIN_BASE64_LENGTH = 8;

/** A secret as JSON writes it. */
function jsonEncoded(secret: string): string {
	return JSON.stringify(secret).slice(1, -1);
}

/**
 * A secret in base64, alone or in the middle of the encoded text (`user:secret`): only the digits that do
 * not depend on what stands before and after it.
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

/** A secret in every encoding in which servers echo what they were sent. */
function encode(secret: string): Set<string> {
	// A lone surrogate, which a vendor may send, makes `encodeURIComponent` throw.
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
 * @param text anything from a vendor
 * @param secrets the credential's secret values as typed; they are found trimmed, as they are sent,
 *   and encoded for URLs, forms, JSON, HTML and in base64
 * @returns the text with placeholders for secrets, access tokens (n8n renews them without notice) and
 *   email addresses
 */
export function redact(text: string, secrets: readonly string[]): string {
	let safe = text;
	// The longest first: one encoding may be part of another, also of another secret's.
	for (const encoded of allEncodings(secrets)) safe = safe.split(encoded).join(SECRET_PLACEHOLDER);
	return safe.replace(BEARER_TOKEN, `$1${SECRET_PLACEHOLDER}`).replace(EMAIL, EMAIL_PLACEHOLDER);
}

/**
 * The start of a text that may be very long.
 *
 * @param maxLength characters to keep; a longer text ends with "…"
 * @returns it on one line, without secrets and email addresses
 */
export function redactedExcerpt(
	text: string,
	secrets: readonly string[],
	maxLength: number,
): string {
	const safe = redact(text.slice(0, MAX_SCANNED).replace(/\s+/g, ' ').trim(), secrets);
	// Half a secret is not recognised, so the end of a cut text is not shown.
	const unsafeLength = Math.max(
		MAX_ADDRESS_LENGTH,
		...allEncodings(secrets).map(({ length }) => length),
	);
	const shown = text.length > MAX_SCANNED ? safe.slice(0, -unsafeLength) : safe;
	return shown.length > maxLength || shown !== safe ? `${shown.slice(0, maxLength)}…` : shown;
}

function allEncodings(secrets: readonly string[]): string[] {
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.flatMap((secret) => [...encode(secret)])
		.sort((a, b) => b.length - a.length);
}

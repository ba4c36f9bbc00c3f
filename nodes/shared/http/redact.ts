/**
 * Takes secrets and guests' data out of a text before a person, a log or a saved execution sees
 * it. Pure.
 */

const SECRET_MARK = '[secret]';
const EMAIL_MARK = '[email]';
/** Shorter values would also hit ordinary words. */
const MIN_SECRET_LENGTH = 4;
const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:.]+/g;
/** An access token after its scheme; it has a digit, which words like "Bearer authentication" have not. */
const BEARER_TOKEN = /\b(Bearer\s+)(?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*/gi;

/** A secret as it stands in a JSON text. */
function inJson(secret: string): string {
	return JSON.stringify(secret).slice(1, -1);
}

/**
 * @param text anything a vendor said
 * @param secrets the credential's secret values as typed; they are found trimmed, as they are sent,
 *   and encoded for a URL
 * @returns the text with secrets, access tokens (n8n renews them without telling) and email addresses
 *   replaced by marks
 */
export function redact(text: string, secrets: readonly string[]): string {
	let safe = text;
	// The longest first: one secret may be part of another.
	const trimmed = secrets.map((secret) => secret.trim()).sort((a, b) => b.length - a.length);
	for (const secret of trimmed) {
		if (secret.length < MIN_SECRET_LENGTH) continue;
		for (const form of new Set([secret, encodeURIComponent(secret), inJson(secret)])) {
			safe = safe.split(form).join(SECRET_MARK);
		}
	}
	return safe.replace(BEARER_TOKEN, `$1${SECRET_MARK}`).replace(EMAIL, EMAIL_MARK);
}

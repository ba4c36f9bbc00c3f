/**
 * Checks the base URL that a person typed into a credential. Pure.
 */
import { InputError } from '../errors';

const PRIVATE_HOSTS = [
	/^localhost$/,
	/\.localhost$/,
	// Whole addresses as a URL spells them: a name like 10.example.com may belong to anybody.
	/^127(\.\d+){3}$/,
	/^10(\.\d+){3}$/,
	/^192\.168(\.\d+){2}$/,
	/^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/,
	/^169\.254(\.\d+){2}$/,
	/^\[::1\]$/,
	/^\[f[cd][0-9a-f]{2}:/,
	/^\[fe80:/,
	/\.(local|internal|lan|test)$/,
	/** A name without a dot: a container or a machine in the same network. */
	/^[^.:[\]]+$/,
];

/** The value without surrounding spaces and trailing slashes. */
export function trimBaseUrl(value: unknown): string {
	return typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
}

/**
 * @param value the credential's Base URL
 * @param field the field's label in the credential, for the message
 * @returns the normalised URL, without a trailing slash, an empty "?" or "#"
 * @throws InputError if it is missing, not a URL, contains a user, query or fragment, or is not https
 *   (http is allowed for loopback and private addresses)
 */
export function checkBaseUrl(value: unknown, field: string): string {
	const text = trimBaseUrl(value);
	if (text === '') {
		throw new InputError(
			`"${field}" of the credential is empty`,
			`Open the credential and fill in "${field}", e.g. https://api.example.com`,
		);
	}
	const url = parseUrl(text);
	if (url === undefined) {
		throw new InputError(
			`"${field}" of the credential is not a web address`,
			'It starts with https:// and has no spaces, e.g. https://api.example.com',
		);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new InputError(
			`"${field}" of the credential must start with https://`,
			'Enter the address as a browser shows it, e.g. https://api.example.com',
		);
	}
	if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
		throw new InputError(
			`"${field}" of the credential must start with https://`,
			'Keys would travel unencrypted over http. Only an address of your own machine or network may use http.',
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new InputError(
			`"${field}" of the credential may hold only a host and a path`,
			'Take out user names, "?" and "#".',
		);
	}
	return trimBaseUrl(`${url.origin}${url.pathname}`);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function isPrivateHost(host: string): boolean {
	return PRIVATE_HOSTS.some((pattern) => pattern.test(host.toLowerCase()));
}

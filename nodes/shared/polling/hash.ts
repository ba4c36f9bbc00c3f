/**
 * Short salted hashes, which represent records in the state without their content. Pure, except for
 * {@link newSalt}.
 */
import { createHash, randomBytes } from 'node:crypto';
import { isObject } from '../values';

const SALT_BYTES = 9;

/** A random salt. Each trigger has its own, so that the same person has a different hash in each. */
export function newSalt(): string {
	return randomBytes(SALT_BYTES).toString('base64url');
}

/** @returns the first characters of a digest, 6 bits each */
export function shortHash(salt: string, text: string, characters: number): string {
	return createHash('sha1').update(salt).update(text).digest('base64url').slice(0, characters);
}

/** JSON with sorted keys: equal values give equal texts. Undefined counts as null. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value ?? null) ?? 'null';
	const entries = Object.keys(value)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
	return `{${entries.join(',')}}`;
}

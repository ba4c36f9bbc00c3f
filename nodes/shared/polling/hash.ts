/**
 * Short salted fingerprints: what is remembered of records without remembering them. Pure.
 */
import { createHash, randomBytes } from 'node:crypto';
import { isObject } from '../values';

const SALT_BYTES = 9;

/** A salt of its own for every trigger: the same person looks different in each. */
export function newSalt(): string {
	return randomBytes(SALT_BYTES).toString('base64url');
}

/** @returns the first characters of a digest, 6 bits each */
export function shortHash(salt: string, text: string, characters: number): string {
	return createHash('sha1').update(salt).update(text).digest('base64url').slice(0, characters);
}

/** Text that is the same for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value ?? null) ?? 'null';
	const entries = Object.keys(value)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
	return `{${entries.join(',')}}`;
}

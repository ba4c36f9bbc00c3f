/** How often a credential is read. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { withCachedCredential } from '../../../../nodes/shared/http/credentialCache.ts';
import { partial } from '../support/partial.mts';

const TYPE = 'vendorOAuth2Api';
const FRESH_MS = 10_000;

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 4, 1) }));
afterEach(() => void jest.useRealTimers());

/** A context that counts its reads; those in `failing` fail. */
function counted(failing: number[] = []) {
	const reads: unknown[][] = [];
	const context = partial<IExecuteFunctions>({
		getMode: () => 'manual',
		getCredentials: async (...args: unknown[]) => {
			reads.push(args);
			if (failing.includes(reads.length)) throw new Error('The database is busy');
			return { reading: reads.length };
		},
	});
	const first: { reading: number; token?: string } = { reading: 0 };
	return { reads, first, cached: withCachedCredential(context, TYPE, first) };
}

test('a credential is not read again for 10 seconds, and keeps what n8n writes into it', async () => {
	const { reads, first, cached } = counted();
	Object.assign(await cached.getCredentials(TYPE), { token: 'new' });
	jest.setSystemTime(Date.now() + FRESH_MS - 1);

	expect(await cached.getCredentials(TYPE)).toBe(first);
	expect(first.token).toBe('new');
	expect(reads).toEqual([]);
});

test('after that it is read once for all callers', async () => {
	const { reads, cached } = counted();
	jest.setSystemTime(Date.now() + FRESH_MS);
	const both = [cached.getCredentials(TYPE), cached.getCredentials(TYPE)];

	expect(await Promise.all(both)).toEqual([{ reading: 1 }, { reading: 1 }]);
	expect(reads).toEqual([[TYPE]]);
	jest.setSystemTime(Date.now() + FRESH_MS);
	expect(await cached.getCredentials(TYPE)).toEqual({ reading: 2 });
});

test('after a failed read the next caller reads again', async () => {
	const { cached } = counted([1]);
	jest.setSystemTime(Date.now() + FRESH_MS);

	await expect(cached.getCredentials(TYPE)).rejects.toThrow('The database is busy');
	expect(await cached.getCredentials(TYPE)).toEqual({ reading: 2 });
});

test('everything else is the context itself', async () => {
	const { reads, cached } = counted();

	expect(await cached.getCredentials('otherApi', 3)).toEqual({ reading: 1 });
	expect(reads).toEqual([['otherApi', 3]]);
	expect('getMode' in cached && cached.getMode()).toBe('manual');
});

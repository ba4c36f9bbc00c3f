/** How often a credential is read, and by whom. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { withCachedCredential } from '../../../../nodes/shared/http/credentialCache.ts';
import { partial } from '../support/partial.mts';

const TYPE = 'vendorOAuth2Api';
const FRESH_MS = 10_000;

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 4, 1) }));
afterEach(() => void jest.useRealTimers());

/** A context that numbers its readings; those in `failing` fail. */
function counted(failing: number[] = []) {
	const reads: unknown[][] = [];
	const context = partial<IExecuteFunctions>({
		getMode: () => 'manual',
		getCredentials: async (...asked: unknown[]) => {
			reads.push(asked);
			if (failing.includes(reads.length)) throw new Error('The database is busy');
			return { reading: reads.length };
		},
	});
	const first: { reading: number; token?: string } = { reading: 0 };
	return { reads, first, remembering: withCachedCredential(context, TYPE, first) };
}

test('it is not read again for a while, and what n8n writes into it stays', async () => {
	const { reads, first, remembering } = counted();
	Object.assign(await remembering.getCredentials(TYPE), { token: 'new' });
	jest.setSystemTime(Date.now() + FRESH_MS - 1);

	expect(await remembering.getCredentials(TYPE)).toBe(first);
	expect(first.token).toBe('new');
	expect(reads).toEqual([]);
});

test('later it is read once for all who ask', async () => {
	const { reads, remembering } = counted();
	jest.setSystemTime(Date.now() + FRESH_MS);
	const asked = [remembering.getCredentials(TYPE), remembering.getCredentials(TYPE)];

	expect(await Promise.all(asked)).toEqual([{ reading: 1 }, { reading: 1 }]);
	expect(reads).toEqual([[TYPE]]);
	jest.setSystemTime(Date.now() + FRESH_MS);
	expect(await remembering.getCredentials(TYPE)).toEqual({ reading: 2 });
});

test('a reading that failed is tried again by the next one', async () => {
	const { remembering } = counted([1]);
	jest.setSystemTime(Date.now() + FRESH_MS);

	await expect(remembering.getCredentials(TYPE)).rejects.toThrow('The database is busy');
	expect(await remembering.getCredentials(TYPE)).toEqual({ reading: 2 });
});

test('all else is the context itself', async () => {
	const { reads, remembering } = counted();

	expect(await remembering.getCredentials('otherApi', 3)).toEqual({ reading: 1 });
	expect(reads).toEqual([['otherApi', 3]]);
	expect('getMode' in remembering && remembering.getMode()).toBe('manual');
});

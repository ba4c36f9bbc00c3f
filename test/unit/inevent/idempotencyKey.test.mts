/** The Idempotency-Key that is made from a registration. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { idempotencyKey } from '../../../nodes/InEvent/idempotencyKey.ts';

const EVENT = 'evt_123';
const INPUT = {
	email: 'alex@example.com',
	utm: { campaign: 'launch', source: 'crm' },
	custom_fields: { tags: ['a', 'b'], table: 7, vegan: true, none: null },
};

/** The value with the fields of every object in reverse order. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).reverse();
	return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}

/** JSON objects as a body may hold. */
const bodies = fc
	.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
	.map((body): IDataObject => {
		const copy: IDataObject = JSON.parse(JSON.stringify(body));
		return copy;
	});

describe('idempotencyKey', () => {
	test('is a UUID of version 8', () => {
		expect(idempotencyKey(EVENT, INPUT)).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
		);
	});

	test('does not change between versions of the node: a new key would register everybody again', () => {
		expect(idempotencyKey(EVENT, INPUT)).toBe('a429b1fe-e6f0-8e8d-8e33-8d51508524cd');
		expect(idempotencyKey(EVENT, { email: 'alex@example.com' })).toBe(
			'f671c778-b05f-83cb-8b52-1feb03530e34',
		);
	});

	test.each([
		['another event', 'evt_124', INPUT],
		['another address', EVENT, { ...INPUT, email: 'alexa@example.com' }],
		['another case', EVENT, { ...INPUT, email: 'Alex@example.com' }],
		['an added field', EVENT, { ...INPUT, source: '' }],
		['a missing field', EVENT, { email: INPUT.email, utm: INPUT.utm }],
		['a nested value', EVENT, { ...INPUT, utm: { campaign: 'launch', source: 'web' } }],
		['another order of a list', EVENT, { ...INPUT, custom_fields: { tags: ['b', 'a'] } }],
		['text instead of a number', EVENT, { ...INPUT, custom_fields: { table: '7' } }],
		['null instead of nothing', EVENT, { ...INPUT, utm: null }],
	])('differs for %s', (_title, event, input) => {
		expect(idempotencyKey(event, input)).not.toBe(idempotencyKey(EVENT, INPUT));
	});

	test('differs for an object and a list of its entries', () => {
		expect(idempotencyKey(EVENT, { a: { b: 1 } })).not.toBe(
			idempotencyKey(EVENT, { a: [['b', 1]] }),
		);
	});

	test('does not depend on the order of fields, at any depth', () => {
		fc.assert(
			fc.property(bodies, (body) => {
				const other: IDataObject = Object(reversed(body));
				expect(idempotencyKey(EVENT, other)).toBe(idempotencyKey(EVENT, body));
			}),
		);
	});

	test('differs if the input differs', () => {
		fc.assert(
			fc.property(bodies, bodies, (one, two) => {
				const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
				expect(idempotencyKey(EVENT, one) === idempotencyKey(EVENT, two)).toBe(same);
			}),
		);
	});
});

/** The value with the fields of every object sorted by name. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const names = Object.keys(value).sort();
	return names.map((name) => ({ name, value: sorted(Reflect.get(value, name)) }));
}

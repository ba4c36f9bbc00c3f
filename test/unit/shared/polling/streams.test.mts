/** Rules for every vendor's streams, on which the shared polling relies. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import type { PollingVendor } from '../../../../nodes/shared/polling/types.ts';
import { isObject } from '../../../../nodes/shared/values.ts';
import { repositoryRoot } from '../../../support/paths.mts';
import { CATALOG } from '../../../vendors/catalog.mts';

const load = createRequire(join(repositoryRoot(), 'package.json'));
const streamsModule = z.object({
	polling: z.custom<Pick<PollingVendor<never>, 'streams'>>(
		(value) => isObject(value) && Array.isArray(value.streams),
	),
});

describe.each(CATALOG)('$name', ({ folder }) => {
	const { streams } = streamsModule.parse(load(`./nodes/${folder}/streams.ts`)).polling;

	test('no two events have the same value', () => {
		const values = streams.flatMap(({ events }) => events.map(({ value }) => value));
		expect(new Set(values).size).toBe(values.length);
	});

	test('a field that an event rule looks at is readable', () => {
		const unreadable = streams.flatMap(({ events, watched }) =>
			events.filter(({ rule }) => {
				if (rule.kind !== 'became') return false;
				return watched.find(({ name }) => name === rule.field)?.keep !== 'value';
			}),
		);
		expect(unreadable.map(({ value }) => value)).toEqual([]);
	});

	test('a stream with a look-back has full scans', () => {
		const withoutFullScans = streams.filter(
			({ lookBackMinutes, fullEveryMinutes }) =>
				lookBackMinutes !== undefined && fullEveryMinutes === undefined,
		);
		expect(withoutFullScans.map(({ value }) => value)).toEqual([]);
	});
});

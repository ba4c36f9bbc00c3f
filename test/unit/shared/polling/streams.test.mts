/** Rules for every vendor's streams, on which the shared polling relies. */
import { describe, expect, test } from '@jest/globals';

import { polling as artsvp } from '../../../../nodes/Artsvp/streams.ts';
import { polling as eventVault } from '../../../../nodes/EventVault/streams.ts';
import { polling as eventtia } from '../../../../nodes/Eventtia/streams.ts';
import { polling as inEvent } from '../../../../nodes/InEvent/streams.ts';
import { polling as invitario } from '../../../../nodes/Invitario/streams.ts';

describe.each(Object.entries({ artsvp, eventVault, eventtia, inEvent, invitario }))(
	'%s',
	(_, { streams }) => {
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
	},
);

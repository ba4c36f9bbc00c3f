/** What every vendor's streams must hold to, so that the shared polling can keep its promises. */
import { describe, expect, test } from '@jest/globals';

import { polling as artsvp } from '../../../../nodes/Artsvp/streams.ts';
import { polling as eventVault } from '../../../../nodes/EventVault/streams.ts';
import { polling as eventtia } from '../../../../nodes/Eventtia/streams.ts';
import { polling as inEvent } from '../../../../nodes/InEvent/streams.ts';
import { polling as invitario } from '../../../../nodes/Invitario/streams.ts';

describe.each(Object.entries({ artsvp, eventVault, eventtia, inEvent, invitario }))(
	'%s',
	(_, { streams }) => {
		test('events are told apart', () => {
			const values = streams.flatMap(({ events }) => events.map(({ value }) => value));
			expect(new Set(values).size).toBe(values.length);
		});

		test('an event that asks what a field was has its readable value', () => {
			const blind = streams.flatMap(({ events, watched }) =>
				events.filter(({ rule }) => {
					if (rule.kind !== 'became') return false;
					return watched.find(({ name }) => name === rule.field)?.keep !== 'value';
				}),
			);
			expect(blind.map(({ value }) => value)).toEqual([]);
		});

		test('a stream with a look-back is read whole now and then', () => {
			const never = streams.filter(
				({ lookBackMinutes, fullEveryMinutes }) =>
					lookBackMinutes !== undefined && fullEveryMinutes === undefined,
			);
			expect(never.map(({ value }) => value)).toEqual([]);
		});
	},
);

/** The fields that every polling trigger has, and what users can choose in them. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Parameters } from '../../../../nodes/shared/fields/parameters.ts';
import { readChoices, triggerProperties } from '../../../../nodes/shared/polling/fields.ts';
import { polling as eventVault } from '../../../../nodes/EventVault/streams.ts';
import { polling as invitario } from '../../../../nodes/Invitario/streams.ts';

const read = (given: IDataObject) =>
	readChoices(
		invitario,
		new Parameters((name) => given[name] ?? '', triggerProperties(invitario), 'Europe/Vienna'),
	);

const optionNames = (properties: ReturnType<typeof triggerProperties>): string[] =>
	(properties.find(({ name }) => name === 'options')?.options ?? []).map(({ name }) => name);

describe('properties', () => {
	test('events are sorted by name; look-back and full check need a list of changes', () => {
		const properties = triggerProperties(invitario);
		const events = properties.find(({ name }) => name === 'triggerOn')?.options ?? [];
		const names = events.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(names).toContain('Guest Checked In');
		expect(optionNames(properties)).toEqual(
			expect.arrayContaining([
				'changedFields',
				'fullCheckEvery',
				'largestDrop',
				'lookBack',
				'maxItems',
			]),
		);
		const withoutChanges = optionNames(triggerProperties(eventVault));
		expect(withoutChanges).toEqual(
			expect.arrayContaining(['changedFields', 'largestDrop', 'maxItems']),
		);
		expect(withoutChanges).not.toContain('lookBack');
		expect(withoutChanges).not.toContain('fullCheckEvery');
	});
});

describe('choices', () => {
	test('everything has a default', () => {
		expect(read({ triggerOn: ['guestCreated'] })).toMatchObject({
			startFrom: { kind: 'now' },
			maxItems: 500,
			largestDropPercent: 30,
			changedFields: [],
			lookBackMs: undefined,
			fullEveryMs: undefined,
		});
	});

	test('times are in milliseconds', () => {
		const choices = read({
			triggerOn: ['guestUpdated', 'guestDeleted'],
			startFrom: 'date',
			startDate: '2026-03-29T12:00:00',
			options: {
				lookBack: 0,
				fullCheckEvery: 10,
				maxItems: 7,
				largestDrop: 100,
				changedFields: ['name'],
			},
		});
		expect(choices).toMatchObject({
			startFrom: { kind: 'date', ms: Date.UTC(2026, 2, 29, 10) },
			lookBackMs: 0,
			fullEveryMs: 600_000,
			maxItems: 7,
			largestDropPercent: 100,
			changedFields: ['name'],
		});
		expect(choices.streams.map(({ chosen }) => chosen.map(({ value }) => value))).toEqual([
			['guestUpdated', 'guestDeleted'],
		]);
	});

	test.each([
		[{ triggerOn: [] }, '"Trigger On" is empty'],
		[{ triggerOn: ['nothing'] }, '"Trigger On" is empty'],
		[{ triggerOn: ['guestCreated'], startFrom: 'date', startDate: '' }, '"Start Date"'],
		[{ triggerOn: ['guestCreated'], startFrom: 'soon' }, '"Start From"'],
		[{ triggerOn: ['guestCreated'], options: { maxItems: 0 } }, '"Max Items per Poll"'],
		[{ triggerOn: ['guestCreated'], options: { largestDrop: 101 } }, '"Largest Drop (Percent)"'],
	])('%j: %s', (given, message) => {
		expect(() => read(given)).toThrow(message);
	});
});

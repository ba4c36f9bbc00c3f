/** Eventtia: events: find, create, update. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS, VIENNA } from './shared.mts';

const rig = useVendor(eventtia, { guests: 5 });
const DATES = { startDate: '2026-11-02T09:00:00', endDate: '2026-11-02T18:30:00' };

describe('finding events', () => {
	test('sends every filter', async () => {
		const result = await rig.run('event: getAll', {
			filters: {
				cityId: by('id', '7993'),
				countryId: by('id', '51'),
				searchCustomFields: '{"692349":"CC-10","692351":["internal","flagship"]}',
				name: 'test',
				template: '4711',
				templates: true,
				updatedSince: '2026-01-01T00:00:00+01:00',
			},
		});

		expect(result.error).toBeUndefined();
		expect(rig.sent(EVENTS)[0]?.query).toEqual({
			city_id: '7993',
			country_id: '51',
			'search_custom_fields[692349]': 'CC-10',
			'search_custom_fields[692351][]': ['internal', 'flagship'],
			name: 'test',
			template: '4711',
			templates: 'true',
			updated_since: expect.stringMatching(/^202[56]-.*\.000[+-]\d\d:\d\d$/),
			'page[number]': '1',
			'page[size]': '24',
		});
		expect(new Date(String(rig.sent(EVENTS)[0]?.query.updated_since)).toISOString()).toBe(
			'2025-12-31T23:00:00.000Z',
		);
	});

	test('finds by custom field, and templates only', async () => {
		const found = data(
			await rig.run('event: getAll', {
				filters: { searchCustomFields: { '692350': 'Marketing' } },
			}),
		);
		const templates = data(await rig.run('event: getAll', { filters: { templates: true } }));

		expect(found.map(({ eventUri }) => eventUri)).toEqual([VIENNA]);
		expect(templates.map(({ eventUri }) => eventUri)).toEqual(['template-event']);
	});

	test('slim, by start', async () => {
		const found = data(
			await rig.run('event: getAllSlim', {
				filters: {
					startDateLowerBound: '2026-10-20T00:00:00Z',
					startDateUpperBound: '2026-11-30T00:00:00Z',
					countryId: by('id', '14'),
					cityId: by('id', '8101'),
				},
			}),
		);

		expect(found.map(({ name }) => name)).toEqual(['Vienna Summit']);
		expect(found[0]).not.toHaveProperty('eventUri');
		expect(Object.keys(rig.sent(`${EVENTS}/slim`)[0]?.query ?? {}).sort()).toEqual([
			'city_id',
			'country_id',
			'page[number]',
			'page[size]',
			'start_date_lower_bound',
			'start_date_upper_bound',
		]);
	});

	test('ticket stats: no limit is null and marked as such', async () => {
		const stats = data(await rig.run('event: getTicketStats'));
		const vip = rig.state.event().attendeeTypes.named('VIP');

		expect(stats.find(({ name }) => name === 'General Public')).toMatchObject({
			seatsLimit: null,
			availableSeats: null,
			unlimited: true,
		});
		expect(stats.find(({ name }) => name === 'VIP')).toEqual({
			name: 'VIP',
			usedSeats: rig.state.event().attendees.usedSeats(vip.id),
			seatsLimit: vip.capacity,
			availableSeats: Number(vip.capacity) - rig.state.event().attendees.usedSeats(vip.id),
			unlimited: false,
		});
	});
});

describe('creating an event', () => {
	test('sends every field, with custom fields by name', async () => {
		const event = only(
			await rig.run('event: create', {
				name: 'Gala',
				...DATES,
				customFields: {
					mappingMode: 'defineBelow',
					value: { field_692349: 'CC-11', department: 'People', Tags: null },
				},
				additionalFields: {
					active: false,
					customFieldsJson: '{"Tags":["internal"]}',
					defaultLanguage: 'fr',
					description: 'An evening',
					isVirtual: false,
					newEventUri: 'gala-2026',
					senderEmail: 'gala@example.com',
					senderName: 'Gala Team',
					virtualTimezone: 'Europe/Paris',
				},
			}),
		);

		expect(rig.sent(EVENTS)).toMatchObject([{ method: 'POST', query: {} }]);
		expect(rig.sent(EVENTS)[0]?.body).toEqual({
			name: 'Gala',
			start_date: '02/11/2026 - 09:00:00',
			end_date: '02/11/2026 - 18:30:00',
			active: false,
			default_language: 'fr',
			description: 'An evening',
			is_virtual: false,
			event_uri: 'gala-2026',
			sender_email: 'gala@example.com',
			sender_name: 'Gala Team',
			virtual_timezone: 'Europe/Paris',
			custom_fields_data: { '692349': 'CC-11', '692350': 'People', '692351': ['internal'] },
		});
		expect(event).toMatchObject({ name: 'Gala', eventUri: 'gala-2026', timezone: 'Europe/Paris' });
		expect(rig.state.event('gala-2026').facts.start).toBe(Date.parse('2026-11-02T09:00:00+01:00'));
	});

	test('names an unknown custom field', async () => {
		const result = await rig.run('event: create', {
			name: 'Gala',
			...DATES,
			customFields: { mappingMode: 'defineBelow', value: { Hall: 'B' } },
		});

		expect(errorOf(result).message).toContain('There is no field "Hall"');
		expect(errorOf(result).description).toContain('Cost centre, Department, Tags');
		expect(rig.sent(EVENTS)).toEqual([]);
	});

	test('is never repeated: a lost response is reported as uncertain', async () => {
		rig.fault({ when: { path: EVENTS }, do: { kind: 'resetAfterEffect' } });
		const result = await rig.run('event: create', { name: 'Gala', ...DATES });

		expect(errorOf(result).description).toContain('It is not known whether the change was made');
		expect(rig.sent(EVENTS)).toHaveLength(1);
	});
});

describe('updating an event', () => {
	test('sends the given fields and nothing else', async () => {
		const event = only(
			await rig.run('event: update', {
				updateFields: { name: 'New Name', active: false },
				customFields: { mappingMode: 'defineBelow', value: { Department: 'People' } },
			}),
		);

		expect(rig.sent(`${EVENTS}/${EVENT}`)).toMatchObject([
			{
				method: 'PUT',
				body: { name: 'New Name', active: false, custom_fields_data: { '692350': 'People' } },
			},
		]);
		expect(Object.keys(Object(rig.sent(`${EVENTS}/${EVENT}`)[0]?.body))).toHaveLength(3);
		expect(event).toMatchObject({ name: 'New Name', active: false, eventUri: EVENT });
	});

	test('moves it to another URI', async () => {
		const event = only(await rig.run('event: update', { updateFields: { newEventUri: 'moved' } }));

		expect(rig.sent(`${EVENTS}/${EVENT}`)[0]?.body).toEqual({ event_uri: 'moved' });
		expect(event.eventUri).toBe('moved');
	});

	test('refuses an update without changes', async () => {
		const result = await rig.run('event: update');

		expect(errorOf(result).message).toMatch(/nothing to (change|update)/i);
		expect(rig.server.requests).toEqual([]);
	});
});

/** Eventtia: attendees: register with fields by name, find, cancel. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by, crowd } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { ATTENDEES, EVENT, REGISTER, TYPES, fieldOf, valueOf } from './shared.mts';

const SEEDED = 30;
const rig = useVendor(eventtia, { guests: SEEDED });

const type = (name: string) => rig.state.event().attendeeTypes.named(name);
const general = () => type('General Public');
const idOf = (name: string, nth = 0) => fieldOf(general(), name, nth).id;
const NAMES = { firstName: 'Grace', lastName: 'Hopper' };
const GRACE = { email: 'grace@example.com' };

/** Registers an attendee, by default as "General Public". */
async function register(parameters: IDataObject, extras: RunExtras = {}) {
	return await rig.run(
		'attendee: create',
		{
			attendeeTypeId: by('list', general().id),
			email: GRACE.email,
			...parameters,
			additionalFields: { ...NAMES, ...Object(parameters.additionalFields) },
		},
		extras,
	);
}

/** A resource mapper value in the form that the editor stores. */
const mapped = (value: IDataObject) => ({ fields: { mappingMode: 'defineBelow', value } });
const body = () => rig.sent(REGISTER)[0]?.body;

describe('registering an attendee', () => {
	test('sends the given fields and nothing else', async () => {
		const attendee = only(await register({}));

		expect(body()).toEqual({
			attendee: {
				attendee_type_id: Number(general().id),
				email: GRACE.email,
				first_name: 'Grace',
				last_name: 'Hopper',
			},
		});
		expect(attendee).toMatchObject({
			email: GRACE.email,
			name: 'Grace Hopper',
			ticketType: 'General Public',
			status: 'confirmed',
			statusGroup: 'registered',
			checkedIn: false,
		});
		expect(rig.state.event().attendees.find(String(attendee.id))).toBeDefined();
		expect(attendee).not.toHaveProperty('groupUuid');
	});

	test('sends every identity field, place, activity and purchase', async () => {
		const [activity, other] = rig.state.event().activities.activities.keys();
		const [item] = rig.state.event().merchandising.items.keys();
		const attendee = only(
			await register({
				additionalFields: {
					company: 'Navy',
					telephone: '+12025550100',
					jobTitle: 'Admiral',
					alternativeEmail: 'grace.h@example.com',
					birthdate: '1906-12-09T00:00:00',
					timezone: 'America/New_York',
					countryId: by('id', '51'),
					regionId: by('id', '722'),
					cityId: by('id', '7993'),
					workshops: [activity, other],
					purchaseItems: { rows: [{ purchaseItemId: item, quantity: 2 }] },
				},
			}),
		);

		expect(body()).toEqual({
			attendee: {
				attendee_type_id: Number(general().id),
				email: GRACE.email,
				first_name: 'Grace',
				last_name: 'Hopper',
				company: 'Navy',
				telephone: '+12025550100',
				job_title: 'Admiral',
				alternative_email: 'grace.h@example.com',
				birthdate: '09/12/1906',
				timezone: 'America/New_York',
			},
			country_id: 51,
			region_id: 722,
			city_id: 7993,
			workshops: { [String(activity)]: Number(activity), [String(other)]: Number(other) },
			purchase_items: { [String(item)]: 2 },
		});
		expect(attendee).toMatchObject({
			company: 'Navy',
			phone: '+12025550100',
			jobTitle: 'Admiral',
			alternativeEmail: 'grace.h@example.com',
			birthdate: '1906-12-09',
			timezone: 'America/New_York',
			cityId: '7993',
		});
		expect(rig.state.event().activities.attendeeIdsFor(String(activity))).toContain(attendee.id);
	});

	test.each([
		['1990-03-25T00:00:00.000+01:00', '25/03/1990'],
		['1990-03-25T23:30:00-11:00', '25/03/1990'],
		['1990-03-25', '25/03/1990'],
		['={{ DateTime.fromISO("1990-03-25T01:00:00", { zone: "Asia/Tokyo" }) }}', '25/03/1990'],
	])('sends a birthday of %s as the day that was written', async (birthdate, expected) => {
		await register({ additionalFields: { birthdate } });

		expect(body()).toMatchObject({ attendee: { birthdate: expected } });
	});
});

describe('the fields of the form', () => {
	const filled = () => ({
		[idOf('Diet')]: 'Vegan',
		[idOf('Years of experience')]: 7,
		[idOf('Newsletter')]: true,
		[idOf('Arrival')]: '12/10/2026',
		[idOf('Comments')]: 'None',
		[idOf('Comments', 1)]: 'At length',
	});

	test('are set in the mapper, by ID', async () => {
		const attendee = only(
			await register(
				mapped({
					first_name: 'Ada',
					[`field_${idOf('Diet')}`]: 'Vegan',
					[`field_${idOf('Years of experience')}`]: 7,
					[`field_${idOf('Newsletter')}`]: true,
					[`field_${idOf('Arrival')}`]: '2026-10-12T00:00:00',
					[`field_${idOf('Comments')}`]: 'None',
					[`field_${idOf('Comments', 1)}`]: 'At length',
					[`field_${idOf('Interests')}`]: null,
					job_title: '',
				}),
			),
		);

		expect(body()).toEqual({
			attendee: {
				attendee_type_id: Number(general().id),
				email: GRACE.email,
				// A field in "Additional Fields" was added on purpose.
				first_name: 'Grace',
				last_name: 'Hopper',
				custom_fields: filled(),
			},
		});
		expect(attendee.customFields).toMatchObject({
			Diet: 'Vegan',
			'Years of experience': '7',
			Newsletter: 'true',
			Arrival: '2026-10-12',
			[`Comments (${idOf('Comments')})`]: 'None',
			[`Comments (${idOf('Comments', 1)})`]: 'At length',
		});
	});

	test('are set in the mapper with the schema that the editor stores', async () => {
		const parameters = {
			eventUri: by('list', EVENT),
			attendeeTypeId: by('list', general().id),
		};
		const { fields: schema } = await rig.engine.resourceMapping('eventtia', 'getAttendeeFields', {
			parameters: { resource: 'attendee', operation: 'create', ...parameters },
			credentials: rig.credentials(),
		});
		const value = Object.fromEntries(schema.map(({ id }) => [id, null]));
		const diet = existing(schema.find(({ displayName }) => displayName === 'Diet'));
		const result = await register({
			fields: {
				mappingMode: 'defineBelow',
				value: { ...value, [diet.id]: '={{ "Veg" + "an" }}' },
				matchingColumns: [],
				schema: JSON.parse(JSON.stringify(schema)),
				attemptToConvertTypes: false,
				convertFieldsToString: false,
			},
		});

		expect(only(result).customFields).toMatchObject({ Diet: 'Vegan' });
		expect(body()).toMatchObject({ attendee: { custom_fields: { [idOf('Diet')]: 'Vegan' } } });
	});

	test('are set by label, ignoring case, or by ID', async () => {
		await register(
			mapped({
				' diet ': 'Vegan',
				'YEARS of experience': 7,
				Newsletter: true,
				[idOf('Arrival')]: '2026-10-12',
				[`Comments (${idOf('Comments')})`]: 'None',
				[`comments (${idOf('Comments', 1)})`]: 'At length',
				'Job Title': 'Countess',
				telephone: '+1',
			}),
		);

		expect(body()).toMatchObject({
			attendee: { custom_fields: filled(), job_title: 'Countess', telephone: '+1' },
		});
	});

	test('are mapped automatically, without values that match no field', async () => {
		await register(
			{ email: '={{ $json.email }}', fields: { mappingMode: 'autoMapInputData', value: null } },
			{
				items: [
					{ json: { email: 'auto@example.com', Diet: 'Vegan', company: 'Acme', row_number: 7 } },
				],
			},
		);

		expect(body()).toEqual({
			attendee: {
				attendee_type_id: Number(general().id),
				email: 'auto@example.com',
				first_name: 'Grace',
				last_name: 'Hopper',
				company: 'Acme',
				custom_fields: { [idOf('Diet')]: 'Vegan' },
			},
		});
	});

	test.each([['{"Diet":"Vegan","Interests":["AI"]}'], [{ Diet: 'Vegan', Interests: ['AI'] }]])(
		'are added as JSON: %j',
		async (customFieldsJson) => {
			await register({
				...mapped({ Diet: 'None', Newsletter: false }),
				additionalFields: { customFieldsJson },
			});

			expect(body()).toMatchObject({
				attendee: {
					custom_fields: {
						[idOf('Diet')]: 'Vegan',
						[idOf('Interests')]: ['AI'],
						[idOf('Newsletter')]: false,
					},
				},
			});
		},
	);

	test.each([
		['the mapper', () => mapped({ Dite: 'Vegan' })],
		['JSON', () => ({ additionalFields: { customFieldsJson: '{"Dite":"Vegan"}' } })],
		[
			'the mapper, from another attendee type',
			() => mapped({ [`field_${fieldOf(type('VIP'), 'Diet').id}`]: 'Vegan' }),
		],
	])('that do not exist are named in an error: %s', async (_title, given) => {
		const result = await register(given());
		const name = JSON.stringify(given()).includes('Dite')
			? 'Dite'
			: `field_${fieldOf(type('VIP'), 'Diet').id}`;

		expect(errorOf(result).message).toContain(`There is no field "${name}"`);
		expect(errorOf(result).description).toContain('The fields are: First Name, Last Name');
		expect(rig.sent(REGISTER)).toEqual([]);
	});

	test('an attendee type that the event does not have is reported before anything is sent', async () => {
		const result = await register({
			...mapped({ Diet: 'None' }),
			attendeeTypeId: by('id', '4711'),
		});

		expect(errorOf(result).message).toContain('no attendee type with the ID 4711');
		expect(rig.sent(REGISTER)).toEqual([]);
	});

	test('an invalid date is an error that names the field', async () => {
		const result = await register(mapped({ Arrival: 'tomorrow' }));

		expect(errorOf(result).message).toContain('"Arrival" is not a date');
		expect(rig.sent(REGISTER)).toEqual([]);
	});

	test('are read once for many attendees', async () => {
		const result = await register(
			{ ...mapped({ Diet: 'Vegan' }), email: '={{ $json.email }}' },
			{ items: crowd(40) },
		);

		expect(data(result)).toHaveLength(40);
		expect(rig.sent(TYPES)).toHaveLength(1);
		// No field holds a time of day, so the event's time zone is not requested.
		expect(rig.sent(`/api/v3/events/${EVENT}`)).toHaveLength(0);
	});
});

describe('invalid input', () => {
	test.each([
		['Email', { email: 'grace' }],
		['Attendee Type', { attendeeTypeId: by('id', '={{ "" }}') }],
		['Attendee Type', { attendeeTypeId: by('id', 'vip') }],
		['Event', { eventUri: by('list', '={{ $json.none }}') }],
		['Alternative Email', { additionalFields: { alternativeEmail: 'x' } }],
		['Birthdate', { additionalFields: { birthdate: 'in May' } }],
		['Custom Fields (JSON)', { additionalFields: { customFieldsJson: '{' } }],
		['Country', { additionalFields: { countryId: by('id', 'Colombia') } }],
		['Activity Names or IDs', { additionalFields: { workshops: ['Opening'] } }],
		['Purchase Items', { additionalFields: { purchaseItems: { rows: [{ quantity: 1 }] } } }],
	])('"%s" is named before anything is sent', async (field, parameters) => {
		const result = await register(parameters);

		expect(errorOf(result).message).toContain(`"${field}"`);
		expect(rig.sent(REGISTER)).toEqual([]);
	});

	test('Eventtia’s message comes first, then what to do', async () => {
		await register({});
		const again = await register({});

		expect(errorOf(again)).toMatchObject({
			message: 'email has already been taken [item 0]',
			httpCode: '400',
		});
		expect(errorOf(again).description).toContain('Check the fields of the node');
	});

	test('an error names its item, and the other items continue', async () => {
		const items = crowd(10);
		const result = await register(
			{ email: '={{ $json.n === 4 ? "guest-1@example.com" : $json.email }}' },
			{ items, continueOnFail: true },
		);

		expect(data(result)).toHaveLength(10);
		expect(data(result).filter(({ error }) => error !== undefined)).toHaveLength(1);
		expect(data(result)[3]?.error).toContain('email has already been taken');
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});

	test('a registration is reported as uncertain and not repeated when its response is lost', async () => {
		rig.fault({ when: { path: REGISTER }, do: { kind: 'resetAfterEffect' } });
		const result = await register({});

		expect(errorOf(result).description).toContain(
			'It is not known whether the change was made: the answer was lost.',
		);
		expect(rig.state.event().attendees.withEmail(GRACE.email)).toHaveLength(1);
		expect(rig.state.event().attendees.listed).toBe(SEEDED + 1);
	});

	test.each([
		['502', { kind: 'statusAfterEffect', status: 502 }],
		['503', { kind: 'statusAfterEffect', status: 503 }],
		['504', { kind: 'statusAfterEffect', status: 504 }],
		['an answer that breaks off', { kind: 'truncated', variant: 'connection' }],
		['half an answer', { kind: 'truncated', variant: 'json' }],
		['an empty answer', { kind: 'empty' }],
		['another answer', { kind: 'wrongJson' }],
	] as const)(
		'%s after the effect is reported as uncertain and not repeated',
		async (_title, fault) => {
			rig.fault({ when: { path: REGISTER }, do: fault });
			const { result } = await withShortWaits(async () => await register({}));

			expect(errorOf(result).description).toContain('It is not known whether the change was made');
			expect(rig.sent(REGISTER)).toHaveLength(1);
			expect(rig.state.event().attendees.listed).toBe(SEEDED + 1);
		},
	);

	test('a registration that certainly did not happen is repeated', async () => {
		rig.fault({
			when: { path: REGISTER },
			do: { kind: 'rateLimit', retryAfterSeconds: 0 },
		});
		const { result } = await withShortWaits(async () => await register({}));

		expect(only(result)).toMatchObject(GRACE);
		expect(rig.sent(REGISTER)).toHaveLength(2);
	});
});

describe('a group', () => {
	test('is created with its first attendee, with the seats by attendee type', async () => {
		const leader = only(await register({ attendeeTypeId: by('id', type('Leader Group').id) }));
		const seats = { seats: 3, available: 3 };

		expect(leader.groupUuid).toMatch(/^[0-9a-f]{6}$/);
		expect(leader.groupSeats).toEqual([
			{ attendeeTypeId: general().id, attendeeType: 'General Public', ...seats },
			{ attendeeTypeId: type('VIP').id, attendeeType: 'VIP', ...seats },
		]);
		const member = only(
			await register({
				email: 'member@example.com',
				additionalFields: { groupRegistrationUuid: leader.groupUuid },
			}),
		);
		expect(rig.sent(REGISTER)[1]?.body).toMatchObject({
			attendee: { group_registration_uuid: leader.groupUuid },
		});
		expect(member.groupUuid).toBe(leader.groupUuid);
		expect(member.groupSeats).toMatchObject([{ available: 2 }, { available: 3 }]);
	});
});

describe('cancelling a registration', () => {
	/** Not checked in. */
	const somebody = () => rig.state.event().attendees.at(1);
	const cancel = async (id: string, more: IDataObject = {}) =>
		await rig.run('attendee: cancel', { attendeeId: by('id', id), ...more });

	test.each([200, 204] as const)(
		'returns the attendee after the change when the response is %i',
		async (status) => {
			rig.state.cancelStatus = status;
			const { id } = somebody();
			const attendee = only(await cancel(id));

			expect(attendee).toMatchObject({
				id,
				cancelled: true,
				status: 'cancelled',
				statusGroup: 'cancelled',
				email: valueOf(rig.state.event(), somebody(), 'email'),
			});
			expect(rig.sent().slice(0, 2)).toMatchObject([
				{ method: 'PUT', path: `${ATTENDEES}/${id}/cancel`, body: undefined, status },
				{ method: 'GET', path: `${ATTENDEES}/${id}` },
			]);
		},
	);

	test('is repeated after a lost response', async () => {
		const { id } = somebody();
		rig.fault({ when: { path: `${ATTENDEES}/${id}/cancel` }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(async () => await cancel(id));

		expect(only(result)).toMatchObject({ id, cancelled: true, status: 'cancelled' });
	});

	test('succeeds even if the attendee cannot be read afterwards', async () => {
		const { id } = somebody();
		const when = { path: `${ATTENDEES}/${id}` };
		rig.fault({ when, do: { kind: 'status', status: 404, body: { message: 'gone' } } });

		expect(only(await cancel(id))).toEqual({ id, cancelled: true });
	});

	test('fails for an unknown attendee', async () => {
		const result = await cancel('4711');

		expect(errorOf(result)).toMatchObject({
			message: 'There is no such record [item 0]',
			httpCode: '404',
		});
	});
});

describe('finding attendees', () => {
	test('by email', async () => {
		const known = rig.state.event().attendees.at(4);
		const email = String(valueOf(rig.state.event(), known, 'email'));
		const attendee = only(await rig.run('attendee: getByEmail', { email: ` ${email} ` }));

		expect(attendee).toMatchObject({ id: known.id, email });
		expect(rig.sent(`${ATTENDEES}/by_email`)[0]?.query).toEqual({ email });
	});

	test('reports an unknown email without the name of a server class', async () => {
		const result = await rig.run('attendee: getByEmail', { email: 'nobody@example.com' });

		expect(errorOf(result)).toMatchObject({
			message: 'There is no such record [item 0]',
			httpCode: '404',
		});
		expect(errorOf(result).description).toContain('Check "Event"');
	});

	test('with every filter', async () => {
		const result = await rig.run('attendee: getAll', {
			filters: {
				company: 'Ac',
				createdDateTime: '2026-01-31T14:25:46',
				email: 'example.com',
				firstName: 'A',
				includeArchived: true,
				includeRejected: true,
				lastName: 'A',
				onlyConfirmed: true,
				updatedDateTime: '2026-01-31T14:25:46Z',
			},
		});

		expect(result.error).toBeUndefined();
		expect(rig.sent(ATTENDEES)[0]?.query).toEqual({
			company: 'Ac',
			created_date_time: '2026-01-31T14:25:46',
			email: 'example.com',
			first_name: 'A',
			include_archived: 'true',
			include_rejected: 'true',
			last_name: 'A',
			only_confirmed: 'true',
			updated_date_time: '2026-01-31T09:25:46',
			'page[number]': '1',
			'page[size]': '24',
		});
	});

	test('leaves out filters that are off or empty', async () => {
		await rig.run('attendee: getAll', {
			filters: { company: '', includeArchived: false, updatedDateTime: '' },
		});

		expect(rig.sent(ATTENDEES)[0]?.query).toEqual({ 'page[number]': '1', 'page[size]': '24' });
	});

	test('returns rejected and deleted attendees only on request', async () => {
		const count = async (filters: IDataObject) =>
			data(await rig.run('attendee: getAll', { returnAll: true, filters })).length;

		expect(await count({})).toBe(SEEDED);
		expect(await count({ includeRejected: true })).toBe(SEEDED + 2);
		expect(await count({ includeArchived: true })).toBe(SEEDED + 4);
	});

	test.each([
		['its URI', by('uri', EVENT)],
		['its address', by('url', `https://live.eventtia.com/es/${EVENT}?x=1#top`)],
		['its address without a language', by('url', `https://live.eventtia.com/${EVENT}/`)],
		['text', EVENT],
	])('of an event by %s', async (_title, eventUri) => {
		const result = await rig.run('attendee: getAll', { eventUri, limit: 1 });

		expect(data(result)).toHaveLength(1);
		expect(rig.sent(ATTENDEES)).toHaveLength(1);
	});

	test.each([
		['another account’s event', 'foreign-event', '403', "doesn't grant you access"],
		['no event', 'no-such-event', '404', 'There is no such record'],
		['odd letters', 'a/../b c', '404', 'There is no such record'],
	])('of %s is an error', async (_title, eventUri, httpCode, words) => {
		const result = await rig.run('attendee: getAll', { eventUri: by('uri', eventUri) });

		expect(errorOf(result).httpCode).toBe(httpCode);
		expect(errorOf(result).message).toContain(words);
	});
});

describe('the activities of an attendee', () => {
	const replace = async (workshopIds: unknown, options: IDataObject = {}) =>
		await rig.run('attendeeActivity: replaceAll', {
			attendeeId: by('id', rig.state.event().attendees.at(0).id),
			workshopIds: workshopIds as string[],
			options,
		});
	const path = () => `${ATTENDEES}/${rig.state.event().attendees.at(0).id}/update_activities`;
	const now = () =>
		rig.state
			.event()
			.activities.ofAttendee(rig.state.event().attendees.at(0).id)
			.map(({ id }) => id);

	test('are replaced by exactly the given ones', async () => {
		const [, , , fourth, fifth] = rig.state.event().activities.activities.keys();
		const before = now();
		const attendee = only(await replace([fourth, fifth]));

		expect(before.length).toBeGreaterThan(0);
		expect(rig.sent(path())[0]?.body).toEqual({ workshop_ids: `${fourth},${fifth}` });
		expect(now()).toEqual([fourth, fifth]);
		expect(attendee).toMatchObject({
			id: rig.state.event().attendees.at(0).id,
			activityIds: [fourth, fifth],
		});
	});

	test.each([
		[[], 'is empty'],
		['', 'is empty'],
		['={{ [] }}', 'is empty'],
		['={{ $json.none }}', 'must be a list of texts, but is nothing'],
	])('are not replaced by an empty list: %j', async (empty, words) => {
		const before = now();
		const result = await replace(empty);

		expect(errorOf(result).message).toContain(`"Activity Names or IDs" ${words}`);
		expect(now()).toEqual(before);
		expect(rig.sent(path())).toEqual([]);
	});

	test('are all removed if that is allowed', async () => {
		const attendee = only(await replace([], { allowEmpty: true }));

		expect(rig.sent(path())[0]?.body).toEqual({ workshop_ids: '' });
		expect(now()).toEqual([]);
		expect(attendee.activityIds).toEqual([]);
	});
});

describe('event parameters', () => {
	const parameters = { paramName: 'aux_json_data' };

	test.each([
		['eventParameter: get', parameters],
		['eventParameter: update', { ...parameters, paramValue: '[1]' }],
	] as const)('%s is not available to an AI agent', async (operation, given) => {
		const name = 'n8n-nodes-guestlist.eventtia';
		const { nodeTypes } = rig.engine.packages;
		const original = nodeTypes.getByNameAndVersion.bind(nodeTypes);
		// n8n registers the tool variant under the node's name plus "Tool".
		nodeTypes.getByNameAndVersion = (type, version) =>
			original(type === `${name}Tool` ? name : type, version);
		try {
			const result = await rig.run(operation, given, { settings: { type: `${name}Tool` } });

			expect(errorOf(result).message).toContain('not for AI agents');
			expect(rig.server.requests).toEqual([]);
		} finally {
			nodeTypes.getByNameAndVersion = original;
		}
	});

	test('are available to people', async () => {
		const path = `/api/v3/events/${EVENT}/event_params/aux_json_data`;
		const set = only(
			await rig.run('eventParameter: update', { ...parameters, paramValue: '{"a":[1,2]}' }),
		);
		const got = only(await rig.run('eventParameter: get', parameters));

		expect(set).toEqual({ paramName: 'aux_json_data', value: { a: [1, 2] }, updated: true });
		expect(rig.sent(path)[0]).toMatchObject({
			method: 'PATCH',
			body: { param_value: { a: [1, 2] } },
		});
		expect(JSON.stringify(got)).toContain('[1,2]');
	});
});

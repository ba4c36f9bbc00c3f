// Eventtia in a real n8n: its credential and log-in, names instead of IDs in input and output, uploads, pages, and
// errors.

import { describe, expect, test } from '@jest/globals';
import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { by } from '../rig/items.mts';
import {
	type Json,
	runWorkflow,
	saveCredential,
	testCredential,
	testWith,
	errorTexts,
} from './support/n8n.mts';
import { first, nodeUnderTest } from './support/nodeUnderTest.mts';
import {
	credentialData,
	expectNoSecret,
	nodeType,
	UNREACHABLE,
	useVendors,
} from './support/vendors.mts';

const { email, password, clientId, clientSecret, accountApiKey, eventUri, otherEventUri } =
	EVENTTIA_CREDENTIALS;
const WRONG_PASSWORD = 'wrong-password-4711';
const TYPE = 'eventtiaApi';
const LOG_IN_PATH = '/api/v3/auth';
const EVENT_PATH = `/api/v3/events/${eventUri}`;
/** "The default page size is 24" (eventtia.md, "Pagination"). */
const PAGE_SIZE = 24;
const CONCURRENCY = 10;

const vendors = useVendors();
const server = () => vendors().sandbox.eventtia;
const state = () => server().state;
const event = () => state().event();
const data = (changes: Json = {}) => ({ ...credentialData('eventtia', server().url), ...changes });

/** A credential that has not logged in yet, or with changed fields. */
const freshCredential = async (changes?: Json) => await saveCredential(TYPE, data(changes));

/** Every token that reached the vendor. */
const tokens = () =>
	server()
		.requests.map(({ headers: { authorization } }) => String(authorization))
		.filter((value) => value.startsWith('Bearer '))
		.map((value) => value.slice('Bearer '.length));

const { execute, run, listed, offered, form } = nodeUnderTest({
	type: nodeType('eventtia'),
	credential: () => vendors().eventtia,
	parameters: () => ({ eventUri: by('list', eventUri) }),
	secrets: () => [password, clientSecret, accountApiKey, WRONG_PASSWORD, ...tokens()],
});

/** The attendees of a plain list, in order. */
const attendees = () =>
	Array.from({ length: event().attendees.listed }, (_, index) => event().attendees.at(index));
const typeNamed = (name: string) => event().attendeeTypes.named(name);
/** The id of a field of an attendee type, by its label. */
const fieldId = (typeName: string, label: string) =>
	first(typeNamed(typeName).fields, ({ name }) => name === label).id;
/** The requests below the event, except those with an expired token. */
const calls = () =>
	server()
		.requests.filter(({ path, status }) => path.startsWith(EVENT_PATH) && status !== 401)
		.map(({ method, path }) => `${method} ${path.slice(EVENT_PATH.length)}`);
const sentTo = (method: string, path: string) =>
	first(server().requests, (request) => request.method === method && request.path.endsWith(path));

describe('the credential test', () => {
	test('succeeds with the right log-in, and requests one event', async () => {
		const outcome = await testCredential(await freshCredential());

		expect(outcome.status).toBe('OK');
		expect(server().requests.map(({ path, query, body }) => [path, query, body])).toEqual([
			[LOG_IN_PATH, {}, { email, password }],
			['/api/v3/events', { 'page[size]': '1' }, undefined],
		]);
	});

	test('succeeds with a client ID and secret, and with a slash at the end of Base URL', async () => {
		const client = { authenticateAs: 'client', clientId, clientSecret };
		const baseUrl = `${server().url}/`;

		const outcome = await testWith(TYPE, data({ ...client, baseUrl, email: '', password: '' }));

		expect(outcome.status).toBe('OK');
		expect(server().requests[0]).toMatchObject({
			path: '/api/v3/m2m-auth',
			body: { client_id: clientId, client_secret: clientSecret },
		});
	});

	test("fails with Eventtia's own message for a wrong password, and does not show it", async () => {
		const outcome = await testWith(TYPE, data({ password: WRONG_PASSWORD }));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/Wrong username or password/),
		});
		expect(outcome.message).not.toContain(WRONG_PASSWORD);
	});

	test('fails when the host does not answer', async () => {
		const outcome = await testWith(TYPE, data({ baseUrl: UNREACHABLE }));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/refused|could not be reached|ECONNREFUSED/i),
		});
	});
});

describe('the session', () => {
	const getOne = () => ({
		resource: 'attendee',
		operation: 'get',
		attendeeId: by('id', '={{ $json.id }}'),
		simplify: false,
		options: { concurrency: CONCURRENCY },
	});

	test('is opened once and also serves the next run', async () => {
		const credential = await freshCredential();
		const input = [{ id: event().attendees.at(0).id }];

		await run(getOne(), input, credential);
		await run(getOne(), input, credential);

		expect(state().tokensIssued).toBe(1);
		expect(new Set(tokens()).size).toBe(1);
	});

	test('costs one log-in when it ends in the middle of 100 items', async () => {
		const ITEMS = 100;
		server().reset({ guests: ITEMS });
		server().faults.add({ when: { method: 'GET', nth: 50 }, do: { kind: 'expireSession' } });
		const ids = attendees().map(({ id }) => id);

		const { output } = await run(
			getOne(),
			ids.map((id) => ({ id })),
			await freshCredential(),
		);

		expect(output.map(({ id }) => id)).toEqual(ids);
		expect(state().tokensIssued).toBe(2);
		const refused = server().requests.filter(({ status }) => status === 401);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused.length).toBeLessThanOrEqual(CONCURRENCY);
	});
});

describe('attendee: Create', () => {
	const EMAIL = 'grace.hopper@example.com';
	/** The form of an attendee type as the editor gets it. */
	const formOf = async (typeName: string) =>
		await form({
			parameter: 'fields',
			method: 'getAttendeeFields',
			parameters: {
				resource: 'attendee',
				operation: 'create',
				attendeeTypeId: by('list', typeNamed(typeName).id),
			},
		});
	const registered = () => first(event().attendees.withEmail(EMAIL));

	test('shows the fields of the attendee type, by name, with choices and required', async () => {
		const fields = await formOf('VIP');

		const byName = new Map(fields.map((field) => [field.displayName, field]));
		expect([...byName.keys()]).toEqual(
			expect.arrayContaining(['First Name', 'Last Name', 'Company', 'Diet', 'Badge name']),
		);
		expect(byName.size).toBe(fields.length);
		expect(byName.get('Badge name')).toMatchObject({ type: 'string', required: true });
		expect(byName.get('Company')).toMatchObject({ removed: false });
		// Nothing documented can fill it in, so the form hides it at first.
		expect(byName.get('picture')).toMatchObject({ removed: true });
		expect(byName.get('Arrival')).toMatchObject({ type: 'dateTime', required: false });
		expect(byName.get('Diet')?.options?.map(({ name }) => name)).toEqual([
			'None',
			'Vegetarian',
			'Vegan',
			'Gluten-free',
		]);
		const general = (await formOf('General Public')).map(({ displayName }) => displayName);
		expect(general).not.toContain('Badge name');
	});

	test('sends form values by ID and outputs them by name', async () => {
		const fields = await formOf('VIP');
		const idOf = (name: string) => first(fields, ({ displayName }) => displayName === name).id;
		const type = typeNamed('VIP');

		const { output } = await run({
			resource: 'attendee',
			operation: 'create',
			attendeeTypeId: { ...by('list', type.id), cachedResultName: 'VIP' },
			email: EMAIL,
			fields: {
				mappingMode: 'defineBelow',
				value: {
					[idOf('First Name')]: 'Grace',
					[idOf('Last Name')]: 'Hopper',
					[idOf('Badge name')]: 'Amazing Grace',
					[idOf('Diet')]: 'Vegan',
					[idOf('Arrival')]: '2026-10-12T00:00:00',
				},
				matchingColumns: [],
				schema: fields,
			},
			simplify: true,
			additionalFields: { company: 'Navy' },
		});

		expect(sentTo('POST', '/attendees/register').body).toEqual({
			attendee: {
				attendee_type_id: Number(type.id),
				first_name: 'Grace',
				last_name: 'Hopper',
				email: EMAIL,
				company: 'Navy',
				custom_fields: {
					[fieldId('VIP', 'Badge name')]: 'Amazing Grace',
					[fieldId('VIP', 'Diet')]: 'Vegan',
					[fieldId('VIP', 'Arrival')]: '12/10/2026',
				},
			},
		});
		expect(registered().fields).toMatchObject({
			[fieldId('VIP', 'first_name')]: 'Grace',
			[fieldId('VIP', 'Badge name')]: 'Amazing Grace',
			[fieldId('VIP', 'Arrival')]: '2026-10-12',
		});
		expect(output).toEqual([
			expect.objectContaining({
				id: registered().id,
				email: EMAIL,
				name: 'Grace Hopper',
				company: 'Navy',
				ticketType: 'VIP',
				statusGroup: 'registered',
				customFields: expect.objectContaining({
					'Badge name': 'Amazing Grace',
					Diet: 'Vegan',
					Arrival: '2026-10-12',
				}),
			}),
		]);
	});

	test('Map Automatically takes the fields of the input by their names', async () => {
		await run(
			{
				resource: 'attendee',
				operation: 'create',
				attendeeTypeId: by('id', typeNamed('VIP').id),
				email: '={{ $json.Email }}',
				fields: { mappingMode: 'autoMapInputData', value: null },
				simplify: true,
			},
			[
				{
					Email: EMAIL,
					'First Name': 'Grace',
					'Last Name': 'Hopper',
					'Badge name': 'Amazing Grace',
					Diet: 'Vegan',
					Table: 7,
				},
			],
		);

		expect(registered().fields).toMatchObject({
			[fieldId('VIP', 'last_name')]: 'Hopper',
			[fieldId('VIP', 'Badge name')]: 'Amazing Grace',
			[fieldId('VIP', 'Diet')]: 'Vegan',
		});
	});
});

describe('attendee: Get Many', () => {
	const getMany = { resource: 'attendee', operation: 'getAll', returnAll: true, filters: {} };

	test('returns every attendee over several pages, each with the field names of its type', async () => {
		server().reset({ guests: 3 * PAGE_SIZE + 5 });

		const { output } = await run({ ...getMany, simplify: true });

		expect(output.map(({ id }) => id)).toEqual(attendees().map(({ id }) => id));
		for (const [index, attendee] of attendees().entries()) {
			const type = event().attendees.attendeeType(attendee);
			const diet = first(type.fields, ({ name }) => name === 'Diet');
			expect(output[index]).toMatchObject({
				email: event().attendees.fieldValue(attendee, 'email'),
				ticketType: type.name,
				customFields: { Diet: attendee.fields[diet.id] },
			});
		}
		expect(calls().sort()).toEqual(
			[...Array.from({ length: 4 }, () => 'GET /attendees'), 'GET /attendee_types'].sort(),
		);
	});

	test('filters by the time of change, in the event’s zone', async () => {
		const attendee = event().attendees.at(3);
		const since = new Date(state().now() - 60_000).toISOString();
		event().attendees.checkIn(attendee);

		const { output } = await run({
			...getMany,
			simplify: true,
			filters: { updatedDateTime: since, onlyConfirmed: false },
		});

		expect(output).toEqual([expect.objectContaining({ id: attendee.id, checkedIn: true })]);
	});

	test('raw, outputs what Eventtia sent', async () => {
		const { output } = await run({ ...getMany, returnAll: false, limit: 1, simplify: false });

		const attendee = event().attendees.at(0);
		expect(output).toEqual([
			expect.objectContaining({
				id: attendee.id,
				type: 'attendees',
				attributes: expect.objectContaining({ fields: attendee.fields }),
			}),
		]);
	});
});

test('survey answers are keyed by the text of the questions', async () => {
	const { surveys } = event();
	const survey = first(surveys.surveys.values());

	const { output } = await run({
		resource: 'surveyAnswer',
		operation: 'getAll',
		surveyId: by('list', survey.id),
		returnAll: true,
		simplify: true,
	});

	const answers = surveys.answersTo(survey);
	expect(answers.length).toBeGreaterThan(PAGE_SIZE);
	expect(output.map((row) => row.answers)).toEqual(
		answers.map(({ values }) =>
			Object.fromEntries(survey.questions.map(({ id, name }) => [name, values[id]])),
		),
	);
});

test('an activity is created in the event’s local time', async () => {
	await run({
		resource: 'activity',
		operation: 'create',
		eventUri: by('url', `https://live.eventtia.com/en/${otherEventUri}`),
		name: 'After the clocks went back',
		startDate: '2026-10-25T10:00:00+01:00',
		endDate: '2026-10-25T11:30:00',
		simplify: true,
		additionalFields: {},
	});

	expect(sentTo('POST', '/workshops').body).toMatchObject({
		start_date: '25/10/2026 - 10:00:00',
		end_date: '25/10/2026 - 11:30:00',
	});
	const added = first(
		state().event(otherEventUri).activities.activities.values(),
		({ name }) => name === 'After the clocks went back',
	);
	expect(new Date(added.start_date).toISOString()).toBe('2026-10-25T09:00:00.000Z');
});

test('a file from the previous node is uploaded unchanged', async () => {
	const TEXT = 'Saal A – 9:00, Begrüßung\nHall B – 10:00, Keynote\n';
	const { eventtia } = vendors();
	const categoryId = first(event().files.categoryIds);

	const execution = await runWorkflow({
		name: 'upload',
		nodes: [
			{
				id: 'trigger',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'file',
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				position: [200, 0],
				parameters: {
					operation: 'toText',
					sourceProperty: 'text',
					binaryPropertyName: 'programme',
					options: { fileName: 'programme.txt' },
				},
			},
			{
				id: 'upload',
				name: 'Upload',
				type: nodeType('eventtia'),
				typeVersion: 1,
				position: [400, 0],
				parameters: {
					resource: 'eventFile',
					operation: 'upload',
					eventUri: by('list', eventUri),
					eventFileCategoryId: categoryId,
					binaryPropertyName: 'programme',
					simplify: true,
					additionalFields: { description: 'What happens when' },
					options: {},
				},
				credentials: { [TYPE]: { id: eventtia.id, name: eventtia.name } },
			},
		],
		connections: {
			Start: { main: [[{ node: 'File', type: 'main', index: 0 }]] },
			File: { main: [[{ node: 'Upload', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
		pinData: { Start: [{ json: { text: TEXT } }] },
	});

	expect(execution.error).toBeUndefined();
	expectNoSecret(execution.raw, password, ...tokens());
	const file = first(event().files.of(categoryId), ({ content }) => content !== undefined);
	expect(file).toMatchObject({
		name: 'programme.txt',
		description: 'What happens when',
		filename: 'programme.txt',
		content: { contentType: 'text/plain' },
	});
	expect(Buffer.from(file.content?.base64 ?? '', 'base64').toString('utf8')).toBe(TEXT);
	expect(execution.items('Upload').map(({ json }) => json)).toEqual([
		expect.objectContaining({ id: file.id, name: 'programme.txt' }),
	]);
});

describe('From List', () => {
	test('lists the events by name, and finds one by the typed text', async () => {
		const question = { parameter: 'eventUri', method: 'searchEvents', parameters: {} };

		const all = await listed(question);
		const found = await listed({ ...question, filter: 'Vienna' });

		expect(all).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: 'Test Event', value: eventUri }),
				expect.objectContaining({ name: 'Vienna Summit', value: otherEventUri }),
			]),
		);
		expect(found.map(({ name }) => name)).toEqual(['Vienna Summit']);
	});

	test('lists attendees by name and email, attendee types, regions of a country', async () => {
		const attendee = event().attendees.at(5);
		const address = event().attendees.fieldValue(attendee, 'email') ?? '';

		const people = await listed({
			parameter: 'attendeeId',
			method: 'searchAttendees',
			parameters: { resource: 'attendee', operation: 'get' },
			filter: address,
		});
		const types = await listed({
			parameter: 'attendeeTypeId',
			method: 'searchAttendeeTypes',
			parameters: { resource: 'attendee', operation: 'create' },
		});
		const regions = await listed({
			parameter: 'additionalFields.regionId',
			method: 'searchRegions',
			parameters: {
				resource: 'attendee',
				operation: 'create',
				additionalFields: { countryId: by('list', '51'), regionId: by('list', '') },
			},
		});

		expect(people).toEqual([
			expect.objectContaining({
				name: expect.stringContaining(address),
				value: attendee.id,
			}),
		]);
		expect(types.map(({ name }) => name)).toEqual(['General Public', 'Leader Group', 'VIP']);
		expect(regions.map(({ name }) => name)).toContain('Antioquia');
	});

	test('lists activities by name for a multiple choice', async () => {
		const choices = await offered({
			parameter: 'additionalFields.workshops',
			method: 'getActivities',
			parameters: { resource: 'attendee', operation: 'create' },
		});

		const all = Array.from(event().activities.activities.values());
		expect(all.length).toBeGreaterThan(PAGE_SIZE);
		expect(new Map(choices.map(({ name, value }) => [value, name]))).toEqual(
			new Map(all.map(({ id, name }) => [id, name])),
		);
	});
});

describe('the message of a failed execution', () => {
	test('names a wrong password without showing it', async () => {
		const execution = await execute(
			{ resource: 'attendeeType', operation: 'getAll', returnAll: true, simplify: true },
			undefined,
			await freshCredential({ password: WRONG_PASSWORD }),
		);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/Wrong username or password.*\[item 0\]/),
			description: expect.stringMatching(/"Email" and "Password".*HTTP 401/),
		});
		expect(calls()).toEqual([]);
	});

	test('names a field that the form does not have, and those that it has', async () => {
		const execution = await execute({
			resource: 'attendee',
			operation: 'create',
			attendeeTypeId: by('id', typeNamed('General Public').id),
			email: 'jane.doe@example.com',
			simplify: true,
			additionalFields: { customFieldsJson: '{"Dyet": "Vegan"}' },
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^There is no field "Dyet".*\[item 0\]/),
			description: expect.stringMatching(/Diet, Interests/),
		});
		expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
	});
});

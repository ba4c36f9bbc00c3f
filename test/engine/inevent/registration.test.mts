/** InEvent, Registration: Create: every field, and no one is registered twice. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';
import { EMAIL_OF_ITEM, crowd } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { REGISTRATION } from './shared.mts';

const rig = useVendor(inEvent, { guests: 0 });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
const OWN_KEY = '7c0f1d9d-3b2b-4d2c-9b5f-1e2b1ed0bd0b';
const ADA = 'Ada@Example.com';

const create = async (parameters: IDataObject = {}, extras: RunExtras = {}) =>
	await rig.run('registration: create', { email: ADA, ...parameters }, extras);
const bodies = () => rig.sent(REGISTRATION).map(({ body }) => body);
const keys = () => rig.sent(REGISTRATION).map(({ headers }) => headers['idempotency-key']);
const emails = () =>
	rig.state
		.event()
		.attendees()
		.map(({ email }) => email);

describe('the request', () => {
	test('has every field in its place', async () => {
		const result = await create({
			additionalFields: {
				firstName: 'Ada',
				lastName: 'Lovelace',
				ticketTypeId: 'tkt_vip_01',
				source: 'website',
				utmCampaign: 'launch_2026',
				utmMedium: 'email',
				utmSource: 'crm',
				customFields: { pairs: [{ key: 'company', value: 'ExampleCo' }] },
				customFieldsJson: '{"dietary": "vegetarian", "table": 7}',
				privacyPolicy: true,
				marketingOptIn: false,
			},
		});

		expect(result.error).toBeUndefined();
		expect(rig.sent().map(({ method, path }) => `${method} ${path}`)).toEqual([
			`POST ${REGISTRATION}`,
		]);
		expect(bodies()).toEqual([
			{
				email: ADA,
				first_name: 'Ada',
				last_name: 'Lovelace',
				ticket_type_id: 'tkt_vip_01',
				source: 'website',
				utm: { campaign: 'launch_2026', medium: 'email', source: 'crm' },
				custom_fields: { company: 'ExampleCo', dietary: 'vegetarian', table: 7 },
				consents: { privacy_policy: true, marketing_opt_in: false },
			},
		]);
		expect(rig.state.event().attendees()[0]).toMatchObject({
			email: ADA,
			ticket_type: 'VIP',
			custom_fields: { company: 'ExampleCo', dietary: 'vegetarian', table: 7 },
		});
	});

	test('has no empty field, and no group without an entry', async () => {
		await create({
			email: ` ${ADA} `,
			additionalFields: {
				firstName: '',
				source: '  ',
				utmCampaign: '',
				customFields: {},
				customFieldsJson: '{}',
			},
		});

		expect(bodies()).toEqual([{ email: ADA }]);
	});

	test.each([
		[{ utmSource: 'crm' }, { utm: { source: 'crm' } }],
		[{ privacyPolicy: true }, { consents: { privacy_policy: true } }],
		[
			{ privacyPolicy: '={{ "true" }}', marketingOptIn: '={{ "false" }}' },
			{ consents: { privacy_policy: true, marketing_opt_in: false } },
		],
		[
			{ customFieldsJson: '={{ { nested: { a: [1] } } }}' },
			{ custom_fields: { nested: { a: [1] } } },
		],
	])('%j', async (additionalFields, expected) => {
		await create({ additionalFields });

		expect(JSON.stringify(bodies())).toBe(JSON.stringify([{ email: ADA, ...expected }]));
	});

	test('has the fields of each item', async () => {
		await create(
			{ email: EMAIL_OF_ITEM, additionalFields: { firstName: '={{ $json.n }}' } },
			{ items: crowd(2) },
		);

		expect(bodies()).toEqual([
			{ email: 'guest-1@example.com', first_name: '1' },
			{ email: 'guest-2@example.com', first_name: '2' },
		]);
	});

	test.each([
		[{ email: '={{ "" }}' }, '"Email" is empty'],
		[{ email: 'not an address' }, '"Email" is not an email address'],
		[{ eventId: '={{ " " }}' }, '"Event ID" is empty'],
		[
			{ additionalFields: { customFieldsJson: '[1]' } },
			'"Custom Fields (JSON)" must be a JSON object',
		],
		[{ additionalFields: { customFieldsJson: '{broken' } }, '"Custom Fields (JSON)" must be'],
		[
			{ additionalFields: { customFields: { pairs: [{ key: ' ', value: 'x' }] } } },
			'"Custom Fields" has a pair without a key',
		],
		[{ options: { idempotencyKey: 'a\nb' } }, '"Idempotency Key" holds a line break'],
		[{ options: { idempotencyKey: 'ключ' } }, '"Idempotency Key" holds'],
	])('is not sent when %j', async (parameters, complaint) => {
		const result = await create(parameters);

		expect(errorOf(result).message).toContain(complaint);
		expect(rig.server.requests).toEqual([]);
	});
});

describe('the output', () => {
	test.each([200, 201] as const)('is the registration, flat (response %i)', async (status) => {
		rig.state.registrationStatus = status;
		const result = await create();
		const [attendee] = rig.state.event().attendees();

		expect(rig.sent()[0]?.status).toBe(status);
		expect(result.items).toEqual([
			{
				json: {
					id: attendee?.id,
					email: ADA,
					status: 'registered',
					statusGroup: 'registered',
					checkInCode: expect.stringMatching(/^QR_[0-9A-F]{8}$/),
					selfLink: `/v1/events/evt_123/attendees/${attendee?.id}`,
					ticketLink: '/v1/events/evt_123/orders/ord_1',
					idempotencyKey: keys()[0],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('is the raw response without Simplify, with the address and the key', async () => {
		const [json] = data(await create({ simplify: false }));

		expect(json).toMatchObject({
			email: ADA,
			idempotencyKey: keys()[0],
			status: 'registered',
			check_in_code: expect.any(String),
			links: { self: expect.any(String), ticket: expect.any(String) },
		});
	});

	test.each([{ kind: 'empty' as const }, { kind: 'wrongJson' as const, body: ['x'] }])(
		'is an error that says it may have happened, if the response is %j',
		async (fault) => {
			rig.fault({ when: { path: REGISTRATION }, do: fault });
			const { result } = await withShortWaits(async () => await create());

			expect(errorOf(result).message).toContain('instead of a record with an "id"');
		},
	);
});

describe('the idempotency key', () => {
	test('is the given one', async () => {
		const result = await create({ options: { idempotencyKey: ` ${OWN_KEY} ` } });

		expect(keys()).toEqual([OWN_KEY]);
		expect(data(result)).toMatchObject([{ idempotencyKey: OWN_KEY }]);
	});

	test('is derived by default: the same input gives the same key in every run', async () => {
		const detailed = {
			additionalFields: { firstName: 'Ada', customFieldsJson: '{"a": 1, "b": {"c": 2, "d": 3}}' },
		};
		const reordered = {
			options: { idempotencyKey: '' },
			additionalFields: { customFieldsJson: '{"b": {"d": 3, "c": 2}, "a": 1}', firstName: 'Ada' },
		};
		const first = await create(detailed);
		const second = await create(reordered);

		expect(keys()[0]).toMatch(UUID);
		expect(keys()[1]).toBe(keys()[0]);
		expect(data(second)).toEqual(data(first));
		expect(rig.state.event().attendees()).toHaveLength(1);
	});

	test('differs for another person, another field or another event', async () => {
		rig.state.duplicateEmails = 'allowed';
		await create();
		await create({ email: 'bob@example.com' });
		await create({ additionalFields: { firstName: 'Ada' } });
		await create({ additionalFields: { lastName: 'Ada' } });
		const { clientId, clientSecret, eventId } = INEVENT_CREDENTIALS.sandbox;
		await create({ eventId }, { credential: { clientId, clientSecret } });
		const all = rig.sent().map(({ headers }) => headers['idempotency-key']);

		expect(all).toHaveLength(5);
		expect(new Set(all).size).toBe(5);
		for (const key of all) expect(key).toMatch(UUID);
	});

	test('is the same for every attempt of one item', async () => {
		rig.fault({ when: { path: REGISTRATION }, times: 2, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(async () => await create());

		expect(data(result)).toHaveLength(1);
		expect(keys()).toHaveLength(3);
		expect(new Set(keys()).size).toBe(1);
		expect(emails()).toEqual([ADA]);
	});
});

describe('300 registrations', () => {
	const items = crowd(300);
	const parameters = { email: EMAIL_OF_ITEM, additionalFields: { firstName: '={{ $json.n }}' } };
	const numbers = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => from + index);
	/** The first 30 requests and a few dozen later ones lose their responses after the registration was made. */
	const unsteady = () => {
		const when = { path: REGISTRATION };
		const [first = 1, ...lost] = [...numbers(1, 30), ...numbers(100, 115), ...numbers(200, 215)];
		rig.fault({ when: { ...when, nth: [first, ...lost] }, do: { kind: 'resetAfterEffect' } });
		rig.fault({
			when: { ...when, nth: [150, 151, 152] },
			do: { kind: 'statusAfterEffect', status: 502 },
		});
		rig.fault({ when: { ...when, nth: [250, 251, 252] }, do: { kind: 'reset' } });
	};

	test('leave 300 attendees after resets, and still 300 after a second run', async () => {
		unsteady();
		const { result: first } = await withShortWaits(async () => await create(parameters, { items }));
		const lost = rig.sent().filter(({ status }) => status === 0 || status === 502).length;

		expect(first.error).toBeUndefined();
		expect(lost).toBe(30 + 2 * 16 + 2 * 3);
		expect(emails().sort()).toEqual(items.map(({ json }) => json.email).sort());
		expect(data(first).map(({ email }) => email)).toEqual(items.map(({ json }) => json.email));

		const { result: second } = await withShortWaits(
			async () => await create(parameters, { items }),
		);

		expect(second.error).toBeUndefined();
		expect(rig.state.event().attendees()).toHaveLength(300);
		expect(data(second)).toEqual(data(first));
		expect(second.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});

	test('of one person with the same fields make one attendee', async () => {
		const result = await create({ email: 'one@example.com' }, { items: crowd(30) });

		expect(new Set(data(result).map(({ id }) => id)).size).toBe(1);
		expect(emails()).toEqual(['one@example.com']);
	});
});

describe('what InEvent refuses', () => {
	test('is reported field by field, with the node’s labels and the request ID', async () => {
		const body = {
			error: 'validation_error',
			message: 'Invalid request body',
			details: [
				{ field: 'email', issue: 'invalid_format' },
				{ field: 'ticket_type_id', issue: 'not_found' },
				{ field: 'consents.privacy_policy', issue: 'required_true' },
				{ field: 'custom_fields.company', issue: 'too_long' },
				{ field: 'utm.medium', issue: 'unknown' },
			],
			request_id: 'req_2a4f7d90',
		};
		rig.fault({ when: { path: REGISTRATION }, do: { kind: 'status', status: 400, body } });
		const result = await create();

		expect(errorOf(result)).toMatchObject({
			message: 'Invalid request body [item 0]',
			httpCode: '400',
			itemIndex: 0,
			description:
				'"Email": invalid_format; "Ticket Type ID": not_found; "Privacy Policy": required_true; ' +
				'"custom_fields.company": too_long; "UTM Medium": unknown. ' +
				'InEvent’s request ID is req_2a4f7d90. HTTP 400.',
		});
		expect(rig.sent()).toHaveLength(1);
	});

	test('is reported in the same way by the sandbox', async () => {
		const result = await create({
			additionalFields: { ticketTypeId: 'tkt_none', marketingOptIn: true },
		});

		expect(errorOf(result).description).toContain(
			'"Ticket Type ID": not_found; "Privacy Policy": required_true.',
		);
		expect(emails()).toEqual([]);
	});

	test('an email that is already registered: 409', async () => {
		await create();
		const result = await create({ additionalFields: { firstName: 'Other' } });

		expect(errorOf(result)).toMatchObject({
			message: 'An attendee with this email is already registered [item 0]',
			httpCode: '409',
		});
		expect(errorOf(result).description).toContain('the email is registered');
		expect(emails()).toEqual([ADA]);
	});

	test('a used key with other fields: 409', async () => {
		const options = { idempotencyKey: OWN_KEY };
		await create({ options });
		const result = await create({ options, email: 'bob@example.com' });

		expect(errorOf(result).message).toBe(
			'Idempotency-Key was used with another request body [item 0]',
		);
	});

	test('a missing scope: 403 names it', async () => {
		const result = await create({}, { credential: { scopes: ['read:attendees'] } });

		expect(errorOf(result)).toMatchObject({
			message: 'Missing required scope: write:registration [item 0]',
			httpCode: '403',
			failure: { cause: 'credential-invalid' },
		});
		expect(errorOf(result).description).toMatch(
			/^Add "Write Registration" \(write:registration\) under "Scopes" in the credential;.* InEvent’s request ID is req_/,
		);
	});
});

describe('one failed item of many', () => {
	const items = [
		{ json: { email: 'a@example.com' } },
		{ json: { email: 'taken@example.com' } },
		{ json: { email: 'nothing' } },
		{ json: { email: 'd@example.com' } },
	];
	const take = () => rig.state.event().register({ email: 'taken@example.com' });

	test('stops the run, names the item and says how many are done', async () => {
		take();
		const result = await create({ email: EMAIL_OF_ITEM, options: { concurrency: 1 } }, { items });

		expect(result.status).toBe('error');
		expect(errorOf(result)).toMatchObject({
			message: 'An attendee with this email is already registered [item 1]',
			itemIndex: 1,
		});
		expect(errorOf(result).description).toContain('1 of 4 items were done');
		expect(rig.sent()).toHaveLength(2);
	});

	test.each([{ continueOnFail: true }, { onError: 'continueRegularOutput' as const }])(
		'continues with %j',
		async (setting) => {
			take();
			const result = await create({ email: EMAIL_OF_ITEM }, { items, ...setting });

			expect(result.status).toBe('success');
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				items.map((_, item) => ({ item })),
			);
			expect(data(result).map(({ email }) => email)).toEqual([
				'a@example.com',
				undefined,
				undefined,
				'd@example.com',
			]);
			expect(data(result)[1]).toMatchObject({
				error: 'An attendee with this email is already registered [item 1]',
				details: { httpCode: 409, ambiguous: false },
			});
			expect(data(result)[2]).toMatchObject({
				error: '"Email" is not an email address [item 2]',
			});
		},
	);

	test('goes to the error output with its input', async () => {
		take();
		const result = await create(
			{ email: EMAIL_OF_ITEM },
			{ items, onError: 'continueErrorOutput' },
		);

		expect(data(result).map(({ email }) => email)).toEqual(['a@example.com', 'd@example.com']);
		expect(result.errorItems?.map(({ json }) => json.email)).toEqual([
			'taken@example.com',
			'nothing',
		]);
	});

	test('waits for the previous item of the same person', async () => {
		rig.fault({ when: { path: REGISTRATION, nth: 1 }, do: { kind: 'slow', ms: 80 } });
		const result = await create(
			{ email: EMAIL_OF_ITEM, additionalFields: { firstName: '={{ $json.n }}' } },
			{
				items: [
					{ json: { email: 'A@example.com', n: 1 } },
					{ json: { email: 'a@example.com', n: 2 } },
					{ json: { email: 'b@example.com', n: 3 } },
				],
				continueOnFail: true,
			},
		);

		expect(bodies().map((body) => Object.values(Object(body))[1])).toEqual(['1', '3', '2']);
		expect(data(result)[1]?.error).toContain('already registered');
	});
});

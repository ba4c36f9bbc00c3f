/** ARTSVP: the words of its errors, responses that its document does not know, and its key. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import artsvp from '../../vendors/artsvp.mts';
import { API_KEY, OTHER_API_KEY } from './shared.mts';

const rig = useVendor(artsvp);
const UNCLEAR = 'not known whether the change was made';

const RESOURCE = { resourceId: by('code', '667879') };
describe('the words of an error', () => {
	test.each([
		[{ error: 'Email is taken.' }, 'Email is taken.'],
		[{ message: 'Email is taken.' }, 'Email is taken.'],
		[{ errors: ['Email is taken.', 'Name is odd.'] }, 'Email is taken.; Name is odd.'],
		[{ error: { message: 'Email is taken.' } }, 'Email is taken.'],
		['Email is taken.', 'Email is taken.'],
		['<html>Bad request</html>', 'The request is invalid.'],
		[{ code: 17 }, 'The request is invalid.'],
		[{ error: '  ' }, 'The request is invalid.'],
	])('are the vendor’s own where it says any: %j', async (body, words) => {
		rig.fault({ do: { kind: 'status', status: 400, body } });

		expect(errorOf(await rig.run('event: getAll')).message).toBe(`${words} [item 0]`);
	});

	test('hold no key and no address', async () => {
		const error = `Key ${API_KEY} may not invite someone@example.com.`;
		rig.fault({ do: { kind: 'status', status: 400, body: { error } } });
		const result = await rig.run('invite: create', RESOURCE);

		expect(errorOf(result).message).toBe('Key [secret] may not invite [email]. [item 0]');
		expectNotStored(result, API_KEY);
		expectNotStored(result, 'someone@example.com');
	});

	test.each([
		[418, 'I am a teapot', 'I am a teapot'],
		[422, { code: 17 }, 'ARTSVP answered with HTTP 422 and a JSON object with "code"'],
		[409, '', 'ARTSVP answered with HTTP 409 and an empty body'],
	])('of an undocumented %d say what came', async (status, body, words) => {
		rig.fault({ do: { kind: 'status', status, body } });
		const error = errorOf(await rig.run('event: getAll'));

		expect(error).toMatchObject({ message: `${words} [item 0]`, httpCode: String(status) });
		expect(error.description).toContain('"Base URL"');
	});

	test.each(['error', 'message', 'empty'] as const)(
		'come from the body of the vendor, whatever its shape: %s',
		async (errorBody) => {
			rig.state.errorBody = errorBody;
			const result = await rig.run('booking: get', { bookingId: by('id', 'boo-none') });

			expect(errorOf(result).message).toBe('Data could not be found. [item 0]');
		},
	);
});

describe('a good answer that is not what the document says', () => {
	const READS: Array<[string, IDataObject, string]> = [
		['event: get', { eventId: by('id', 'eve-1') }, 'a record with an "id"'],
		['event: getAll', {}, 'a list of events'],
		['collection: getAll', {}, 'a list of collections'],
		['booking: getAll', {}, 'a list of bookings'],
		['invite: getAll', {}, 'a list of invites'],
		['invite: get', { inviteId: by('id', 'inv-1') }, 'a record with an "id"'],
	];
	const BODIES: Array<[unknown, string]> = [
		[{}, 'an empty JSON object'],
		[[], 'a JSON list'],
		[{ data: 'none' }, 'a JSON object with "data"'],
		[{ id: '' }, 'a JSON object with "id"'],
	];
	test.each(READS.flatMap(([...read]) => BODIES.map((body) => [...read, ...body] as const)))(
		'%s %j expects %s, got %j',
		async (operation, parameters, wanted, body, came) => {
			rig.fault({ do: { kind: 'wrongJson', body } });
			const result = await rig.run(operation, parameters);

			expect(errorOf(result).message).toBe(
				`ARTSVP answered with ${came} instead of ${wanted} [item 0]`,
			);
			expect(errorOf(result).description).not.toContain(UNCLEAR);
			expect(result.items).toEqual([]);
		},
	);
});

describe('the key', () => {
	test.each([
		[{}, API_KEY],
		[{ apiKey: ` ${API_KEY}\n` }, API_KEY],
		[{ apiKey: OTHER_API_KEY, bearerPrefix: false }, OTHER_API_KEY],
		[{ bearerPrefix: true }, `Bearer ${API_KEY}`],
	])('with %j is sent as %s', async (changes, authorization) => {
		const credentials = rig.credentials(changes);
		const result = await rig.run('event: getAll', { limit: 1 }, { credentials });

		expect(result.status).toBe('success');
		expect(rig.sent()[0]?.headers.authorization).toBe(authorization);
		expectNotStored(result, String(credentials.artsvpApi?.apiKey).trim());
	});

	test.each(['raw', 'bearer'] as const)('is refused in the other form than %s', async (form) => {
		rig.state.authorization = form;
		const run = async (bearerPrefix: boolean) =>
			await rig.run('event: getAll', {}, { credentials: rig.credentials({ bearerPrefix }) });

		expect((await run(form === 'bearer')).status).toBe('success');
		expect(errorOf(await run(form === 'raw'))).toMatchObject({
			message: 'The API key provided is invalid. [item 0]',
			httpCode: '401',
		});
	});

	test.each([
		[
			{ baseUrl: 'http://api.example.com' },
			'"Base URL" of the credential must start with https://',
		],
		[{ baseUrl: '' }, '"Base URL" of the credential is empty'],
		[{ baseUrl: 'https://a.example.com?key=1' }, 'may hold only a host and a path'],
		[
			{ rateLimitRequests: 0 },
			'"Rate Limit (Requests)" of the credential must be a number above 0',
		],
		[{ rateLimitSeconds: -1 }, '"Rate Limit (Seconds)" of the credential must be a number above 0'],
		[{ rateLimitSeconds: 'soon' }, '"Rate Limit (Seconds)" of the credential must be a number'],
	])('a credential with %j sends nothing', async (changes, complaint) => {
		const result = await rig.run('event: getAll', {}, { credentials: rig.credentials(changes) });

		expect(errorOf(result).message).toContain(complaint);
		expect(rig.sent()).toEqual([]);
	});
});

describe('one failed item of many', () => {
	const items = () => {
		const ids = rig.state.bookings().map(({ id }) => id);
		return [ids[0], 'boo-none', ids[2]].map((id) => ({ json: { id: String(id) } }));
	};
	const get = { bookingId: by('id', '={{ $json.id }}') };

	test('stops the run, names the item and says how many were done', async () => {
		const result = await rig.run(
			'booking: get',
			{ ...get, options: { concurrency: 1 } },
			{ items: items() },
		);

		expect(errorOf(result)).toMatchObject({
			message: 'Data could not be found. [item 1]',
			itemIndex: 1,
		});
		expect(errorOf(result).description).toContain('1 of 3 items were done');
		expect(rig.sent()).toHaveLength(2);
	});

	test.each([{ continueOnFail: true }, { onError: 'continueRegularOutput' as const }])(
		'goes on with %j',
		async (setting) => {
			const given = items();
			const result = await rig.run('booking: get', get, { items: given, ...setting });

			expect(result.status).toBe('success');
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
			expect(data(result).map(({ id }) => id)).toEqual([
				given[0]?.json.id,
				undefined,
				given[2]?.json.id,
			]);
			expect(data(result)[1]).toMatchObject({
				error: 'Data could not be found. [item 1]',
				details: { httpCode: 404, ambiguous: false },
			});
			expectNotStored(result, API_KEY);
		},
	);

	test('goes to the error output with its input', async () => {
		const result = await rig.run('booking: get', get, {
			items: items(),
			onError: 'continueErrorOutput',
		});

		expect(data(result)).toHaveLength(2);
		expect(result.errorItems?.map(({ json }) => json)).toMatchObject([
			{ id: 'boo-none', error: 'Data could not be found. [item 1]' },
		]);
	});

	test('an unclear create goes on as unclear', async () => {
		rig.fault({ when: { nth: 2 }, do: { kind: 'resetAfterEffect' } });
		const result = await rig.run(
			'invite: create',
			{
				resourceId: by('id', nth(rig.state.events.all()).id),
				additionalFields: { email: '={{ $json.email }}' },
				options: { concurrency: 1 },
			},
			{ items: crowd(3), continueOnFail: true },
		);

		expect(data(result)[1]).toMatchObject({ details: { ambiguous: true } });
		expect(rig.sent()).toHaveLength(3);
		expect(rig.state.invites()).toHaveLength(25 + 3);
	});
});

// The example that creates the new edition of an event, started by its form and manually, and Eventtia's records
// afterwards.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { type ScriptedServer, startScripted } from '../../support/scripted-server.mts';
import { until } from '../support/client.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import { runWorkflow, submitForm } from '../support/n8n.mts';
import { useVendors } from '../support/vendors.mts';

const DEADLINE_MS = 30_000;
const ANSWERS = ['Fête & Fair', '2027-05-03', '2027-05-05'];
const NEW_URI = 'fete-fair-2027';

const vendors = useVendors();
const server = () => vendors().sandbox.eventtia;
const source = () => server().state.event();
const cloning = () => server().requests.filter(({ path }) => path.endsWith('/clone'));
let target: ScriptedServer;

beforeAll(async () => {
	target = await startScripted(() => ({ status: 200 }));
});
afterAll(async () => {
	await target.close();
});

const example = () =>
	exampleWith('eventtia-new-edition.json', [vendors().eventtia], {
		'Hear of Registrations': { targetUrl: `${target.url}/news-of-registrations` },
	});

/** A time in the event's zone, which is that of the cloned event. */
function local(time: string): number {
	return DateTime.fromISO(time, { zone: source().facts.zone }).toMillis();
}

describe('Eventtia: a new edition of an event', () => {
	test('exists after the form was submitted, with its days, its programme and its webhook', async () => {
		const before = { ...source().facts };
		const programme = source().activities.activities.size;

		const { form, page } = await submitForm(example(), ANSWERS);

		expect(form).toContain('A new edition');
		const { facts, activities, attendeeTypes, attendees } = server().state.event(NEW_URI);
		expect(facts).toMatchObject({
			name: ANSWERS[0],
			clonedFromId: Number(source().id),
			start: local('2027-05-03T09:00:00'),
			end: local('2027-05-05T18:00:00'),
		});
		expect(attendeeTypes.all().map(({ name }) => name)).toEqual(
			source()
				.attendeeTypes.all()
				.map(({ name }) => name),
		);
		expect(
			[...activities.activities.values()].map((one) => [one.name, one.start_date, one.end_date]),
		).toEqual([
			['Welcome', local('2027-05-03T09:30:00'), local('2027-05-03T10:00:00')],
			['Workshops', local('2027-05-03T10:30:00'), local('2027-05-03T12:30:00')],
			['Get-together', local('2027-05-03T17:00:00'), local('2027-05-03T18:00:00')],
		]);
		expect(source().facts).toEqual(before);
		expect(source().activities.activities.size).toBe(programme);
		expect(page).toContain('Your event is there');
		expect(page).toContain('opens on 3 May 2027');
		expect(page).toContain(NEW_URI);
		expect(page).not.toContain('by hand');

		attendees.register({ email: 'new@example.com', first_name: 'New', last_name: 'Attendee' });
		await until('the news', DEADLINE_MS, async () => target.seen.length > 0);
		expect(target.seen.map(({ method, url }) => [method, url])).toEqual([
			['POST', '/news-of-registrations'],
		]);
	});

	test('is created once, and reports what is missing, when an activity is refused', async () => {
		server().faults.add({
			when: { path: '/api/v3/events/fete-fair-2027/workshops', nth: 2 },
			do: { kind: 'status', status: 422, body: '{"message":"The hall is taken"}' },
		});

		const { page } = await submitForm(example(), ANSWERS);

		expect(cloning()).toHaveLength(1);
		const { activities } = server().state.event(NEW_URI);
		expect([...activities.activities.values()].map(({ name }) => name)).toEqual([
			'Welcome',
			'Get-together',
		]);
		expect(page).toContain('Your event is there');
		expect(page).toMatch(/by hand: .*The hall is taken/);
	});

	test('is not created a second time when its URI is taken: the page says what exists', async () => {
		server().faults.add({
			when: { path: '/api/v3/events/test-event-1-clone', method: 'PUT', every: 1 },
			do: { kind: 'status', status: 422, body: '{"message":"Event uri has already been taken"}' },
		});

		const { page } = await submitForm(example(), ANSWERS);

		expect(cloning()).toHaveLength(1);
		expect(page).toContain('That did not work to the end');
		expect(page).toContain('The new event is there, but it is not finished.');
	});

	test('is not cloned again when the response to the clone was lost', async () => {
		server().faults.add({
			when: { path: `/api/v3/events/${EVENTTIA_CREDENTIALS.eventUri}/clone`, nth: 1 },
			do: { kind: 'resetAfterEffect' },
		});

		const { page } = await submitForm(example(), ANSWERS);

		expect(cloning()).toHaveLength(1);
		expect(page).toContain('Please look in Eventtia before you send the form again.');
	});

	test('can be tested manually, without the form and without the webhook', async () => {
		const { nodes, ...workflow } = example();
		const execution = await runWorkflow({
			...workflow,
			nodes: nodes.map((node) =>
				node.name === 'Hear of Registrations' ? { ...node, disabled: true } : node,
			),
		});

		expect(execution.error).toBeUndefined();
		const year = DateTime.now().plus({ months: 6 }).year;
		const { facts, activities } = server().state.event(`spring-fair-${year}`);
		expect(execution.items('Your Event Is There').map(({ json }) => json)).toEqual([
			{
				title: 'Your event is there',
				text: expect.stringMatching(
					new RegExp(`^Spring Fair opens on .* ${year}: \\S+${facts.uri}$`),
				),
				address: expect.stringContaining(facts.uri),
				activities: activities.activities.size,
			},
		]);
		expect(activities.activities.size).toBe(3);
		expect(server().state.webHooks.of(EVENTTIA_CREDENTIALS.email)).toEqual([]);
		expect(facts.end - facts.start).toBe(33 * 60 * 60 * 1000);
	});
});

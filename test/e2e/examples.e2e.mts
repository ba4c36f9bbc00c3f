// The example workflows, run as they are in the repository, and the vendors' records afterwards.

import { describe, expect, test } from '@jest/globals';
import { exampleFiles, exampleWith, readExample } from './support/exampleFiles.mts';
import { type Workflow, runWorkflow, saveCredential, submitForm } from './support/n8n.mts';
import { credentialData, SEEDED_GUESTS, useVendors } from './support/vendors.mts';

const vendors = useVendors();

/** The example with the test's credentials, chosen as a user would; `inEvent`: another one for InEvent. */
function example(file: string, inEvent = vendors().inEvent): Workflow {
	const { eventVault, invitario, artsvp, eventtia } = vendors();
	return exampleWith(file, [eventVault, invitario, artsvp, inEvent, eventtia]);
}

describe('Invitario: checked-in guests to Event Vault', () => {
	const checkedIn = () =>
		vendors()
			.sandbox.invitario.state.guests()
			.filter(
				(guest) =>
					guest.checkInDateTime !== null &&
					guest.checkOutDateTime === null &&
					guest.deleteDateTime === null,
			)
			.map(({ fields }) => String(fields.email));
	const run = async () => await runWorkflow(example('invitario-checked-in-to-event-vault.json'));

	test('puts exactly the checked-in guests on the list, each with an entry ticket', async () => {
		vendors().sandbox.eventVault.reset({ guests: 3 });
		const event = vendors().sandbox.eventVault.state.event();
		const listedBefore = event.guests().map(({ email }) => email);
		const emails = checkedIn();

		const execution = await run();

		expect(emails.length).toBeGreaterThan(3);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Put Them on the Guest List').map(({ json }) => json)).toEqual(
			emails.map((email) =>
				expect.objectContaining({
					email,
					result: listedBefore.includes(email) ? 'existed' : 'created',
				}),
			),
		);
		expect(execution.items('Give Each an Entry Ticket').map(({ json }) => json)).toEqual(
			emails.map((email) => expect.objectContaining({ email, ticketType: 'ENTRY' })),
		);
		expect(new Set(event.guests().map(({ email }) => email))).toEqual(
			new Set([...listedBefore, ...emails]),
		);
		for (const email of emails) {
			expect(event.ticketsFor(email)).toContainEqual({
				EMAIL: email,
				TIER: 'ENTRY',
				sessionId: '',
			});
		}
	});

	test('copies the names and companies', async () => {
		vendors().sandbox.eventVault.reset({ guests: 0 });
		const guests = vendors().sandbox.invitario.state.guests();
		const byEmail = new Map(guests.map(({ fields }) => [fields.email, fields]));

		await run();

		const listed = vendors().sandbox.eventVault.state.event().guests();
		expect(listed.length).toBeGreaterThan(3);
		for (const { email, country, vCardData } of listed) {
			const fields = byEmail.get(email);
			expect(vCardData.FN).toContain(fields?.lastName);
			expect([vCardData.ORG, vCardData.ROLE, vCardData.TEL, country]).toEqual([
				fields?.company,
				fields?.position,
				fields?.phone,
				fields?.country,
			]);
		}
	});

	test('changes nothing in a second run', async () => {
		await run();
		const event = vendors().sandbox.eventVault.state.event();
		const guests = event.guests();
		const tickets = event.tickets();

		const again = await run();

		expect(again.status).toBe('success');
		const results = again.items('Put Them on the Guest List').map(({ json }) => json.result);
		expect(new Set(results)).toEqual(new Set(['existed']));
		expect(event.guests()).toEqual(guests);
		expect(event.tickets()).toEqual(tickets);
	});
});

test('Event Vault: the guest list step by step leaves the list unchanged', async () => {
	const event = vendors().sandbox.eventVault.state.event();
	const before = event.guests();

	const execution = await runWorkflow(example('event-vault-guest-list.json'));

	const output = (name: string) => execution.items(name).map(({ json }) => json);
	const email = 'jane.doe@example.com';
	expect(execution.error).toBeUndefined();
	expect(output('Add a Guest')).toEqual([expect.objectContaining({ email, result: 'added' })]);
	expect(output('Find the Guest')).toEqual([expect.objectContaining({ email, name: 'Jane Doe' })]);
	expect(output('Remove the Guest')).toEqual([expect.objectContaining({ email, deleted: true })]);
	expect(output('Count the Guests')).toEqual([
		expect.objectContaining({ guestCount: SEEDED_GUESTS }),
	]);
	expect(event.guests()).toEqual(before);
});

describe('ARTSVP: art-fair invitations from a list', () => {
	const run = async () => await runWorkflow(example('artsvp-art-fair-invitations.json'));
	const emails = ['lucy.green@example.com', 'omar.haddad@example.com', 'mei.tanaka@example.com'];
	const state = () => vendors().sandbox.artsvp.state;
	const invited = () =>
		state()
			.invites()
			.filter(({ email }) => emails.includes(email));

	test('invites each guest of the list and outputs the links', async () => {
		const before = state().invites();

		const execution = await run();

		expect(execution.error).toBeUndefined();
		expect(state().invites().slice(0, before.length)).toEqual(before);
		const added = state().invites().slice(before.length);
		expect(new Set(added.map(({ email }) => email))).toEqual(new Set(emails));
		expect(added).toHaveLength(emails.length);
		for (const { tags, meta_data: metaData, amount_used: used, resource } of added) {
			expect([tags, used, resource.object]).toEqual([['art_fair'], '0/1', 'event']);
			expect(metaData).toEqual({ company: expect.stringMatching(/\w/) });
		}
		const links = new Map(added.map(({ email, name, url }) => [email, { name, url }]));
		expect(execution.items('Personal Links').map(({ json }) => json)).toEqual(
			emails.map((email) => ({
				email,
				name: links.get(email)?.name,
				link: links.get(email)?.url,
				result: 'created',
			})),
		);
	});

	test('invites no one twice in a second run', async () => {
		const first = await run();
		// Run again later: within two seconds an invite counts as new.
		for (const invite of state().storedInvites.all()) {
			invite.createdAt = '2023-01-09T09:00:00.000Z';
		}
		const before = invited();

		const again = await run();

		expect(again.status).toBe('success');
		expect(invited()).toEqual(before);
		const links = (execution: typeof first) =>
			execution.items('Personal Links').map(({ json }) => json);
		expect(links(again)).toEqual(links(first).map((link) => ({ ...link, result: 'existed' })));
	});
});

describe('InEvent: a branded form with safe retries', () => {
	const FILE = 'inevent-branded-form.json';
	const ANSWERS = [
		'ann.smith@example.com',
		'Ann',
		'Smith',
		'Smith & Co',
		'I accept',
		'Yes, please',
	];
	const inEvent = () => vendors().sandbox.inEvent;
	const attendees = () => inEvent().state.event().attendees();
	const registrations = () =>
		inEvent().requests.filter(({ path }) => path === '/v1/events/evt_123/registration');

	test('registers the sample answers once, in any number of runs', async () => {
		const execution = await runWorkflow(example(FILE));
		const registered = [...attendees()];
		const again = await runWorkflow(example(FILE));

		expect([execution.error, again.error]).toEqual([undefined, undefined]);
		expect(registered).toHaveLength(SEEDED_GUESTS + 1);
		expect(registered.at(-1)).toMatchObject({
			email: 'jane.doe@example.com',
			first_name: 'Jane',
			last_name: 'Doe',
			custom_fields: { company: 'Acme Corp' },
		});
		expect(attendees()).toEqual(registered);
		const output = execution.items('You Are Registered').map(({ json }) => json);
		expect(output).toEqual([
			expect.objectContaining({
				email: 'jane.doe@example.com',
				checkInCode: expect.stringMatching(/^QR_/),
			}),
		]);
		expect(again.items('You Are Registered').map(({ json }) => json)).toEqual(output);
	});

	test('registers a guest who submits the form, and shows the code for the door', async () => {
		inEvent().faults.add({
			when: { path: '/v1/events/evt_123/registration', nth: 1 },
			do: { kind: 'resetAfterEffect' },
		});
		// Its token is new, so that the connection breaks during the registration.
		const credential = await saveCredential(
			'inEventOAuth2Api',
			credentialData('inEvent', inEvent().url),
		);

		const { form, page } = await submitForm(example(FILE, credential), ANSWERS);

		expect(form).toContain('Come to the launch');
		expect(attendees()).toHaveLength(SEEDED_GUESTS + 1);
		expect(attendees().at(-1)).toMatchObject({
			email: 'ann.smith@example.com',
			first_name: 'Ann',
			last_name: 'Smith',
			custom_fields: { company: 'Smith & Co' },
		});
		expect(registrations().map(({ status }) => status)).toEqual([0, 201]);
		expect(registrations().at(-1)?.body).toMatchObject({
			consents: { privacy_policy: true, marketing_opt_in: true },
			source: 'website',
		});
		expect(page).toContain('You are registered');
		expect(page).toMatch(/QR_[0-9A-F]{8}/);
	});

	test('asks a guest whom InEvent refuses to try again', async () => {
		const { attendee } = inEvent().state.event().register({ email: 'ann.smith@example.com' });

		const { page } = await submitForm(example(FILE), ANSWERS);

		expect(attendees().at(-1)).toEqual(attendee);
		expect(page).toContain('That did not work');
	});

	test('informs the organiser of what InEvent did not accept', async () => {
		inEvent().state.event().register({ email: 'jane.doe@example.com' });

		const execution = await runWorkflow(example(FILE));

		expect(execution.status).toBe('success');
		expect(execution.items('You Are Registered')).toEqual([]);
		expect(execution.items('Please Try Again').map(({ json }) => json)).toEqual([
			{
				title: 'That did not work',
				text: expect.any(String),
				email: 'jane.doe@example.com',
				problem: expect.stringMatching(/already registered/),
				'what to do': expect.stringMatching(/HTTP 409/),
			},
		]);
	});
});

describe('Eventtia: from registration to the door list', () => {
	const run = async () => await runWorkflow(example('eventtia-registration-to-door-list.json'));
	const TICKETS = new Map([
		['VIP', 'VIP'],
		['Leader Group', 'GROUP'],
		['General Public', 'ENTRY'],
	]);
	const show = () => vendors().sandbox.eventtia.state.event();
	const list = () => vendors().sandbox.eventVault.state.event();
	const confirmed = () =>
		Array.from(show().attendees.all())
			.filter(({ status, archived }) => status === 'confirmed' && !archived)
			.map((attendee) => ({
				email: show().attendees.fieldValue(attendee, 'email') ?? '',
				company: show().attendees.fieldValue(attendee, 'company'),
				ticket: TICKETS.get(show().attendees.attendeeType(attendee).name) ?? '',
			}));

	test('puts exactly the confirmed attendees on the list, each with the ticket of their type', async () => {
		vendors().sandbox.eventVault.reset({ guests: 0 });

		const execution = await run();

		expect(execution.error).toBeUndefined();
		expect(new Set(confirmed().map(({ ticket }) => ticket)).size).toBe(TICKETS.size);
		expect(confirmed().length).toBeLessThan(show().attendees.listed);
		expect(list().guests()).toHaveLength(confirmed().length);
		const companies = new Map(
			list()
				.guests()
				.map((guest) => [guest.email, guest.vCardData.ORG]),
		);
		for (const { email, company, ticket } of confirmed()) {
			expect(companies.get(email)).toBe(company);
			expect(
				list()
					.ticketsFor(email)
					.map(({ TIER }) => TIER),
			).toEqual([ticket]);
		}
		expect(
			execution.items('Give Each Their Ticket').map(({ json }) => [json.email, json.ticketType]),
		).toEqual(confirmed().map(({ email, ticket }) => [email, ticket]));
	});

	test('changes nothing in a second run', async () => {
		await run();
		const [guests, tickets] = [list().guests(), list().tickets()];

		const again = await run();

		expect(again.status).toBe('success');
		const results = again.items('Put Them on the Guest List').map(({ json }) => json.result);
		expect(new Set(results)).toEqual(new Set(['existed']));
		expect(list().guests()).toEqual(guests);
		expect(list().tickets()).toEqual(tickets);
	});
});

describe('Eventtia: after the show', () => {
	const FILE = 'eventtia-after-the-show.json';
	const show = () => vendors().sandbox.eventtia.state.event();
	const report = async (workflow = example(FILE)) => {
		const execution = await runWorkflow(workflow);
		expect(execution.error).toBeUndefined();
		return execution.items('The Report').map(({ json }) => json);
	};

	test('outputs one report of no-shows, answers, leads and payments', async () => {
		const { attendees, surveys, exhibitors, payments } = show();
		const confirmed = Array.from(attendees.all()).filter(
			({ status, archived }) => status === 'confirmed' && !archived,
		);
		const absent = confirmed.filter(({ checkedInAt }) => checkedInAt === null);
		const survey = [...surveys.surveys.values()].filter((one) => surveys.answersTo(one).length > 0);
		const accepted = [...payments.payments.values()].filter(({ status }) => status === 'accepted');

		const [item, ...others] = await report();

		expect(others).toEqual([]);
		expect(absent.length).toBeGreaterThan(3);
		expect(item).toMatchObject({
			event: show().uri,
			confirmed: confirmed.length,
			didNotCome: absent.length,
		});
		expect(item?.noShows).toEqual(
			absent.map((attendee) => ({
				name: expect.any(String),
				email: attendees.fieldValue(attendee, 'email'),
				company: attendees.fieldValue(attendee, 'company'),
				phone: attendees.fieldValue(attendee, 'telephone'),
				ticketType: attendees.attendeeType(attendee).name,
			})),
		);
		expect(survey.length).toBeGreaterThan(0);
		expect(item?.surveyAnswers).toEqual(
			survey.flatMap((one) =>
				surveys.answersTo(one).map(({ values }) => ({
					survey: one.name,
					answers: Object.fromEntries(one.questions.map(({ id, name }) => [name, values[id]])),
				})),
			),
		);
		const stands = [...exhibitors.reservations.values()].filter(({ isPublic }) => isPublic);
		expect(item?.leadsPerExhibitor).toEqual(
			stands.map(({ id, display_name: exhibitor }) => ({
				exhibitor,
				leads: exhibitors.leadsFor(id).length,
			})),
		);
		expect(accepted.length).toBeGreaterThan(2);
		expect(item?.payments).toEqual([
			{
				currency: show().facts.currency,
				payments: accepted.length,
				total: accepted.reduce((sum, { total_amount: amount }) => sum + Number(amount), 0),
			},
		]);
	});

	test('leaves out what an event does not have', async () => {
		const { exhibitors, payments } = show();
		exhibitors.reservations.clear();
		payments.payments.clear();

		const [item] = await report();

		expect(item).toMatchObject({ leadsPerExhibitor: [], payments: [] });
		expect(item?.didNotCome).toBeGreaterThan(3);
	});
});

test('every example names its credentials and says in notes what to fill in', () => {
	expect(exampleFiles().length).toBeGreaterThan(1);
	for (const file of exampleFiles()) {
		const { nodes } = readExample(file);
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-guestlist.'));
		expect(ours.every(({ credentials }) => credentials !== undefined)).toBe(true);
		expect(nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
	}
});

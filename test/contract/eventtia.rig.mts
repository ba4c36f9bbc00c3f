/** The sandbox of Eventtia in the state that its contract table needs. */
import { EVENTTIA_CREDENTIALS } from '../../sandbox/credentials.mts';
import { EVENTTIA } from '../../sandbox/eventtia/vendor.mts';
import { Clock } from '../../sandbox/shared/clock.mts';
import { startSandbox, type EventtiaState } from '../../sandbox/start.mts';
import { eventtiaContract, TARGETS, type Seeded } from './eventtia.contract.mts';
import type { ContractRig } from './support/describeContract.mts';

const GUESTS = 25;
const GROUP_SEATS = 3;

function first<T>(rows: Iterable<T>): T {
	for (const row of rows) return row;
	throw new Error('The sandbox has none of these');
}

function second<T>(rows: Iterable<T>): T {
	const [, row] = rows;
	if (row === undefined) throw new Error('The sandbox has only one of these');
	return row;
}

/**
 * Adds to a fresh seed what the runs need beside it.
 *
 * @returns the ids of everything that they name; the same whenever the seed is
 */
function prepared(state: EventtiaState): Seeded {
	const event = state.event();
	const attendeeType = first(event.attendeeTypes.all());
	const fieldCalled = (name: string) =>
		first(attendeeType.fields.filter((field) => field.name === name)).id;
	const attendee = first(event.attendees.all());
	const activityId = first(event.activities.activities.keys());
	const otherActivityId = second(event.activities.activities.keys());
	event.activities.register(attendee.id, activityId);
	const conference = first(event.networking.conferences.values());
	const participantType = first(conference.types.values());
	const survey = first(event.surveys.surveys.values());
	const { email: accountEmail } = EVENTTIA_CREDENTIALS;
	const trigger = 'attendee_updated';
	state.webHooks.add({ targetUrl: TARGETS.ofEvent, trigger, accountEmail, event });
	state.webHooks.add({ targetUrl: TARGETS.ofAccount, trigger, accountEmail, event: null });
	return {
		activityId,
		otherActivityId,
		categoryIds: [
			first(event.activities.categories.keys()),
			second(event.activities.categories.keys()),
		],
		attendeeId: attendee.id,
		attendeeEmail: event.attendees.valueOf(attendee, 'email') ?? '',
		attendeeTypeId: attendeeType.id,
		dietFieldId: fieldCalled('Diet'),
		commentsFieldId: fieldCalled('Comments'),
		conferenceId: conference.id,
		participantTypeId: participantType.id,
		participantId: first(conference.participants.keys()),
		unavailableHourId: first(participantType.unavailableHours.keys()),
		guestId: first(event.guests.all()).id,
		groupUuid: event.groups.open(new Map([[attendeeType.id, GROUP_SEATS]])).uuid,
		purchaseItemId: first(event.merchandising.items.keys()),
		standReservationId: first(event.exhibitors.reservations.keys()),
		standCategoryId: first(event.exhibitors.categories.keys()),
		zoneId: first(event.exhibitors.zones.keys()),
		messageId: first(event.communications.messages.keys()),
		surveyId: survey.id,
		ratingQuestionId: first(survey.questions).id,
		textQuestionId: second(survey.questions).id,
		fileCategoryId: first(event.files.categoryIds),
	};
}

/** The ids that every reset of the sandbox gives again. */
function seededIds(): Seeded {
	const state = EVENTTIA.createState(new Clock());
	state.reset({ guests: GUESTS });
	return prepared(state);
}

export const EVENTTIA_CONTRACT = eventtiaContract(seededIds());

export async function startEventtiaRig(): Promise<ContractRig> {
	const sandbox = await startSandbox({ vendors: ['eventtia'], seed: { guests: GUESTS } });
	const { eventtia } = sandbox;
	const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
	return {
		credentials: {
			eventtiaApi: {
				sessionToken: '',
				authenticateAs: 'user',
				email,
				password,
				accountApiKey,
				baseUrl: eventtia.url,
				rateLimitRequests: 100_000,
				rateLimitSeconds: 60,
			},
		},
		requests: eventtia.requests,
		refused: eventtia.refused,
		reset() {
			eventtia.reset();
			prepared(eventtia.state);
		},
		close: sandbox.close,
	};
}

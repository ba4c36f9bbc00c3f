/** The records that Eventtia's contract table names, in a fresh sandbox. */
import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { EVENTTIA } from '../../sandbox/eventtia/vendor.mts';
import { Clock } from '../../sandbox/shared/clock.mts';
import type { EventtiaState } from '../../sandbox/start.mts';
import { nth } from '../rig/records.mts';
import { eventtiaContract, TARGETS, type Seeded } from './eventtia.contract.mts';

/** How many guests the sandbox must start with. */
export const GUESTS = 25;
const GROUP_SEATS = 3;

/**
 * Adds the records that the table needs and a fresh seed does not have.
 * @returns the IDs of the records that the table names; they are the same after every reset
 */
export function seedContract(state: EventtiaState): Seeded {
	const event = state.event();
	const attendeeType = nth(event.attendeeTypes.all());
	const fieldCalled = (name: string) =>
		nth(attendeeType.fields.filter((field) => field.name === name)).id;
	const attendee = nth(event.attendees.all());
	const activityId = nth(event.activities.activities.keys());
	const otherActivityId = nth(event.activities.activities.keys(), 1);
	event.activities.register(attendee.id, activityId);
	const conference = nth(event.networking.conferences.values());
	const participantType = nth(conference.types.values());
	const survey = nth(event.surveys.surveys.values());
	const { email: accountEmail } = EVENTTIA_CREDENTIALS;
	const trigger = 'attendee_updated';
	state.webHooks.add({ targetUrl: TARGETS.ofEvent, trigger, accountEmail, event });
	state.webHooks.add({ targetUrl: TARGETS.ofAccount, trigger, accountEmail, event: null });
	return {
		activityId,
		otherActivityId,
		categoryIds: [
			nth(event.activities.categories.keys()),
			nth(event.activities.categories.keys(), 1),
		],
		attendeeId: attendee.id,
		attendeeEmail: event.attendees.fieldValue(attendee, 'email') ?? '',
		attendeeTypeId: attendeeType.id,
		dietFieldId: fieldCalled('Diet'),
		commentsFieldId: fieldCalled('Comments'),
		conferenceId: conference.id,
		participantTypeId: participantType.id,
		participantId: nth(conference.participants.keys()),
		unavailableHourId: nth(participantType.unavailableHours.keys()),
		guestId: nth(event.guests.all()).id,
		groupUuid: event.groups.open(new Map([[attendeeType.id, GROUP_SEATS]])).uuid,
		purchaseItemId: nth(event.merchandising.items.keys()),
		standReservationId: nth(event.exhibitors.reservations.keys()),
		standCategoryId: nth(event.exhibitors.categories.keys()),
		zoneId: nth(event.exhibitors.zones.keys()),
		messageId: nth(event.communications.messages.keys()),
		surveyId: survey.id,
		ratingQuestionId: nth(survey.questions).id,
		textQuestionId: nth(survey.questions, 1).id,
		fileCategoryId: nth(event.files.categoryIds),
	};
}

/** The ids that the sandbox has after every reset. */
function seededIds(): Seeded {
	const state = EVENTTIA.createState(new Clock());
	state.reset({ guests: GUESTS });
	return seedContract(state);
}

export const EVENTTIA_CONTRACT = eventtiaContract(seededIds());

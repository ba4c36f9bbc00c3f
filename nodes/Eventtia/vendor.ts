/**
 * Eventtia as the item loop sees it.
 */
import type { Vendor } from '../shared/action/types';
import { CREDENTIAL_TYPE, EVENTTIA, EventtiaClient } from './client';
import { activity } from './resources/activity';
import { activityCategory } from './resources/activityCategory';
import { attendee } from './resources/attendee';
import { attendeeActivity } from './resources/attendeeActivity';
import { attendeeType } from './resources/attendeeType';
import { businessConference } from './resources/businessConference';
import { city } from './resources/city';
import { country } from './resources/country';
import { event } from './resources/event';
import { eventCustomField } from './resources/eventCustomField';
import { eventFile } from './resources/eventFile';
import { eventParameter } from './resources/eventParameter';
import { guest } from './resources/guest';
import { lead } from './resources/lead';
import { meeting } from './resources/meeting';
import { message } from './resources/message';
import { participant } from './resources/participant';
import { participantType } from './resources/participantType';
import { payment } from './resources/payment';
import { pointOfInterest } from './resources/pointOfInterest';
import { purchase } from './resources/purchase';
import { purchaseItem } from './resources/purchaseItem';
import { qaSession } from './resources/qaSession';
import { region } from './resources/region';
import { speaker } from './resources/speaker';
import { standCategory } from './resources/standCategory';
import { standReservation } from './resources/standReservation';
import { standZone } from './resources/standZone';
import { survey } from './resources/survey';
import { surveyAnswer } from './resources/surveyAnswer';
import { unavailableHour } from './resources/unavailableHour';
import { webhook } from './resources/webhook';

const DEFAULT_CONCURRENCY = 5;

/** The first one is what a new node starts with. */
export const vendor: Vendor<EventtiaClient> = {
	name: EVENTTIA,
	credentialType: CREDENTIAL_TYPE,
	resources: [
		attendee,
		activity,
		activityCategory,
		attendeeActivity,
		attendeeType,
		businessConference,
		city,
		country,
		event,
		eventCustomField,
		eventFile,
		eventParameter,
		guest,
		lead,
		meeting,
		message,
		participant,
		participantType,
		payment,
		pointOfInterest,
		purchase,
		purchaseItem,
		qaSession,
		region,
		speaker,
		standCategory,
		standReservation,
		standZone,
		survey,
		surveyAnswer,
		unavailableHour,
		webhook,
	],
	defaultConcurrency: DEFAULT_CONCURRENCY,
	connect: (settings) => new EventtiaClient(settings),
};

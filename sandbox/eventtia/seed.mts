// What the Eventtia sandbox starts with: two accounts and their events.

import { DAY } from '../shared/time.mts';
import { EVENTTIA_CREDENTIALS } from './credentials.mts';
import { BLANK_EVENT, type EventFacts, EventtiaEvent } from './event.mts';
import type { EventtiaAccount, EventtiaState } from './state.mts';

/** An account with an event that no other account may see. */
export const OTHER_ACCOUNT: EventtiaAccount = {
	email: 'other@example.com',
	password: 'other-password-eventtia',
	username: 'Other Account',
	clientId: 'other-client-eventtia',
	clientSecret: 'other-secret-eventtia',
	apiKey: 'other-account-key',
};

/** Attendees of the other events: a different number, so that a request to the wrong event is noticed. */
const OTHER_EVENT_ATTENDEES = 3;

const BOGOTA: EventFacts = {
	...BLANK_EVENT,
	name: 'Test Event',
	uri: EVENTTIA_CREDENTIALS.eventUri,
	start: Date.parse('2026-10-13T08:00:00-05:00'),
	end: Date.parse('2026-10-15T18:00:00-05:00'),
	place: { lat: 6.15384, lng: -75.533, cityId: 7993, countryId: 51 },
	address: 'Calle 10, Medellín',
	customFields: { '692349': 'CC-10', '692350': 'Sales', '692351': ['internal', 'flagship'] },
};
/** Ends after the clocks in Europe have gone back (25 October 2026). */
const VIENNA: EventFacts = {
	...BLANK_EVENT,
	name: 'Vienna Summit',
	uri: EVENTTIA_CREDENTIALS.otherEventUri,
	start: Date.parse('2026-10-23T09:00:00+02:00'),
	end: Date.parse('2026-10-26T17:00:00+01:00'),
	zone: 'Europe/Vienna',
	language: 'en',
	currency: 'EUR',
	place: { lat: 48.2, lng: 16.37, cityId: 8101, countryId: 14 },
	address: 'Am Hof 1, Vienna',
	customFields: { '692350': 'Marketing', '692351': ['hybrid'] },
};
const TEMPLATE: EventFacts = {
	...BLANK_EVENT,
	name: 'Template Event',
	uri: EVENTTIA_CREDENTIALS.templateEventUri,
	start: Date.parse('2026-12-01T09:00:00-05:00'),
	end: Date.parse('2026-12-01T18:00:00-05:00'),
	isTemplate: true,
};
const FOREIGN: EventFacts = {
	...BLANK_EVENT,
	name: 'Event of Another Account',
	uri: EVENTTIA_CREDENTIALS.foreignEventUri,
	start: Date.parse('2026-11-02T09:00:00-05:00'),
	end: Date.parse('2026-11-02T18:00:00-05:00'),
};
const CREATED_AT = Date.parse('2026-01-10T14:30:06Z');
const CREATED_STEP_MS = DAY;

/** The events to start with; the first one has `guests` attendees. */
export function seedEvents(state: EventtiaState, guests: number): EventtiaEvent[] {
	const { email } = EVENTTIA_CREDENTIALS;
	const rows = [
		{ facts: BOGOTA, owner: email, attendees: guests },
		{ facts: VIENNA, owner: email, attendees: OTHER_EVENT_ATTENDEES },
		{ facts: TEMPLATE, owner: email, attendees: 0 },
		{ facts: FOREIGN, owner: OTHER_ACCOUNT.email, attendees: OTHER_EVENT_ATTENDEES },
	];
	return rows.map(({ facts, owner, attendees }, index) => {
		const at = CREATED_AT + index * CREATED_STEP_MS;
		const apiKey = `sandbox-event-key-${index + 1}`;
		const own = { ...facts, customFields: { ...facts.customFields } };
		return new EventtiaEvent(state, owner, own, apiKey, at, { filled: true, attendees });
	});
}

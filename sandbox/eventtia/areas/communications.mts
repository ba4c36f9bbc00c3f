// Massive messages and their statistics.

import { type Endpoint, json } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { notFound } from '../failure.mts';
import { type Resource, respondWithList, pageQuery } from '../jsonapi.mts';
import type { MassiveMessage } from '../records/communications.mts';
import type { EventtiaState } from '../state.mts';

const ACCOUNT_ID = 54321;
const USER_ID = 22334;
const EMAIL_ACCOUNT_ID = 44556;

function shownMessage(event: EventtiaEvent, message: MassiveMessage): Resource {
	const { id, stats } = message;
	return {
		id,
		type: 'conditioned_massive_messages',
		attributes: {
			account_id: ACCOUNT_ID,
			created_at: event.local(message.created_at),
			updated_at: event.local(message.updated_at),
			subject: message.subject,
			body: message.body,
			created_by_id: USER_ID,
			updated_by_id: USER_ID,
			status: message.status,
			sent_messages_count: message.sent_messages_count,
			failed_messages_count: stats.errors,
			priority: null,
			archived: false,
			start_processing_date: null,
			end_processing_date: null,
			last_activity: null,
			email_account_id: EMAIL_ACCOUNT_ID,
			queued_emails_count: 0,
			opened_messages_count: stats.opened,
			filter_id: null,
			repited_mails_count: 0,
			draft: message.draft,
			error_description: null,
			halt: false,
			type: 'ConditionedMassiveMessage',
			message_type: message.message_type,
			conditions: {
				attendee_types: event.attendeeTypes
					.all()
					.slice(0, 1)
					.map((type) => type.id),
				register: '0',
				register_date_lower_bound: '',
				register_date_upper_bound: '',
				event_id: Number(event.id),
			},
			server_delivered_emails_count: 0,
			test_browser_display_url: `https://connect.eventtia.example/en/api/v2/massive-messages/${id}/test-browser-display`,
		},
	};
}

/** The endpoints of massive messages. */
export const communicationEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/massive_messages',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.communications.messages.values()), {
				serialize: (message) => shownMessage(event, message),
			}),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/massive_messages/:id/stats',
		query: {},
		body: {},
		respond(call, event) {
			const message = event.communications.messages.get(call.params['id'] ?? '');
			if (!message) throw notFound();
			return json(200, message.stats);
		},
	}),
];

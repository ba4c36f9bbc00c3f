// Massive messages of an event and their statistics.

import { HOUR } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';

const SEEDED_MESSAGES = 3;
const SENT_PER_MESSAGE = 10;

/** A message; `stats` is the response of `/stats`. */
export interface MassiveMessage {
	id: string;
	subject: string;
	body: string;
	status: number;
	draft: boolean;
	message_type: number;
	sent_messages_count: number;
	created_at: number;
	updated_at: number;
	stats: { errors: number; opened: number };
}

/** The messages of one event. */
export class CommunicationStore {
	readonly messages = new Map<string, MassiveMessage>();

	constructor(private readonly event: EventtiaEvent) {
		if (!event.seed.filled) return;
		for (let n = 1; n <= SEEDED_MESSAGES; n++) {
			const message = this.add(`message ${n}`, { errors: n, opened: n * SENT_PER_MESSAGE });
			message.created_at = event.createdAt + n * HOUR;
			message.updated_at = message.created_at;
		}
	}

	/** Adds a message that was sent. */
	add(subject: string, stats = { errors: 0, opened: 0 }): MassiveMessage {
		const now = wholeSeconds(this.event.now());
		const message: MassiveMessage = {
			id: this.event.nextId(),
			subject,
			body: 'test massive',
			status: 1,
			draft: false,
			message_type: 6,
			sent_messages_count: stats.errors + stats.opened,
			created_at: now,
			updated_at: now,
			stats,
		};
		this.messages.set(message.id, message);
		return message;
	}

	toJSON(): unknown {
		return Array.from(this.messages.values());
	}
}

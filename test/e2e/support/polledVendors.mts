// Three vendors of the sandbox that polling triggers watch: the changes to their records, and the expected output.

import type { EventtiaAttendee } from '../../../sandbox/eventtia/records/attendees.mts';
import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import type { InvitarioGuest, Sandbox } from '../../../sandbox/start.mts';
import type { Json } from './n8n.mts';
import { credentialData } from './vendors.mts';

/** How many rounds of changes are defined for a vendor. */
export const ROUNDS = 3;

/** One vendor: its trigger, and the changes in each round. */
export interface PolledVendor {
	name: 'eventVault' | 'invitario' | 'eventtia';
	credential: { type: string; data: Json };
	parameters: Json;
	/** The field of an item that identifies the person. */
	idField: string;
	/** Changes records, none twice in one round. @returns the expected output: `event id` */
	change(round: number): string[];
}

/** Takes records that have not been changed yet. */
function taker<R>(records: R[]): () => R {
	return () => {
		const record = records.shift();
		if (record === undefined) throw new Error('the sandbox has too few records');
		return record;
	};
}

function eventVault({ eventVault: server }: Sandbox): PolledVendor {
	const event = server.state.event();
	const all = event.guests();
	const take = taker(all.filter(({ registered }) => !registered));
	const added: string[] = [];
	const rounds: Array<() => string[]> = [
		() => {
			const registered = take().email;
			const removed = take().email;
			event.setRegistered(registered, true);
			event.removeGuest(removed);
			return [`guestRegistered ${registered}`, `guestDeleted ${removed}`];
		},
		() => {
			const registered = added.shift() ?? '';
			event.setRegistered(registered, true);
			return [`guestRegistered ${registered}`];
		},
		() => {
			const removed = added.shift() ?? '';
			const changed = take();
			event.removeGuest(removed);
			event.removeGuest(changed.email);
			event.addGuest({ ...newGuest(changed.email), company: 'Another Company' });
			return [`guestDeleted ${removed}`, `guestUpdated ${changed.email}`];
		},
	];
	return {
		name: 'eventVault',
		credential: { type: 'eventVaultApi', data: credentialData('eventVault', server.url) },
		parameters: {
			triggerOn: ['guestCreated', 'guestUpdated', 'guestRegistered', 'guestDeleted'],
		},
		idField: 'email',
		change(round) {
			const emails = [`new-${round}-a@example.com`, `new-${round}-b@example.com`];
			const others = rounds[round]?.() ?? [];
			for (const email of emails) event.addGuest(newGuest(email));
			added.push(...emails);
			return [...emails.map((email) => `guestCreated ${email}`), ...others];
		},
	};
}

function newGuest(userEmail: string) {
	return {
		userEmail,
		name: 'New Guest',
		role: 'Visitor',
		company: 'Company',
		phone: '+43 1 000 0000',
		url: 'https://example.com',
		country: 'Austria',
	};
}

function invitario({ invitario: { state, url } }: Sandbox): PolledVendor {
	const present = state.guests().filter(({ deleteDateTime }) => deleteDateTime === null);
	const isOutside = ({ checkInDateTime }: InvitarioGuest) => checkInDateTime === null;
	const isInside = ({ checkInDateTime, checkOutDateTime }: InvitarioGuest) =>
		checkInDateTime !== null && checkOutDateTime === null;
	const outside = taker(present.filter(isOutside).map(({ id }) => id));
	const inside = taker(present.filter(isInside).map(({ id }) => id));
	let checkedInBefore: string | undefined;
	return {
		name: 'invitario',
		credential: { type: 'invitarioApi', data: credentialData('invitario', url) },
		parameters: {
			triggerOn: [
				'guestCreated',
				'guestUpdated',
				'guestCheckedIn',
				'guestCheckedOut',
				'guestCheckInUndone',
				'guestDeleted',
			],
		},
		idField: 'id',
		change(round) {
			const created = state.addGuest({ fields: { email: `new-${round}@example.com` } }).id;
			const [updated, checkedIn, deleted] = [outside(), outside(), outside()];
			const leaving = checkedInBefore ?? inside();
			const undone = inside();
			checkedInBefore = checkedIn;
			state.updateGuest(updated, { fields: { company: `Company ${round}` } });
			state.checkIn(checkedIn);
			state.deleteGuest(deleted);
			state.checkOut(leaving);
			state.undoCheckIn(undone);
			return [
				`guestCreated ${created}`,
				`guestUpdated ${updated}`,
				`guestCheckedIn ${checkedIn}`,
				`guestDeleted ${deleted}`,
				`guestCheckedOut ${leaving}`,
				`guestCheckInUndone ${undone}`,
			];
		},
	};
}

function eventtia({ eventtia: { state, url } }: Sandbox): PolledVendor {
	const { attendees, payments } = state.event();
	const confirmed = Array.from(attendees.all()).filter(
		({ status, archived }) => status === 'confirmed' && !archived,
	);
	const idsOf = (wanted: (one: EventtiaAttendee) => boolean) =>
		taker(confirmed.filter(wanted).map(({ id }) => id));
	const absent = idsOf(({ checkedInAt }) => checkedInAt === null);
	const there = idsOf(({ checkedInAt }) => checkedInAt !== null);
	const payment = taker(Array.from(payments.payments.keys()));
	return {
		name: 'eventtia',
		credential: { type: 'eventtiaApi', data: credentialData('eventtia', url) },
		parameters: {
			eventUri: EVENTTIA_CREDENTIALS.eventUri,
			triggerOn: [
				'attendeeCreated',
				'attendeeUpdated',
				'attendeeCheckedIn',
				'attendeeCheckInUndone',
				'attendeeCancelled',
				'paymentDeleted',
			],
		},
		idField: 'id',
		change(round) {
			const created = attendees.register({
				email: `new-${round}@example.com`,
				first_name: 'New',
				last_name: 'Attendee',
			}).id;
			const [updated, checkedIn, cancelled] = [absent(), absent(), absent()];
			const undone = there();
			const removed = payment();
			attendees.setField({ id: updated }, 'company', `Company ${round}`);
			attendees.checkIn({ id: checkedIn });
			attendees.setStatus({ id: cancelled }, 'cancelled');
			attendees.undoCheckIn({ id: undone });
			payments.payments.delete(removed);
			return [
				`attendeeCreated ${created}`,
				`attendeeUpdated ${updated}`,
				`attendeeCheckedIn ${checkedIn}`,
				`attendeeCancelled ${cancelled}`,
				`attendeeCheckInUndone ${undone}`,
				`paymentDeleted ${removed}`,
			];
		},
	};
}

/** The vendors of a sandbox that triggers watch. */
export function polledVendors(sandbox: Sandbox): PolledVendor[] {
	return [eventVault(sandbox), invitario(sandbox), eventtia(sandbox)];
}

/**
 * What the operations on guests share: how guests are filtered, shaped and found.
 */
import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../shared/errors';
import type { InvitarioClient } from '../../client';
import type { GuestOptions } from '../../fields';
import {
	companionIds,
	isDeleted,
	isNonEmptyString,
	lookupKey,
	normalizeLookupValue,
} from '../../records';
import type { FindBy, InvitarioGuest } from '../../records';
import { simplifyGuest } from '../../simplify';

/**
 * Turns guests into output items: simplified or raw, with their companions as IDs or as records. A
 * companion who is not in the guest list (outside the segment, or deleted) stays an ID.
 *
 * @param simplify the *Simplify* switch
 */
export async function guestShape(
	client: InvitarioClient,
	options: GuestOptions,
	simplify: boolean,
): Promise<(guest: InvitarioGuest) => IDataObject> {
	const shape = (guest: InvitarioGuest): IDataObject =>
		simplify ? simplifyGuest(guest, options.labels) : guest;
	if (!options.resolveCompanions) return shape;
	const byId = await client.guestsBy('id');
	return (guest) => ({
		...shape(guest),
		companions: companionIds(guest).map((id) => {
			const [companion] = byId.get(id) ?? [];
			return companion === undefined ? { id } : shape(companion);
		}),
	});
}

/** @returns whether *Include Deleted* lets a guest into the list */
export function deletionFilter(options: GuestOptions): (guest: InvitarioGuest) => boolean {
	return (guest) => options.includeDeleted || !isDeleted(guest);
}

const LOOKUP_NAMES: Record<FindBy, string> = {
	id: 'ID',
	accessCode: 'access code',
	email: 'email',
};

/**
 * Finds one guest in the list; no endpoint returns a single guest. A guest who is not deleted wins over a
 * deleted one. Companions may share the email of the guest who brought them: the guest without a
 * `parentId` wins. Pure.
 *
 * @throws CallError if no guest matches, or more than one
 */
export function findGuest(
	guests: readonly InvitarioGuest[],
	by: FindBy,
	value: string,
): InvitarioGuest {
	const wanted = normalizeLookupValue(by, value);
	const matching = guests.filter((guest) => lookupKey(guest, by) === wanted);
	const candidates = preferred(
		preferred(matching, (guest) => !isDeleted(guest)),
		(guest) => !isNonEmptyString(guest.parentId),
	);
	const [found, other] = candidates;
	if (found === undefined) {
		throw new CallError({
			message: `No guest of the event has this ${LOOKUP_NAMES[by]}`,
			hint: 'Check "Guest". If the app configuration in the Invitario backend has a segment, only its guests are found.',
		});
	}
	if (other !== undefined) {
		throw new CallError({
			message: `${candidates.length} guests of the event have this ${LOOKUP_NAMES[by]}`,
			hint: 'Choose "By ID" or "By Access Code" in "Guest", or use "Get Many".',
		});
	}
	return found;
}

function preferred<T>(list: readonly T[], isBetter: (entry: T) => boolean): readonly T[] {
	const better = list.filter(isBetter);
	return better.length > 0 ? better : list;
}

/** Finds one guest in the list: Invitario has no call for one. Pure. */
import { CallError } from '../../../shared/errors';
import { isDeleted, isFilled, lookupKey, lookupKeyOf } from '../../records';
import type { FindBy, InvitarioGuest } from '../../records';

const FIELD_NAMES: Record<FindBy, string> = { id: 'ID', accessCode: 'access code', email: 'email' };

/**
 * Deleted guests are found only if nobody else is. Companions may share the email of the guest who
 * brought them: the one without a `parentId` is meant.
 *
 * @throws CallError if nobody or more than one is left
 */
export function findGuest(
	guests: readonly InvitarioGuest[],
	by: FindBy,
	value: string,
): InvitarioGuest {
	const wanted = lookupKey(by, value);
	const matching = guests.filter((guest) => lookupKeyOf(guest, by) === wanted);
	const candidates = preferred(
		preferred(matching, (guest) => !isDeleted(guest)),
		(guest) => !isFilled(guest.parentId),
	);
	const [found, other] = candidates;
	if (found === undefined) {
		throw new CallError({
			message: `No guest of the event has this ${FIELD_NAMES[by]}`,
			hint: 'Check "Guest". If the app configuration in the Invitario backend has a segment, only its guests are found.',
		});
	}
	if (other !== undefined) {
		throw new CallError({
			message: `${candidates.length} guests of the event have this ${FIELD_NAMES[by]}`,
			hint: 'Choose "By ID" or "By Access Code" in "Guest", or use "Get Many".',
		});
	}
	return found;
}

function preferred<T>(list: readonly T[], isBetter: (entry: T) => boolean): readonly T[] {
	const better = list.filter(isBetter);
	return better.length > 0 ? better : list;
}

/** Runs that together produce every field of each operation of the ARTSVP node, for its output schemas. */
import { shortCode } from '../../sandbox/artsvp/seed.mts';
import { nthUuid } from '../../sandbox/shared/random.mts';
import { by } from '../rig/items.mts';
import type { Samples } from './defineVendor.mts';

/** The second invite, which was used. */
const USED_INVITE = `inv-${nthUuid(2)}`;
const FIRST_EVENT = { resourceId: by('id', `eve-${nthUuid(1)}`) };

export const artsvpSamples = (): Samples => ({
	'event: get': () => [{ parameters: { eventId: by('id', `eve-${nthUuid(1)}`) } }],
	'event: getAll': () => [{ parameters: { returnAll: true } }],
	'collection: get': () => [{ parameters: { collectionId: by('id', `col-${nthUuid(1)}`) } }],
	'collection: getAll': () => [{ parameters: { returnAll: true } }],
	'booking: get': () => [{ parameters: { bookingId: by('id', `boo-${nthUuid(2)}`) } }],
	'booking: getAll': () => [{ parameters: { returnAll: true } }],
	'booking: update': () => [
		{ parameters: { bookingId: by('id', `boo-${nthUuid(1)}`), updateFields: { name: 'Ada' } } },
	],
	'invite: create': () => [
		{ parameters: FIRST_EVENT },
		{
			parameters: { ...FIRST_EVENT, additionalFields: { email: 'new@example.com', tags: ['vip'] } },
		},
	],
	'invite: upsert': () => [
		{ parameters: { ...FIRST_EVENT, additionalFields: { email: 'new@example.com' } } },
	],
	// With Preview on, which is the default.
	'invite: createBatch': () => [{ parameters: { resourceTags: ['vip'] } }],
	'invite: get': () => [
		{ parameters: { inviteId: by('id', USED_INVITE) } },
		{ parameters: { inviteId: by('code', shortCode(1)) } },
	],
	'invite: getAll': () => [{ parameters: { returnAll: true } }],
	'invite: update': () => [
		{ parameters: { inviteId: by('id', USED_INVITE), updateFields: { golden: true } } },
	],
	'invite: delete': () => [{ parameters: { inviteId: by('id', USED_INVITE) } }],
});

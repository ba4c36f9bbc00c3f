/** Runs that together produce every field of each operation of the Invitario node, for its output schemas. */
import { by } from '../rig/items.mts';
import type { Samples } from './defineVendor.mts';

export const invitarioSamples = (): Samples => ({
	'guest: getAll': () => [{ parameters: { returnAll: true, options: { includeDeleted: true } } }],
	'guest: get': () => [{ parameters: { guestId: by('email', 'ada.almeida.1@example.com') } }],
	'guest: getChangedSince': () => [{ parameters: { sinceDateTime: '2018-01-01T18:30:00+02:00' } }],
	'event: get': () => [{ parameters: {} }],
});

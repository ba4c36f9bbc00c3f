/** Guest: Get Many (invitario-check-in.md, "POST /api/v1/guest/list/all"). */
import type { Operation } from '../../../shared/action/types';
import { oneOf, boolean } from '../../../shared/fields/validators';
import {
	filtersField,
	limitField,
	readLimit,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import type { InvitarioClient } from '../../client';
import {
	customFieldLabelsOption,
	includeDeletedOption,
	readGuestOptions,
	resolveCompanionsOption,
} from '../../fields';
import { checkInStatus } from '../../simplify';
import { deletionFilter, guestShape } from './shared';

const FILTER_VALIDATORS = {
	checkInStatus: oneOf('any', 'checkedIn', 'checkedOut', 'notCheckedIn'),
	registrationState: oneOf('any', 'registered', 'deregistered', 'unknown'),
};

export const getAll: Operation<InvitarioClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many guests',
	description: 'Retrieve a list of guests of the event, with their check-in and registration',
	effect: 'read',
	fields: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField([
			{
				displayName: 'Check-In Status',
				name: 'checkInStatus',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{
						name: 'Checked In',
						value: 'checkedIn',
						description: 'Came in and did not leave since',
					},
					{ name: 'Checked Out', value: 'checkedOut', description: 'Left the event' },
					{ name: 'Not Checked In', value: 'notCheckedIn', description: 'Did not come so far' },
				],
				default: 'any',
				description: 'Whether the guest came to the event',
			},
			{
				displayName: 'Registration State',
				name: 'registrationState',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'Deregistered', value: 'deregistered' },
					{ name: 'Registered', value: 'registered' },
					{ name: 'Unknown', value: 'unknown' },
				],
				default: 'any',
				description: 'Whether the guest registered for the event',
			},
		]),
	],
	options: [customFieldLabelsOption, includeDeletedOption, resolveCompanionsOption],
	async run(item, client) {
		const limit = readLimit(item);
		const simplify = item.read('simplify', boolean);
		const options = readGuestOptions(item, false);
		const filters = item.readCollection('filters', FILTER_VALIDATORS);
		const { checkInStatus: wantedStatus = 'any', registrationState: state = 'any' } = filters;
		const isIncluded = deletionFilter(options);

		const { guests } = await client.allGuests();
		const shape = await guestShape(client, options, simplify);
		const found = [];
		for (const guest of guests) {
			if (found.length >= limit) break;
			if (!isIncluded(guest)) continue;
			if (wantedStatus !== 'any' && checkInStatus(guest) !== wantedStatus) continue;
			if (state !== 'any' && guest.registrationState !== state) continue;
			found.push(shape(guest));
		}
		return found;
	},
};

/**
 * Guest: Get Many Changed Since (invitario-check-in.md, "POST /api/v1/guest/list/recent"). It has no
 * limit: the next query starts at the server's time, so guests cut off here would never be returned.
 */
import type { Operation } from '../../../shared/action/types';
import { oneOf, boolean } from '../../../shared/fields/validators';
import { dateTime } from '../../../shared/fields/dates';
import { simplifyField } from '../../../shared/fields/lists';
import type { InvitarioClient } from '../../client';
import {
	customFieldLabelsOption,
	includeDeletedChangesOption,
	readGuestOptions,
	resolveCompanionsOption,
} from '../../fields';
import { deletionFilter, guestShape } from './shared';

/** As in the document's example: whole seconds and a numeric UTC offset, even for UTC itself. */
const VENDOR_DATE_TIME = "yyyy-MM-dd'T'HH:mm:ssZZ";

const SERVER_TIME_VALIDATORS = { serverTime: oneOf('onEveryItem', 'summaryItem') };

export const getChangedSince: Operation<InvitarioClient> = {
	value: 'getChangedSince',
	name: 'Get Many Changed Since',
	action: 'Get many guests changed since date',
	description:
		'Retrieve all guests who were created, changed, checked in or deleted since a moment, with the server’s time to ask from next',
	effect: 'read',
	fields: [
		{
			displayName: 'Since',
			name: 'sinceDateTime',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				'The moment to start from. For the next query use the "dateTime" of the last one: it is the time of the Invitario server.',
		},
		simplifyField,
	],
	options: [
		customFieldLabelsOption,
		includeDeletedChangesOption,
		resolveCompanionsOption,
		{
			displayName: 'Server Time',
			name: 'serverTime',
			type: 'options',
			options: [
				{
					name: 'As Summary Item',
					value: 'summaryItem',
					description:
						'One item with dateTime, count and the list of guests, also if nobody changed',
				},
				{
					name: 'On Every Item',
					value: 'onEveryItem',
					description: 'One item per guest, each with dateTime; nothing if nobody changed',
				},
			],
			default: 'onEveryItem',
			description: 'How to return the time of the Invitario server, from which to ask next',
		},
	],
	async run(item, client) {
		const since = item.read('sinceDateTime', dateTime(item.timeZone));
		const simplify = item.read('simplify', boolean);
		const options = readGuestOptions(item, true);
		const { serverTime: output = 'onEveryItem' } = item.readCollection(
			'options',
			SERVER_TIME_VALIDATORS,
		);

		const { dateTime: serverTime, guests } = await client.guestsChangedSince(
			since.toFormat(VENDOR_DATE_TIME),
		);
		const shape = await guestShape(client, options, simplify);
		const found = guests.filter(deletionFilter(options)).map(shape);
		return output === 'summaryItem'
			? { dateTime: serverTime, count: found.length, guests: found }
			: found.map((guest) => ({ ...guest, dateTime: serverTime }));
	},
};

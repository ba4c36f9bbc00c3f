/**
 * The fields of the instant trigger.
 */
import type { INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../shared/fields/lists';
import { eventUriField } from './fields';
import { INSTANT_EVENTS } from './subscriptions';

const choices = INSTANT_EVENTS.map(({ name, value }) => ({ name, value }));

export const instantFields: INodeProperties[] = [
	{
		displayName: 'Of',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'All Events of the Account',
				value: 'account',
				description:
					'Needs the account API key in the credential. Attendees come out raw, because Eventtia does not say of which event they are.',
			},
			{ name: 'One Event', value: 'event' },
		],
		default: 'event',
		description: 'Whose news Eventtia sends',
	},
	{ ...eventUriField, displayOptions: { show: { scope: ['event'] } } },
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		options: choices.filter(({ value }) => value.startsWith('attendee')),
		default: [],
		required: true,
		displayOptions: { show: { scope: ['event'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		options: choices,
		default: [],
		required: true,
		displayOptions: { show: { scope: ['account'] } },
	},
	{
		displayName:
			'Eventtia sends no news of check-ins, and sends each only once. To miss nothing, use it together with the Eventtia Trigger, which asks by itself.',
		name: 'repairNotice',
		type: 'notice',
		default: '',
	},
	simplifyField,
];

/**
 * The fields of the instant trigger.
 */
import type { INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../../shared/fields/lists';
import { eventUriField } from '../fields';
import { INSTANT_EVENTS } from './subscriptions';

const choices = INSTANT_EVENTS.map(({ name, value }) => ({ name, value }));

export const instantFields: INodeProperties[] = [
	{
		displayName: 'Watch',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'One Event', value: 'event', description: 'Only the event that you choose below' },
			{
				name: 'All Events of the Account',
				value: 'account',
				description:
					'Needs the account API key in the credential. Attendees come out raw, because Eventtia does not say of which event they are.',
			},
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
			'To try it, execute this step, then add or change an attendee in Eventtia. Eventtia sends no news of check-ins, and sends each only once: to miss nothing, use it together with the Eventtia Trigger, which asks by itself.',
		name: 'repairNotice',
		type: 'notice',
		default: '',
	},
	simplifyField,
];

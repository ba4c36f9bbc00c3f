/**
 * The ARTSVP trigger: a table of contents.
 */
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { eventsSubtitle } from '../shared/polling/eventRules';
import { triggerProperties } from '../shared/polling/fields';
import { pollingPanel } from '../shared/polling/panel';
import { poll } from '../shared/polling/poll';
import { loadOptions } from './methods';
import { polling } from './streams';

export class ArtsvpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ARTSVP Trigger',
		name: 'artsvpTrigger',
		icon: { light: 'file:artsvp.svg', dark: 'file:artsvp.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(polling.streams.flatMap(({ events }) => events)),
		description:
			'Starts the workflow when bookings, invites, events or collections change in ARTSVP',
		eventTriggerDescription: 'Waiting for bookings, invites, events or collections to change',
		activationMessage:
			'ARTSVP is asked at the poll times that you set. Records that are there already come out only if "Start From" says so.',
		defaults: { name: 'ARTSVP Trigger' },
		polling: true,
		triggerPanel: pollingPanel('ARTSVP'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'artsvpApi', required: true }],
		properties: triggerProperties(polling),
	};

	methods = { loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, polling);
	}
}

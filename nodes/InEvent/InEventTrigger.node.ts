/**
 * The InEvent trigger: a table of contents.
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
import { polling } from './streams';

export class InEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'InEvent Trigger',
		name: 'inEventTrigger',
		icon: { light: 'file:inEvent.svg', dark: 'file:inEvent.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(polling.streams.flatMap(({ events }) => events)),
		description:
			'Starts the workflow when attendees change or check in, or analytics arrive, in InEvent',
		eventTriggerDescription: 'Waiting for attendees to change, or for analytics',
		activationMessage:
			'InEvent is asked at the poll times that you set. Records that are there already come out only if "Start From" says so.',
		defaults: { name: 'InEvent Trigger' },
		polling: true,
		triggerPanel: pollingPanel('InEvent'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'inEventOAuth2Api', required: true }],
		properties: triggerProperties(polling),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, polling);
	}
}

/**
 * The Invitario trigger: a table of contents.
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

export class InvitarioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invitario Trigger',
		name: 'invitarioTrigger',
		icon: { light: 'file:invitario.svg', dark: 'file:invitario.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(polling.streams.flatMap(({ events }) => events)),
		description: 'Starts the workflow when guests change, check in or check out in Invitario',
		eventTriggerDescription: 'Waiting for guests to change or check in',
		activationMessage:
			'Invitario is asked at the poll times that you set. Records that are there already come out only if "Start From" says so.',
		defaults: { name: 'Invitario Trigger' },
		polling: true,
		triggerPanel: pollingPanel('Invitario'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'invitarioApi', required: true }],
		properties: triggerProperties(polling),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, polling);
	}
}

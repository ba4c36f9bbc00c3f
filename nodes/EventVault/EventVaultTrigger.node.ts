/**
 * The Event Vault trigger: a table of contents.
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

export class EventVaultTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Event Vault Trigger',
		name: 'eventVaultTrigger',
		icon: { light: 'file:eventVault.svg', dark: 'file:eventVault.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(polling.streams.flatMap(({ events }) => events)),
		description: 'Starts the workflow when guests or tickets change in Event Vault',
		eventTriggerDescription: 'Waiting for guests or tickets to change',
		activationMessage:
			'Event Vault is asked at the poll times that you set. Records that are there already come out only if "Start From" says so.',
		defaults: { name: 'Event Vault Trigger' },
		polling: true,
		triggerPanel: pollingPanel('Event Vault'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eventVaultApi', required: true }],
		properties: triggerProperties(polling),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, polling);
	}
}

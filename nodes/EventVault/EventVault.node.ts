/**
 * The Event Vault node: a table of contents.
 */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeItems } from '../shared/action/execute';
import { actionProperties, actionSubtitle } from '../shared/action/properties';
import { listSearch } from './methods';
import { vendor } from './vendor';

export class EventVault implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Event Vault',
		name: 'eventVault',
		icon: { light: 'file:eventVault.svg', dark: 'file:eventVault.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(vendor),
		description: 'Manage the guests and tickets of an Event Vault event',
		defaults: { name: 'Event Vault' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eventVaultApi', required: true }],
		properties: actionProperties(vendor),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, vendor);
	}
}

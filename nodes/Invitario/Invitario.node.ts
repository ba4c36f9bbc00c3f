/**
 * The Invitario node: a table of contents.
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

export class Invitario implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invitario',
		name: 'invitario',
		icon: { light: 'file:invitario.svg', dark: 'file:invitario.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(vendor),
		description: 'Read the guest list and check-ins of an Invitario event',
		defaults: { name: 'Invitario' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'invitarioApi', required: true }],
		properties: actionProperties(vendor),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, vendor);
	}
}

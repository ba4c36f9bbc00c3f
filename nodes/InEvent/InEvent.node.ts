/**
 * The InEvent node: a table of contents.
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

export class InEvent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'InEvent',
		name: 'inEvent',
		icon: { light: 'file:inEvent.svg', dark: 'file:inEvent.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(vendor),
		description: 'Register attendees and read attendees, sessions, orders and analytics in InEvent',
		defaults: { name: 'InEvent' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'inEventOAuth2Api', required: true }],
		properties: actionProperties(vendor),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, vendor);
	}
}

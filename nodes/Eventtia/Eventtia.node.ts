/**
 * The Eventtia node: a table of contents.
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
import { listSearch, loadOptions, resourceMapping } from './methods';
import { vendor } from './vendor';

export class Eventtia implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eventtia',
		name: 'eventtia',
		icon: { light: 'file:eventtia.svg', dark: 'file:eventtia.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(vendor),
		description:
			'Register attendees and manage events, guests, activities (workshops), networking, stands and surveys in Eventtia',
		defaults: { name: 'Eventtia' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eventtiaApi', required: true }],
		properties: actionProperties(vendor),
	};

	methods = { listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, vendor);
	}
}

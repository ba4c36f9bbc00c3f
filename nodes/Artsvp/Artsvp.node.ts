/**
 * The ARTSVP node: a table of contents.
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
import { listSearch, loadOptions } from './methods';
import { vendor } from './vendor';

export class Artsvp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ARTSVP',
		name: 'artsvp',
		icon: { light: 'file:artsvp.svg', dark: 'file:artsvp.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(vendor),
		description: 'Send invites and manage bookings, events and collections in ARTSVP',
		defaults: { name: 'ARTSVP' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'artsvpApi', required: true }],
		properties: actionProperties(vendor),
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, vendor);
	}
}

/**
 * The Eventtia trigger: a table of contents.
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
import { listSearch } from './methods';
import { polling } from './streams';

export class EventtiaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eventtia Trigger',
		name: 'eventtiaTrigger',
		icon: { light: 'file:eventtia.svg', dark: 'file:eventtia.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(polling.streams.flatMap(({ events }) => events)),
		description:
			'Starts the workflow when attendees, guests, activities, payments, leads or surveys change in Eventtia',
		eventTriggerDescription: 'Waiting for records of your events to change',
		activationMessage:
			'Eventtia is asked at the poll times that you set. Records that are there already come out only if "Start From" says so.',
		defaults: { name: 'Eventtia Trigger' },
		polling: true,
		triggerPanel: pollingPanel('Eventtia'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eventtiaApi', required: true }],
		properties: triggerProperties(polling),
	};

	methods = {
		listSearch: {
			searchBusinessConferences: listSearch.searchBusinessConferences,
			searchEvents: listSearch.searchEvents,
			searchStandReservations: listSearch.searchStandReservations,
			searchSurveys: listSearch.searchSurveys,
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, polling);
	}
}

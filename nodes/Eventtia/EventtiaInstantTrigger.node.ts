/**
 * The Eventtia instant trigger: a table of contents.
 */
import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { eventsSubtitle } from '../shared/polling/eventRules';
import { listSearch } from './methods';
import { createHooks, deleteHooks, hooksExist, receive } from './instant/trigger';
import { instantFields } from './instant/fields';
import { INSTANT_EVENTS } from './instant/subscriptions';

/** Help in the panel. n8n's own text says "create an event", which means something else in Eventtia. */
const TRY_IT =
	'<b>While building your workflow</b>, execute this step, then add or change an attendee in Eventtia: it shows up in this editor.';
const WEBHOOK_HELP =
	'Eventtia then sends its news to this workflow, and each executes it. You see these executions in the <a data-key="executions">executions list</a>, not in the editor.';

export class EventtiaInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eventtia Instant Trigger',
		name: 'eventtiaInstantTrigger',
		icon: { light: 'file:eventtia.svg', dark: 'file:eventtia.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(INSTANT_EVENTS),
		description: 'Starts the workflow at once when Eventtia sends news of attendees or events',
		eventTriggerDescription: 'Waiting for Eventtia to send news',
		activationMessage: 'Eventtia sends its news to this workflow from now on.',
		defaults: { name: 'Eventtia Instant Trigger' },
		triggerPanel: {
			header: 'Hear of changes in Eventtia at once',
			executionsHelp: {
				inactive: `${TRY_IT}<br /><br /><b>Once you are happy with it</b>, publish it. ${WEBHOOK_HELP}`,
				active: `${TRY_IT}<br /><br /><b>The workflow is published.</b> ${WEBHOOK_HELP}`,
			},
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eventtiaApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'eventtia',
			},
		],
		properties: instantFields,
	};

	methods = { listSearch: { searchEvents: listSearch.searchEvents } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hooksExist(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createHooks(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteHooks(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}

/**
 * What operations on webhooks share: the fields and the body of a subscription (eventtia.md, "Web Hooks"). The
 * document's list of triggers is empty; the four here appear in its samples or in the vendor's own public n8n node.
 */
import type { INodeProperties } from 'n8n-workflow';
import { textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { requiredText } from '../../../shared/fields/validators';
import { InputError } from '../../../shared/errors';

export const targetUrlField: INodeProperties = {
	...textField(
		'Target URL',
		'targetUrl',
		'Where Eventtia sends the news. Eventtia does not sign them, so the address itself must be hard to guess.',
		'e.g. https://n8n.example.com/webhook/b6f1…',
	),
	required: true,
};

const TRIGGERS = [
	{ name: 'Attendee Created', value: 'attendee_created' },
	{ name: 'Attendee Updated', value: 'attendee_updated' },
	{ name: 'Event Created', value: 'event_created' },
	{ name: 'Event Updated', value: 'event_updated' },
];

export const triggerField: INodeProperties = {
	displayName: 'Trigger',
	name: 'trigger',
	type: 'options',
	options: TRIGGERS,
	default: 'attendee_created',
	description: 'What Eventtia sends news of. Check-ins are not among it.',
};

/** @returns the body of the request; @throws InputError if *Target URL* is not an http(s) URL */
export function readSubscription(item: ItemParameters) {
	const targetUrl = item.read('targetUrl', requiredText);
	if (!URL.canParse(targetUrl) || !/^https?:$/.test(new URL(targetUrl).protocol)) {
		throw new InputError(
			'"Target URL" is not an address that starts with https://',
			'Copy the address of the Webhook node, with https:// in front.',
		);
	}
	return { target_url: targetUrl, trigger: item.read('trigger', requiredText) };
}

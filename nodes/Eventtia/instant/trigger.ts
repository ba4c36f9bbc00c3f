/**
 * The instant trigger: creates and deletes its webhooks in Eventtia, and turns deliveries into items.
 */
import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { asNodeErrors } from '../../shared/action/nodeError';
import { openClient } from '../../shared/action/openClient';
import { Parameters } from '../../shared/fields/parameters';
import { stringList, boolean, oneOf } from '../../shared/fields/validators';
import { InputError } from '../../shared/errors';
import { path } from '../../shared/http/path';
import { Status } from '../../shared/http/status';
import { isObject } from '../../shared/values';
import { eventItem, itemKey, versionText } from '../../shared/polling/items';
import { canonical, shortHash } from '../../shared/polling/hash';
import type { EventtiaClient } from '../client';
import { readEventUri } from '../fields';
import { instantFields } from './fields';
import { readAttributes, readRecordDocument, type RecordDocument } from '../jsonApi/documents';
import { rawShape, shapeOne, simplifiedShape } from '../operations/shape';
import {
	INSTANT_EVENTS,
	isObsolete,
	isSecret,
	newSecret,
	readEvent,
	readSecret,
	readSubscriptionState,
	sameHook,
	wantedHooks,
	type Subscription,
	type SubscriptionState,
} from './subscriptions';
import { vendor } from '../vendor';

/** The key of the state in the node's static data. */
const STATE_KEY = 'subscribed';
const WEBHOOK_NAME = 'default';
const RAW_HASH_CHARACTERS = 16;

type AnyContext = IHookFunctions | IWebhookFunctions;

/** What users chose in the node. */
interface Choices {
	/** Undefined: the whole account. */
	eventUri: string | undefined;
	events: string[];
}

function toParameters(context: AnyContext): Parameters {
	return new Parameters(
		(name) => context.getNodeParameter(name, ''),
		instantFields,
		context.getTimezone(),
	);
}

function readChoices(parameters: Parameters): Choices {
	const scope = parameters.read('scope', oneOf('event', 'account'));
	const events = parameters.read('triggerOn', stringList);
	if (!INSTANT_EVENTS.some(({ value }) => events.includes(value))) {
		throw new InputError(
			events.length === 0 ? '"Trigger On" is empty' : '"Trigger On" holds no event that there is',
			'Choose at least one event under "Trigger On".',
		);
	}
	return { eventUri: scope === 'event' ? readEventUri(parameters) : undefined, events };
}

async function connect(context: AnyContext): Promise<EventtiaClient> {
	return (await openClient(context, vendor)).client;
}

function webhookUrlFor(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl(WEBHOOK_NAME);
	if (url !== undefined) return url;
	throw new InputError('n8n gives the trigger no address', 'Save the workflow and try again.');
}

/** All webhooks in Eventtia of an event or of the account. */
async function existingHooks(
	client: EventtiaClient,
	eventUri: string | undefined,
): Promise<Subscription[]> {
	const records = await client.records({
		path: '/web_hooks',
		qs: eventUri === undefined ? {} : { event_uri: eventUri },
		limit: Number.POSITIVE_INFINITY,
	});
	return records.map((record) => {
		const { target_url: targetUrl, trigger } = readAttributes(record);
		return { targetUrl: String(targetUrl), trigger: String(trigger) };
	});
}

function hooksPath(client: EventtiaClient, eventUri: string | undefined): string {
	return eventUri === undefined
		? path`/accounts/${client.requireAccountApiKey()}/web_hooks`
		: path`/events/${eventUri}/event_web_hooks`;
}

async function unsubscribe(
	client: EventtiaClient,
	eventUri: string | undefined,
	{ targetUrl, trigger }: Subscription,
): Promise<void> {
	await client.removeIfExists({
		method: 'DELETE',
		path: hooksPath(client, eventUri),
		body: { target_url: targetUrl, trigger },
		safety: 'idempotent',
	});
}

/** Whether all webhooks that the node needs exist, and no obsolete ones. */
export async function hooksExist(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const state = readState(context);
		if (state === undefined) return false;
		const { eventUri, events } = readChoices(toParameters(context));
		if (state.eventUri !== eventUri) return false;
		const webhookUrl = webhookUrlFor(context);
		const wanted = wantedHooks(webhookUrl, state.secret, events);
		const existing = await existingHooks(await connect(context), eventUri);
		return (
			wanted.every((hook) => existing.some((one) => sameHook(one, hook))) &&
			!existing.some((hook) => isObsolete(hook, webhookUrl, wanted))
		);
	});
}

/** Creates the missing webhooks and deletes the obsolete ones. */
export async function createHooks(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const { eventUri, events } = readChoices(toParameters(context));
		const client = await connect(context);
		const webhookUrl = webhookUrlFor(context);
		const before = readState(context);
		// A new secret for another event: webhooks of the old one that could not be deleted are then ignored.
		const isSameEvent = before !== undefined && before.eventUri === eventUri;
		const secret = isSameEvent ? before.secret : newSecret();
		client.keepSecret(secret);
		const wanted = wantedHooks(webhookUrl, secret, events);
		const existing = await existingHooks(client, eventUri);
		for (const hook of existing) {
			if (isObsolete(hook, webhookUrl, wanted)) await unsubscribe(client, eventUri, hook);
		}
		// Saved before the first request: a webhook that was created must be known even if the next one fails.
		saveState(context, { secret, eventUri, hooks: wanted });
		for (const hook of wanted) {
			if (existing.some((one) => sameHook(one, hook))) continue;
			await client.create({
				method: 'POST',
				path: hooksPath(client, eventUri),
				body: { target_url: hook.targetUrl, trigger: hook.trigger },
				safety: 'nonIdempotent',
			});
		}
		return true;
	});
}

function readState(context: AnyContext): SubscriptionState | undefined {
	return readSubscriptionState(context.getWorkflowStaticData('node')[STATE_KEY]);
}

function saveState(context: IHookFunctions, { secret, eventUri, hooks }: SubscriptionState): void {
	context.getWorkflowStaticData('node')[STATE_KEY] = {
		secret,
		...(eventUri === undefined ? {} : { eventUri }),
		hooks: hooks.map((hook) => ({ ...hook })),
	};
}

/** Deletes the webhooks. One that no longer exists is ignored. */
export async function deleteHooks(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const state = readState(context);
		if (state === undefined) return true;
		const client = await connect(context);
		for (const hook of state.hooks) await unsubscribe(client, state.eventUri, hook);
		delete context.getWorkflowStaticData('node')[STATE_KEY];
		return true;
	});
}

/**
 * Handles one delivery. Eventtia waits five seconds and never retries (according to the vendor's own
 * public n8n node), so the response is sent before any other work.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const query = toObject(context.getQueryData());
	const event = readEvent(query);
	if (!isGenuine(context, query) || event === undefined) {
		response.status(Status.unauthorized).json({ message: 'This address is not known' });
		return { noWebhookResponse: true };
	}
	response.status(Status.ok).json({ received: true });
	const body = context.getBodyData();
	return { noWebhookResponse: true, workflowData: [[await toItem(context, event, body)]] };
}

function toObject(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}

/** A manual test has its own address for two minutes, and n8n stores no state for it. */
function isGenuine(context: IWebhookFunctions, query: IDataObject): boolean {
	const state = readState(context);
	if (state === undefined) return context.getMode() === 'manual';
	return isSecret(readSecret(query), state.secret);
}

/** The item that the polling trigger would emit, or the raw record if it cannot be simplified. */
async function toItem(
	context: IWebhookFunctions,
	event: string,
	body: IDataObject,
): Promise<INodeExecutionData> {
	const document = readRecordDocument(body) ?? readRecordDocument({ data: body });
	if (document === undefined) return { json: rawItem(event, body) };
	const { record } = document;
	const kind = event.startsWith('attendee') ? 'attendee' : 'event';
	const version = versionText(String(readAttributes(record).updated_at ?? ''));
	const rule = { kind: event.endsWith('Created') ? 'created' : 'updated' } as const;
	const key = itemKey(kind, record.id, { value: event, name: event, rule }, version);
	const shaped = await shapeRecord(context, document).catch((error: unknown) => {
		const reason = error instanceof Error ? error.message : 'unknown';
		context.logger.warn(
			`${context.getNode().name}: a delivery comes out raw, because its names could not be read: ${reason}`,
		);
		return undefined;
	});
	// With the same key, Remove Duplicates would drop the simplified item of the polling trigger.
	const json = shaped ?? { ...record };
	return { json: eventItem(json, event, shaped === undefined ? `${key}:raw` : key) };
}

/** An item from a body that is not a record. Without a key, Remove Duplicates would keep only one of them. */
function rawItem(event: string, body: IDataObject[string]): IDataObject {
	const key = `raw:${shortHash('', canonical(body), RAW_HASH_CHARACTERS)}:${event}`;
	return eventItem(isObject(body) ? body : { body }, event, key);
}

async function shapeRecord(
	context: IWebhookFunctions,
	document: RecordDocument,
): Promise<IDataObject> {
	const parameters = toParameters(context);
	if (!parameters.read('simplify', boolean)) return await shapeOne(rawShape, document);
	const { eventUri } = readChoices(parameters);
	if (eventUri === undefined && document.record.type === 'attendees') {
		// The delivery does not say which event the attendee belongs to, so the field labels are unknown.
		return await shapeOne(rawShape, document);
	}
	return await shapeOne(simplifiedShape(await connect(context), eventUri), document);
}

/**
 * The life of an instant trigger's webhooks, and what comes out of a delivery.
 */
import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { toNodeError } from '../../shared/action/nodeError';
import { Parameters } from '../../shared/fields/parameters';
import { stringList, boolean, oneOf } from '../../shared/fields/validators';
import { toLimits } from '../../shared/fields/runOptions';
import { InputError } from '../../shared/errors';
import { path } from '../../shared/http/path';
import { isObject } from '../../shared/values';
import { eventItem, itemKey, versionText } from '../../shared/polling/pollStream';
import { canonical, shortHash } from '../../shared/polling/hash';
import type { EventtiaClient } from '../client';
import { readEventUri } from '../fields';
import { instantFields } from './fields';
import { readAttributes, readRecordDocument, type RecordDocument } from '../jsonApi/documents';
import { rawShape, shapeOne, simplifiedShape } from '../operations/shape';
import {
	eventOf,
	INSTANT_EVENTS,
	isLeftOver,
	isSecret,
	newSecret,
	readSubscribed,
	sameHook,
	secretOf,
	wantedHooks,
	type Subscribed,
	type Subscription,
} from './subscriptions';
import { vendor } from '../vendor';

/** The key of what is kept in the node's static data. */
const KEPT = 'subscribed';
const OK = 200;
const UNAUTHORIZED = 401;
const WEBHOOK = 'default';
const RAW_KEY_CHARACTERS = 16;

type AnyContext = IHookFunctions | IWebhookFunctions;

/** What the person chose. */
interface Choices {
	/** Undefined: the whole account. */
	eventUri: string | undefined;
	events: string[];
}

function parametersOf(context: AnyContext): Parameters {
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
	const credentials = await context.getCredentials(vendor.credentialType);
	return vendor.connect({ context, credentials, limits: toLimits(vendor, {}) });
}

/** What goes wrong is told in words. */
async function asNodeErrors<T>(context: AnyContext, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}

function webhookUrlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl(WEBHOOK);
	if (url !== undefined) return url;
	throw new InputError('n8n gives the trigger no address', 'Save the workflow and try again.');
}

/** All webhooks that Eventtia knows, of an event or of the account; every page. */
async function knownHooks(
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

/** Whether every webhook that the node wants is there already, and none that it does not want any more. */
export async function hooksExist(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const subscribed = readSubscribed(context.getWorkflowStaticData('node')[KEPT]);
		if (subscribed === undefined) return false;
		const { eventUri, events } = readChoices(parametersOf(context));
		if (subscribed.eventUri !== eventUri) return false;
		const webhookUrl = webhookUrlOf(context);
		const wanted = wantedHooks(webhookUrl, subscribed.secret, events);
		const known = await knownHooks(await connect(context), eventUri);
		return (
			wanted.every((hook) => known.some((one) => sameHook(one, hook))) &&
			!known.some((hook) => isLeftOver(hook, webhookUrl, wanted))
		);
	});
}

/** Subscribes to what is missing, and ends what an earlier life of the node left over. */
export async function createHooks(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const staticData = context.getWorkflowStaticData('node');
		const { eventUri, events } = readChoices(parametersOf(context));
		const client = await connect(context);
		const webhookUrl = webhookUrlOf(context);
		const before = readSubscribed(staticData[KEPT]);
		// Webhooks of another event that could not be ended must not be taken for this one's.
		const isSame = before !== undefined && before.eventUri === eventUri;
		const secret = isSame ? before.secret : newSecret();
		client.keepSecret(secret);
		const wanted = wantedHooks(webhookUrl, secret, events);
		const known = await knownHooks(client, eventUri);
		for (const hook of known) {
			if (isLeftOver(hook, webhookUrl, wanted)) await unsubscribe(client, eventUri, hook);
		}
		// Kept before the first request: what is made must be known, even if the next one fails.
		keep(context, { secret, eventUri, hooks: wanted });
		for (const hook of wanted) {
			if (known.some((one) => sameHook(one, hook))) continue;
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

function keep(context: IHookFunctions, subscribed: Subscribed): void {
	const { secret, eventUri, hooks } = subscribed;
	context.getWorkflowStaticData('node')[KEPT] = {
		secret,
		...(eventUri === undefined ? {} : { eventUri }),
		hooks: hooks.map((hook) => ({ ...hook })),
	};
}

/** Ends the webhooks; one that is gone already is fine. */
export async function deleteHooks(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const staticData = context.getWorkflowStaticData('node');
		const subscribed = readSubscribed(staticData[KEPT]);
		if (subscribed === undefined) return true;
		const client = await connect(context);
		for (const hook of subscribed.hooks) await unsubscribe(client, subscribed.eventUri, hook);
		delete staticData[KEPT];
		return true;
	});
}

/**
 * One delivery. Eventtia gives up after five seconds and never repeats (a fact of the vendor's own
 * public n8n node), so it is answered before anything else is done.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const query = toObject(context.getQueryData());
	const event = eventOf(query);
	if (!isGenuine(context, query) || event === undefined) {
		response.status(UNAUTHORIZED).json({ message: 'This address is not known' });
		return { noWebhookResponse: true };
	}
	response.status(OK).json({ received: true });
	const body = context.getBodyData();
	return { noWebhookResponse: true, workflowData: [[await itemOf(context, event, body)]] };
}

function toObject(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}

/** A test by hand has an address of its own, for two minutes, and n8n keeps nothing of it. */
function isGenuine(context: IWebhookFunctions, query: IDataObject): boolean {
	const subscribed = readSubscribed(context.getWorkflowStaticData('node')[KEPT]);
	if (subscribed === undefined) return context.getMode() === 'manual';
	return isSecret(secretOf(query), subscribed.secret);
}

/** The record like that of the polling trigger; as it came, where that is not possible: nothing is lost. */
async function itemOf(
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
	const named = await shaped(context, document).catch((error: unknown) => {
		const reason = error instanceof Error ? error.message : 'unknown';
		context.logger.warn(
			`${context.getNode().name}: a delivery comes out raw, because its names could not be read: ${reason}`,
		);
		return undefined;
	});
	// Under the same key, Remove Duplicates would drop what the polling trigger tells with its names.
	const json = named ?? { ...record };
	return { json: eventItem(json, event, named === undefined ? `${key}:raw` : key) };
}

/** With a key of its own: without one, n8n's Remove Duplicates takes all such items for the same. */
function rawItem(event: string, body: IDataObject[string]): IDataObject {
	const key = `raw:${shortHash('', canonical(body), RAW_KEY_CHARACTERS)}:${event}`;
	return eventItem(isObject(body) ? body : { body }, event, key);
}

async function shaped(context: IWebhookFunctions, document: RecordDocument): Promise<IDataObject> {
	const parameters = parametersOf(context);
	if (!parameters.read('simplify', boolean)) return await shapeOne(rawShape, document);
	const { eventUri } = readChoices(parameters);
	if (eventUri === undefined && document.record.type === 'attendees') {
		// Of which event it is, and so what its fields are called, is not in what Eventtia sends.
		return await shapeOne(rawShape, document);
	}
	return await shapeOne(simplifiedShape(await connect(context), eventUri), document);
}

// The action nodes as tools of n8n's AI Agent, called by a scripted model: what the model is given, what reaches the
// vendors, and what the model gets back.

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import artsvp from '../vendors/artsvp.mts';
import type { TestVendor, VendorKey } from '../vendors/defineVendor.mts';
import eventVault from '../vendors/event-vault.mts';
import eventtia from '../vendors/eventtia.mts';
import { VENDORS, secretValues } from '../vendors/index.mts';
import inEvent from '../vendors/inevent.mts';
import invitario from '../vendors/invitario.mts';
import { type ChatModel, startChatModel, toolResults } from './support/chatModel.mts';
import { type Json, type SavedCredential, runWorkflow, saveCredential } from './support/n8n.mts';
import { hostHas } from './support/host.mts';
import { first } from './support/nodeUnderTest.mts';
import { credentialData, expectNoSecret, useVendors } from './support/vendors.mts';

const AGENT = 'The Agent';
const MODEL = 'The Model';
const WRONG_KEY = 'wrong-key-4711';
const SECRETS = [...VENDORS.flatMap(secretValues), WRONG_KEY];

/** The version that the editor adds, in which n8n runs the tools, and the previous one, which runs them itself. */
const AGENT_VERSIONS = [3.1, 2.2];
const [NEWEST] = AGENT_VERSIONS;

const vendors = useVendors();
const doorList = () => vendors().sandbox.eventVault;
let model: ChatModel;
let modelCredential: SavedCredential;

beforeAll(async () => {
	model = await startChatModel();
	modelCredential = await saveCredential('openAiApi', model.credential);
});
afterEach(() => {
	expect(model.refused).toEqual([]);
	expectNoSecret(JSON.stringify(model.requests), ...SECRETS);
});
afterAll(async () => {
	await model.close();
});

/** One of our nodes as a tool. */
interface Tool {
	name: string;
	node: VendorKey;
	parameters: Json;
	credential?: SavedCredential;
	/** n8n's *On Error* setting. */
	onError?: 'continueRegularOutput';
}

function node(name: string, type: string, typeVersion: number, parameters: Json): Json {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

const into = (type: string) => ({ [type]: [[{ node: AGENT, type, index: 0 }]] });

function use({ id, name, type }: SavedCredential) {
	return { [type]: { id, name } };
}

/** Runs an agent with these tools. */
async function runAgent(tools: Tool[], version = NEWEST) {
	const execution = await runWorkflow({
		name: 'an agent with tools',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node(AGENT, '@n8n/n8n-nodes-langchain.agent', version ?? 0, {
				promptType: 'define',
				text: 'See to it that Jane is on the list.',
				options: {},
			}),
			{
				...node(MODEL, '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, {
					model: { __rl: true, mode: 'id', value: 'scripted' },
					responsesApiEnabled: false,
					options: { maxRetries: 0 },
				}),
				credentials: use(modelCredential),
			},
			...tools.map(({ name, node: type, parameters, credential, ...settings }) => ({
				...node(name, `n8n-nodes-guestlist.${type}Tool`, 1, { options: {}, ...parameters }),
				credentials: use(credential ?? vendors()[type]),
				...settings,
			})),
		],
		connections: {
			Start: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
			[MODEL]: into('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, into('ai_tool')])),
		},
		settings: { executionOrder: 'v1' },
	});
	expectNoSecret(execution.raw, ...SECRETS);
	return { ...execution, said: execution.items(AGENT).map(({ json }) => json.output) };
}

/** The tool that a vendor's file describes. */
function toolOf({ key, aiTool }: Pick<TestVendor, 'key' | 'aiTool'>): Tool {
	return { name: aiTool.name, node: key, parameters: aiTool.parameters };
}

const ADD_GUEST = toolOf(eventVault);
const FIND_GUEST = toolOf(invitario);
const REGISTER = toolOf(inEvent);
const FIND_ATTENDEE = toolOf(eventtia);
const LIST_BOOKINGS = toolOf(artsvp);
const JANE = { Email: 'jane@example.com', Name: 'Jane Doe', Company: 'Acme & Söhne' };

const guest = (wanted: string) =>
	doorList()
		.state.event()
		.guests()
		.find(({ email }) => email === wanted);

/** n8n 1 puts this before an error message; newer versions make an item of it. */
const FAILURE = 'Error during node execution: ';

/** Everything that the tools have returned to the model: a list of items for each call. */
const reported = () =>
	model.requests
		.slice(-1)
		.flatMap(toolResults)
		.map((text): unknown =>
			text.startsWith(FAILURE) ? [{ error: text.slice(FAILURE.length) }] : JSON.parse(text),
		);

describe.each(AGENT_VERSIONS)('AI Agent %s', (version) => {
	test('adds a guest with the model’s arguments, and returns the outcome to the model', async () => {
		model.script([{ tool: 'Add_a_guest', arguments: JANE }], 'Jane is on the list.');

		const { error, said } = await runAgent([ADD_GUEST], version);

		expect(error).toBeUndefined();
		expect(said).toEqual(['Jane is on the list.']);
		expect(guest(JANE.Email)).toMatchObject({ vCardData: { FN: JANE.Name, ORG: JANE.Company } });
		expect(reported()).toEqual([
			[expect.objectContaining({ email: JANE.Email, name: JANE.Name, result: 'added' })],
		]);
	});

	test('returns the failure to the model when the tool is set to continue', async () => {
		model.script([{ tool: 'Add_a_guest', arguments: { ...JANE, Email: 'Jane Doe' } }], 'No.');

		const { error, said } = await runAgent(
			[{ ...ADD_GUEST, onError: 'continueRegularOutput' }],
			version,
		);

		expect(error).toBeUndefined();
		expect(said).toEqual(['No.']);
		expect(reported()).toEqual([
			[
				expect.objectContaining({
					error: expect.stringMatching(/^"Email" is not an email address/),
				}),
			],
		]);
	});
});

test('gives the model names, descriptions and parameters that it can use', async () => {
	model.script('Hello.');

	await runAgent(VENDORS.map(toolOf));

	const described = (description: string, operation: unknown) =>
		hostHas('descriptions of operations')
			? description
			: expect.stringMatching(new RegExp(`\n Operation: ${String(operation)}$`));
	const tools = model.requests.flatMap((request) => request.tools);
	const given = tools.map(({ function: { name, description, parameters } }) => ({
		name,
		description,
		properties: parameters.properties,
		required: [...parameters.required].sort(),
	}));
	const expected = VENDORS.map(({ aiTool: { name, parameters, listed } }) => ({
		name: name.replaceAll(' ', '_'),
		description: described(listed.description, parameters.operation),
		properties: listed.properties,
		required: Object.keys(listed.properties).sort(),
	}));
	const byName = (one: { name: string }, other: { name: string }) =>
		one.name.localeCompare(other.name);
	expect(given.sort(byName)).toEqual(expected.sort(byName));
});

test('two vendors: the model finds a guest at Invitario and adds the guest to Event Vault', async () => {
	const found = first(
		vendors().sandbox.invitario.state.guests(),
		({ deleteDateTime }) => deleteDateTime === null,
	);
	const email = String(found.fields.email);
	const name = `${String(found.fields.firstName)} ${String(found.fields.lastName)}`;
	const company = String(found.fields.company);
	doorList().reset({ guests: 0 });
	model.script(
		[{ tool: 'Find_a_guest_at_the_door', arguments: { Email: email } }],
		[{ tool: 'Add_a_guest', arguments: { Email: email, Name: name, Company: company } }],
		'Done.',
	);

	const { said } = await runAgent([FIND_GUEST, ADD_GUEST]);

	expect(said).toEqual(['Done.']);
	expect(reported()).toEqual([
		[expect.objectContaining({ id: found.id, email, company, lastName: found.fields.lastName })],
		[expect.objectContaining({ email, result: 'added' })],
	]);
	expect(guest(email)).toMatchObject({ vCardData: { FN: name, ORG: company } });
});

test('runs several calls separately, each with its own response', async () => {
	const john = { Email: 'john@example.com', Name: 'John Roe', Company: '' };
	model.script(
		[JANE, john].map((who) => ({ tool: 'Add_a_guest', arguments: who })),
		'Both are on the list.',
	);

	await runAgent([ADD_GUEST]);

	expect(reported()).toEqual(
		[JANE, john].map(({ Email }) => [expect.objectContaining({ email: Email, result: 'added' })]),
	);
	expect(guest(JANE.Email)).toMatchObject({ vCardData: { FN: JANE.Name } });
	expect(guest(john.Email)).toMatchObject({ vCardData: { FN: john.Name } });
});

test('passes a number from the model as a number', async () => {
	model.script([{ tool: 'List_bookings', arguments: { Limit: 3 } }], 'Three.');

	await runAgent([LIST_BOOKINGS]);

	const bookings = [...vendors().sandbox.artsvp.state.bookings()].reverse();
	expect(bookings.length).toBeGreaterThan(3);
	expect(reported()).toEqual([
		bookings.slice(0, 3).map(({ id, email }) => expect.objectContaining({ id, email })),
	]);
});

describe('a failure', () => {
	const failed = (words: RegExp) => [[{ error: expect.stringMatching(words) }]];

	test('of the arguments is explained, so that the model can correct them', async () => {
		const toolsCheckArguments = hostHas('tools that are called with missing arguments');
		const incomplete = [{ tool: 'Add_a_guest', arguments: { Name: JANE.Name } }];
		model.script(
			[{ tool: 'Add_a_guest', arguments: { ...JANE, Email: 'Jane Doe' } }],
			...(toolsCheckArguments ? [incomplete] : []),
			[{ tool: 'Add_a_guest', arguments: JANE }],
			'Jane is on the list.',
		);

		const { error, said } = await runAgent([ADD_GUEST]);

		expect(error).toBeUndefined();
		expect(said).toEqual(['Jane is on the list.']);
		expect(reported()).toEqual([
			...failed(/^"Email" is not an email address/),
			...(toolsCheckArguments ? failed(/^"Email" is empty/) : []),
			[expect.objectContaining({ result: 'added' })],
		]);
		expect(doorList().requests.map(({ path }) => path)).toEqual(['/addGuest']);
	});

	test('of the vendor is returned with the vendor’s message and its details of each field', async () => {
		model.script(
			[{ tool: 'Register_an_attendee', arguments: { Email: JANE.Email, Ticket_Type_ID: 'gold' } }],
			'There is no such ticket.',
		);

		const { error } = await runAgent([REGISTER]);

		expect(error).toBeUndefined();
		expect(reported()).toEqual(failed(/^Invalid request body .*\n"Ticket Type ID": not_found\./));
	});

	test('of a missing record is reported', async () => {
		model.script([{ tool: 'Find_an_attendee', arguments: { Email: 'nobody@example.com' } }], 'No.');

		const { error } = await runAgent([FIND_ATTENDEE]);

		expect(error).toBeUndefined();
		expect(reported()).toEqual(failed(/^There is no such record .*HTTP 404/s));
	});

	test('of the credential is reported without the key', async () => {
		const data = { ...credentialData('eventVault', doorList().url), apiKey: WRONG_KEY };
		const credential = await saveCredential('eventVaultApi', data);
		model.script([{ tool: 'Add_a_guest', arguments: JANE }], 'I may not.');

		await runAgent([{ ...ADD_GUEST, credential }]);

		expect(reported()).toEqual(failed(/^Invalid API key\..*"API Key"/s));
	});
});

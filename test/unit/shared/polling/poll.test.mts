/** The poll as n8n calls it: what it keeps, what it waits out, what it says. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { CallError } from '../../../../nodes/shared/errors.ts';
import { usualEvents } from '../../../../nodes/shared/polling/eventRules.ts';
import { poll } from '../../../../nodes/shared/polling/poll.ts';
import type { PollingVendor } from '../../../../nodes/shared/polling/types.ts';
import { partial } from '../support/partial.mts';

/** What the vendor has, and how it answers. */
class World {
	guests: IDataObject[] = [{ id: '1', name: 'Ada' }];

	error: Error | undefined;

	/** The next answer waits for this. */
	gate: Promise<void> | undefined;

	requests = 0;

	closed = 0;

	said: string[] = [];

	kept: IDataObject = {};

	parameters: IDataObject = {
		triggerOn: ['guestCreated', 'guestUpdated', 'guestDeleted'],
		startFrom: 'now',
		simplify: true,
		options: {},
		area: 'A',
	};

	baseUrl = 'https://a.example.com';

	readonly trigger: PollingVendor<World> = {
		vendor: {
			name: 'Model',
			credentialType: 'modelApi',
			resources: [],
			defaultConcurrency: 1,
			connect: () => this,
			close: async (world) => {
				world.closed += 1;
			},
		},
		streams: [
			{
				value: 'guest',
				record: 'guest',
				events: usualEvents('guest', 'Guest'),
				watched: [{ name: 'name', keep: 'hash' }],
				observe: (guest) => guest,
				idOf: ({ id }) => String(id),
				open: (world) => ({
					async all() {
						world.requests += 1;
						await world.gate;
						if (world.error !== undefined) throw world.error;
						return { records: world.guests, next: undefined, serverTimeMs: undefined };
					},
					shape: async (guests) => guests.map((guest) => ({ ...guest })),
				}),
			},
		],
		scope: [{ displayName: 'Area', name: 'area', type: 'string', default: '' }],
	};

	/** n8n's default engine makes one for each activation. */
	activation(mode: 'trigger' | 'manual' = 'trigger'): IPollFunctions {
		return partial<IPollFunctions>({
			getMode: () => mode,
			getWorkflow: () => ({ id: this.workflowId, name: 'Guests', active: true }),
			getNode: () => ({
				id: 'node',
				name: 'Guests',
				type: 'modelTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				credentials: { modelApi: { id: '1', name: 'Model' } },
			}),
			getNodeParameter: (name: string) => this.parameters[name],
			getTimezone: () => 'UTC',
			getCredentials: async () => ({ baseUrl: this.baseUrl }),
			getWorkflowStaticData: () => this.kept,
			getPollBudgetMs: () => 300_000,
			logger: {
				info: (words: string) => this.said.push(words),
				warn: (words: string) => this.said.push(words),
			},
		});
	}

	private readonly workflowId = `workflow ${Math.random()}`;
}

const told = (result: INodeExecutionData[][] | null): string[] | null =>
	result === null
		? null
		: result.flat().map(({ json }) => `${String(json.id)} ${String(json._event)}`);

const busy = (): CallError => new CallError({ message: 'busy', status: 503 });

let world: World;
let context: IPollFunctions;
const next = async () => told(await poll(context, world.trigger));

beforeEach(() => {
	world = new World();
	context = world.activation();
});

test('knows what is there, tells what changes, opens and closes once a poll', async () => {
	expect(await next()).toBeNull();
	expect(await next()).toBeNull();
	world.guests = [
		{ id: '1', name: 'Ada L.' },
		{ id: '2', name: 'Bob' },
	];
	expect(await next()).toEqual(['1 guestUpdated', '2 guestCreated']);
	expect(await next()).toBeNull();
	expect([world.requests, world.closed]).toEqual([4, 4]);
	expect(JSON.stringify(world.kept)).not.toMatch(/Ada|Bob/);
});

describe('trouble', () => {
	test('what may pass is waited out twice, then told, and changes nothing', async () => {
		await next();
		const before = JSON.stringify(world.kept);
		world.guests = [];
		world.error = busy();
		expect(await next()).toBeNull();
		expect(await next()).toBeNull();
		await expect(next()).rejects.toThrow('busy');
		expect(world.said).toHaveLength(2);
		expect(JSON.stringify(world.kept)).toBe(before);
		expect(world.closed).toBe(world.requests);
		world.error = undefined;
		expect(await next()).toEqual(['1 guestDeleted']);
		world.error = busy();
		expect(await next()).toBeNull();
	});

	test('what does not pass is told at once', async () => {
		world.error = new CallError({ message: 'no such event', status: 404 });
		await expect(next()).rejects.toThrow('no such event');
		expect(world.kept).toEqual({});
	});
});

test('a poll that comes while another one runs does nothing', async () => {
	await next();
	world.guests = [];
	let open = (): void => undefined;
	world.gate = new Promise((resolve) => {
		open = resolve;
	});
	const slow = next();
	expect(await next()).toBeNull();
	open();
	expect(await slow).toEqual(['1 guestDeleted']);
	expect(world.requests).toBe(2);
});

describe('a beginning that n8n would not save', () => {
	test('the first poll of an activation needs nothing', async () => {
		expect(await next()).toBeNull();
	});

	test('after a first poll that failed: an empty execution, once', async () => {
		world.error = busy();
		expect(await next()).toBeNull();
		world.error = undefined;
		expect(await next()).toEqual([]);
		expect(await next()).toBeNull();
	});

	test('after the credential shows another place: an empty execution, and nothing old', async () => {
		await next();
		world.baseUrl = 'https://b.example.com';
		world.guests = [{ id: '7', name: 'Eve' }];
		expect(await next()).toEqual([]);
		expect(world.said.join()).toContain('begins anew');
	});
});

describe('a change of the node', () => {
	test('another scope begins anew, quietly, also where everything was asked for', async () => {
		world.parameters.startFrom = 'everything';
		expect(await next()).toEqual(['1 guestCreated']);
		world.parameters.area = 'B';
		world.guests = [{ id: '7', name: 'Eve' }];
		context = world.activation();
		expect(await next()).toBeNull();
		world.guests = [];
		expect(await next()).toEqual(['7 guestDeleted']);
	});

	test('another start is obeyed', async () => {
		await next();
		world.parameters.startFrom = 'everything';
		context = world.activation();
		expect(await next()).toEqual(['1 guestCreated']);
	});

	test('how many come out at once is no other watch', async () => {
		await next();
		world.parameters.options = { maxItems: 1 };
		world.guests = [
			{ id: '2', name: 'B' },
			{ id: '3', name: 'C' },
		];
		expect(await next()).toEqual(['2 guestCreated']);
		expect(await next()).toEqual(['3 guestCreated']);
		expect(await next()).toEqual(['1 guestDeleted']);
	});
});

describe('what was kept cannot be read', () => {
	test.each([
		['nonsense', 'nonsense'],
		['a later version', { v: 99 }],
		['its rows', undefined],
	])('%s: the trigger begins anew, and says so', async (_, kept) => {
		await next();
		if (kept === undefined) {
			const text = JSON.stringify(world.kept.watch);
			world.kept.watch = JSON.parse(text.replace(/"rows":"[^"]*"/, '"rows":"?"'));
		} else world.kept.watch = kept;
		world.guests = [{ id: '2', name: 'Bob' }];
		expect(await next()).toEqual([]);
		expect(world.said.join()).toContain('cannot be read');
		world.guests = [];
		expect(await next()).toEqual(['2 guestDeleted']);
	});
});

describe('a test by hand', () => {
	test('shows recent records and touches nothing', async () => {
		await next();
		const before = JSON.stringify(world.kept);
		world.guests = Array.from({ length: 8 }, (_, index) => ({ id: String(index), name: 'N' }));
		context = world.activation('manual');
		expect(await next()).toHaveLength(5);
		expect(JSON.stringify(world.kept)).toBe(before);
		world.guests = [];
		expect(await next()).toBeNull();
	});

	test('is told of trouble at once', async () => {
		world.error = busy();
		context = world.activation('manual');
		await expect(next()).rejects.toThrow('busy');
	});
});

test('many missing at once are held back, with a word about it', async () => {
	world.guests = ['1', '2', '3', '4'].map((id) => ({ id, name: 'N' }));
	await next();
	world.guests = [];
	expect(await next()).toBeNull();
	expect(world.said.join()).toContain('4 guests are missing');
});

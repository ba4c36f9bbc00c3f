/** The poll as n8n calls it: what it stores, throws and logs. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { CallError } from '../../../../nodes/shared/errors.ts';
import { usualEvents } from '../../../../nodes/shared/polling/eventRules.ts';
import { poll } from '../../../../nodes/shared/polling/poll.ts';
import type { PollingVendor } from '../../../../nodes/shared/polling/types.ts';
import { partial } from '../support/partial.mts';

/** A vendor with one list, and the node that watches it. */
class World {
	guests: IDataObject[] = [{ id: '1', name: 'Ada' }];

	error: Error | undefined;

	/** The next response waits for this. */
	gate: Promise<void> | undefined;

	requests = 0;

	closed = 0;

	logged: string[] = [];

	staticData: IDataObject = {};

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

	/** The context of an activation in n8n's default engine. */
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
			getWorkflowStaticData: () => this.staticData,
			getPollBudgetMs: () => 300_000,
			logger: {
				info: (message: string) => this.logged.push(message),
				warn: (message: string) => this.logged.push(message),
			},
		});
	}

	private readonly workflowId = `workflow ${Math.random()}`;
}

const summary = (result: INodeExecutionData[][] | null): string[] | null =>
	result === null
		? null
		: result.flat().map(({ json }) => `${String(json.id)} ${String(json._event)}`);

const busy = (): CallError => new CallError({ message: 'busy', status: 503 });

let world: World;
let context: IPollFunctions;
const next = async () => summary(await poll(context, world.trigger));

beforeEach(() => {
	world = new World();
	context = world.activation();
});

test('emits changes, not existing records; opens and closes the client once per poll', async () => {
	expect(await next()).toBeNull();
	expect(await next()).toBeNull();
	world.guests = [
		{ id: '1', name: 'Ada L.' },
		{ id: '2', name: 'Bob' },
	];
	expect(await next()).toEqual(['1 guestUpdated', '2 guestCreated']);
	expect(await next()).toBeNull();
	expect([world.requests, world.closed]).toEqual([4, 4]);
	expect(JSON.stringify(world.staticData)).not.toMatch(/Ada|Bob/);
});

describe('failures', () => {
	test('a transient failure is logged twice, then thrown, and changes no state', async () => {
		await next();
		const before = JSON.stringify(world.staticData);
		world.guests = [];
		world.error = busy();
		expect(await next()).toBeNull();
		expect(await next()).toBeNull();
		await expect(next()).rejects.toThrow('busy');
		expect(world.logged).toHaveLength(2);
		expect(JSON.stringify(world.staticData)).toBe(before);
		expect(world.closed).toBe(world.requests);
		world.error = undefined;
		expect(await next()).toEqual(['1 guestDeleted']);
		world.error = busy();
		expect(await next()).toBeNull();
	});

	test('any other failure is thrown immediately', async () => {
		world.error = new CallError({ message: 'no such event', status: 404 });
		await expect(next()).rejects.toThrow('no such event');
		expect(world.staticData).toEqual({});
	});
});

test('a poll does nothing while another one is in progress', async () => {
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

describe('a first scan that n8n would not save', () => {
	test('the first poll of an activation needs no execution', async () => {
		expect(await next()).toBeNull();
	});

	test('after a failed first poll: one empty execution', async () => {
		world.error = busy();
		expect(await next()).toBeNull();
		world.error = undefined;
		expect(await next()).toEqual([]);
		expect(await next()).toBeNull();
	});

	test('after the credential points elsewhere: one empty execution, no existing records', async () => {
		await next();
		world.baseUrl = 'https://b.example.com';
		world.guests = [{ id: '7', name: 'Eve' }];
		expect(await next()).toEqual([]);
		expect(world.logged.join()).toContain('begins anew');
	});
});

describe('a changed node', () => {
	test('another scope resets the trigger without emitting existing records, even with "Everything"', async () => {
		world.parameters.startFrom = 'everything';
		expect(await next()).toEqual(['1 guestCreated']);
		world.parameters.area = 'B';
		world.guests = [{ id: '7', name: 'Eve' }];
		context = world.activation();
		expect(await next()).toBeNull();
		world.guests = [];
		expect(await next()).toEqual(['7 guestDeleted']);
	});

	test('another "Start From" takes effect', async () => {
		await next();
		world.parameters.startFrom = 'everything';
		context = world.activation();
		expect(await next()).toEqual(['1 guestCreated']);
	});

	test('another "Max Items per Poll" does not reset the trigger', async () => {
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

describe('a state that cannot be read', () => {
	test.each([
		['nonsense', 'nonsense'],
		['a later version', { v: 99 }],
		['its rows', undefined],
	])('%s: the trigger is reset with a warning', async (_, saved) => {
		await next();
		if (saved === undefined) {
			const text = JSON.stringify(world.staticData.watch);
			world.staticData.watch = JSON.parse(text.replace(/"rows":"[^"]*"/, '"rows":"?"'));
		} else world.staticData.watch = saved;
		world.guests = [{ id: '2', name: 'Bob' }];
		expect(await next()).toEqual([]);
		expect(world.logged.join()).toContain('cannot be read');
		world.guests = [];
		expect(await next()).toEqual(['2 guestDeleted']);
	});
});

describe('a manual test', () => {
	test('emits recent records and changes no state', async () => {
		await next();
		const before = JSON.stringify(world.staticData);
		world.guests = Array.from({ length: 8 }, (_, index) => ({ id: String(index), name: 'N' }));
		context = world.activation('manual');
		expect(await next()).toHaveLength(5);
		expect(JSON.stringify(world.staticData)).toBe(before);
		world.guests = [];
		expect(await next()).toBeNull();
	});

	test('throws a failure immediately', async () => {
		world.error = busy();
		context = world.activation('manual');
		await expect(next()).rejects.toThrow('busy');
	});
});

test('too many deletions at once are held back with a warning', async () => {
	world.guests = ['1', '2', '3', '4'].map((id) => ({ id, name: 'N' }));
	await next();
	world.guests = [];
	expect(await next()).toBeNull();
	expect(world.logged.join()).toContain('4 guests are missing');
});

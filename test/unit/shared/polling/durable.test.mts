/** Polls with n8n's durable cursors: each gets the state that was last saved, which may be an old one. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { usualEvents } from '../../../../nodes/shared/polling/eventRules.ts';
import { poll } from '../../../../nodes/shared/polling/poll.ts';
import type { PollingVendor } from '../../../../nodes/shared/polling/types.ts';

/** The budget of n8n 2.41 for a scheduled poll with durable cursors, and for any other poll. */
const DURABLE_BUDGET_MS = 36_000;
const OTHER_BUDGET_MS = 300_000;
const MAX_SAVE_MS = 30_000;

/** A vendor with one list of people. */
class People {
	list: IDataObject[] = [{ id: 'ann' }];

	readonly trigger: PollingVendor<People> = {
		vendor: {
			name: 'People',
			credentialType: 'peopleApi',
			resources: [],
			defaultConcurrency: 1,
			connect: () => this,
		},
		scope: [],
		streams: [
			{
				value: 'person',
				record: 'person',
				events: usualEvents('person', 'Person'),
				watched: [],
				observe: () => ({}),
				idOf: ({ id }) => String(id),
				open: () => ({
					all: async () => ({
						records: [...this.list],
						next: undefined,
						serverTimeMs: undefined,
					}),
					shape: async (records) => records,
				}),
			},
		],
	};
}

let workflows = 0;

/** One published workflow; `saved` is the state in n8n's database. */
class Published {
	saved: IDataObject = {};

	private readonly id = `durable ${(workflows += 1)}`;

	constructor(private readonly people: People) {}

	/** @returns the IDs of the items, and the state that n8n gets to save */
	async poll(budgetMs: number): Promise<{ emitted: unknown[] | null; cursor: IDataObject }> {
		const cursor: IDataObject = JSON.parse(JSON.stringify(this.saved));
		const parameters: IDataObject = {
			triggerOn: ['personCreated'],
			startFrom: 'now',
			simplify: true,
			options: {},
		};
		const context: Partial<IPollFunctions> = {
			getMode: () => 'trigger',
			getWorkflow: () => ({ id: this.id, name: 'Watches', active: true }),
			getNode: () => ({
				id: 'node',
				name: 'People Trigger',
				type: 'peopleTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}),
			getTimezone: () => 'Europe/Vienna',
			getWorkflowStaticData: () => cursor,
			getPollBudgetMs: () => budgetMs,
		};
		Object.assign(context, {
			getNodeParameter: (name: string) => parameters[name],
			getCredentials: async () => ({ baseUrl: 'https://people.example.com' }),
			logger: { info: () => undefined, warn: () => undefined },
		});
		const result = await poll(context as IPollFunctions, this.people.trigger);
		return { emitted: result === null ? null : result.flat().map(({ json }) => json.id), cursor };
	}
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => {
	jest.useRealTimers();
});

describe('with durable cursors', () => {
	test('changes after the first poll are emitted, although n8n drops the state of that poll', async () => {
		const people = new People();
		const workflow = new Published(people);
		expect((await workflow.poll(OTHER_BUDGET_MS)).emitted).toBeNull();

		people.list.push({ id: 'ben' });

		expect((await workflow.poll(DURABLE_BUDGET_MS)).emitted).toEqual(['ben']);
	});

	test('a poll that starts before n8n saved the last one emits nothing', async () => {
		const people = new People();
		const workflow = new Published(people);
		workflow.saved = (await workflow.poll(DURABLE_BUDGET_MS)).cursor;
		people.list.push({ id: 'ben' });
		const first = await workflow.poll(DURABLE_BUDGET_MS);

		const tooSoon = await workflow.poll(DURABLE_BUDGET_MS);
		expect([first.emitted, tooSoon.emitted]).toEqual([['ben'], null]);
		expect(tooSoon.cursor).toEqual(workflow.saved);

		workflow.saved = first.cursor;
		people.list.push({ id: 'eve' });
		expect((await workflow.poll(DURABLE_BUDGET_MS)).emitted).toEqual(['eve']);
	});

	test('items that n8n never saved are emitted again', async () => {
		const people = new People();
		const workflow = new Published(people);
		workflow.saved = (await workflow.poll(DURABLE_BUDGET_MS)).cursor;
		people.list.push({ id: 'ben' });
		await workflow.poll(DURABLE_BUDGET_MS);

		jest.advanceTimersByTime(MAX_SAVE_MS);

		expect((await workflow.poll(DURABLE_BUDGET_MS)).emitted).toEqual(['ben']);
	});
});

test('without durable cursors, the saved state counts', async () => {
	const people = new People();
	const workflow = new Published(people);
	await workflow.poll(OTHER_BUDGET_MS);
	people.list.push({ id: 'ben' });

	expect((await workflow.poll(OTHER_BUDGET_MS)).emitted).toBeNull();
});

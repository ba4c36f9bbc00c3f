/**
 * Hostile values in every parameter of every polling trigger: the first poll of an activation tells what is wrong by the
 * field's name, or reads only the lists that it watches.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import type { ContractTable } from '../contract/support/table.mts';
import { nodeProperties } from '../contract/support/builtNode.mts';
import { STREAMS, type WatchedStream } from '../engine/polling/streams.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { createPoller } from '../support/polling.mts';
import { withShortWaits } from '../support/short-waits.mts';
import { startGuard, type Guard } from './support/guard.mts';
import {
	BLANKS,
	OTHER_TEXTS,
	randomValues,
	SEED,
	share,
	TYPES,
	valueOf,
	WORST_TEXTS,
} from './support/hostile.mts';
import { errorComplaints, requestComplaints } from './support/inspect.mts';
import { given, placesOf, withValue, type Place } from './support/places.mts';
import { VENDORS } from './support/vendors.mts';

const TIMEOUT_MS = 180_000;
const GUESTS = 2;
const TABLES: Readonly<Record<keyof typeof STREAMS, string>> = {
	eventVault: 'event-vault',
	invitario: 'invitario',
	artsvp: 'artsvp',
	inEvent: 'inevent',
	eventtia: 'eventtia',
};

/** A stream, and whether the fields that all streams of its node share are tried with it. */
interface Tried {
	name: string;
	stream: WatchedStream;
	table: ContractTable;
	isFirst: boolean;
}

const TRIED: Tried[] = Object.entries(STREAMS).flatMap(([node, streams]) =>
	[...streams].flatMap((stream, index): Tried[] => {
		const key = Object.keys(STREAMS).find((one): one is keyof typeof STREAMS => one === node);
		const table = VENDORS.find((vendor) => key && vendor.table.vendor === TABLES[key])?.table;
		return table === undefined
			? []
			: [{ name: `${node}: ${stream.name}`, stream, table, isFirst: index === 0 }];
	}),
);

describe('the parameters of polling triggers', () => {
	let engine: Engine;
	let sandbox: Sandbox;
	let guard: Guard;
	let values = 0;
	let turn = 0;

	beforeAll(async () => {
		engine = await createEngine();
		sandbox = await startSandbox({ seed: { guests: GUESTS } });
		const servers = TRIED.map(({ stream }) => stream.vendor.server(sandbox));
		const ports = new Set(servers.map(({ url }) => Number(new URL(url).port)));
		guard = startGuard((port) => ports.has(port));
		for (const { state } of servers) {
			Object.assign(Object(Reflect.get(state, 'rateLimit')), { limit: null });
		}
	});
	afterAll(async () => {
		guard.end();
		await sandbox.close();
		process.stdout.write(`\npolling triggers: ${TRIED.length} streams, ${values} values\n`);
	});

	async function poll(
		{ stream, table }: Tried,
		parameters: IDataObject,
		place: Place,
	): Promise<string[]> {
		const server = stream.vendor.server(sandbox);
		server.requests.length = 0;
		values += 1;
		const poller = await createPoller({
			engine,
			node: stream.vendor.node,
			parameters,
			credentials: { [stream.vendor.credentialType]: stream.vendor.credential(server.url) },
		});
		const { result } = await withShortWaits(async () => await poller.poll());
		const found: string[] = [];
		const { error, emitted } = result;
		if (error !== undefined) {
			const { message, description = '' } = error;
			const isVendors = error.name === 'NodeApiError';
			found.push(...errorComplaints({ message, description, isVendors }, undefined, place.labels));
		}
		if (emitted !== null && JSON.stringify(emitted).includes('[object Object]')) {
			found.push('an item holds what a program made of an object');
		}
		return [
			...found,
			...server.requests.flatMap((request) =>
				requestComplaints(table, request, {
					endpoints: new Set(table.endpoints),
					isFree: false,
				}),
			),
			...guard.strangers().map((where) => `a connection to ${where}`),
			...guard.pollution().map((what) => `${what} was added`),
		];
	}

	test.each(TRIED)(
		'$name',
		async (tried) => {
			const { stream, isFirst } = tried;
			const base: IDataObject = {
				triggerOn: Object.values(stream.events),
				...stream.scope(sandbox),
				startFrom: 'now',
				simplify: true,
			};
			const fields = nodeProperties(stream.vendor.node).filter(
				({ name }) => name in stream.scope(sandbox) || isFirst,
			);
			const shown = fields.filter(({ displayOptions }) => {
				const on = displayOptions?.show?.triggerOn ?? [];
				return on.length === 0 || Object.values(stream.events).some((event) => on.includes(event));
			});
			const complaints: string[] = [];
			for (const place of placesOf(shown, base)) {
				const hostile = [
					...share(TYPES, 5, turn),
					...BLANKS,
					...share(WORST_TEXTS, 5, turn),
					...share(OTHER_TEXTS, 3, turn),
					...randomValues(1, turn),
				];
				turn += 1;
				for (const one of hostile) {
					const parameters = withValue(base, place, valueOf(one));
					if (given(parameters, place) === undefined) continue;
					const found = await poll(tried, parameters, place);
					complaints.push(...found.map((text) => `${place.name} ${one.label}: ${text}`));
				}
			}

			expect({ seed: SEED, complaints }).toEqual({ seed: SEED, complaints: [] });
		},
		TIMEOUT_MS,
	);
});

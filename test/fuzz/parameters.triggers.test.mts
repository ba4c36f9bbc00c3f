/**
 * Hostile values in every parameter of every polling trigger: the first poll of an activation reports the problem
 * with the field's name, or reads only the lists that it watches.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import { nodeProperties } from '../contract/support/builtNode.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { createPoller } from '../support/polling.mts';
import { withShortWaits } from '../support/short-waits.mts';
import type { TestVendor, WatchedStream } from '../vendors/defineVendor.mts';
import { VENDORS } from '../vendors/index.mts';
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

const TIMEOUT_MS = 180_000;
const GUESTS = 2;

/** A stream, and whether to test the fields that all streams of its node share. */
interface Tried {
	name: string;
	vendor: TestVendor;
	stream: WatchedStream;
	isFirst: boolean;
}

const TRIED: Tried[] = VENDORS.flatMap((vendor) =>
	vendor.streams.map((stream, index) => ({
		name: `${vendor.key}: ${stream.name}`,
		vendor,
		stream,
		isFirst: index === 0,
	})),
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
		const ports = new Set(VENDORS.map(({ key }) => Number(new URL(sandbox[key].url).port)));
		guard = startGuard((port) => ports.has(port));
		for (const { key, api } of VENDORS) api.liftLimits(sandbox[key]);
	});
	afterAll(async () => {
		guard.end();
		await sandbox.close();
		process.stdout.write(`\npolling triggers: ${TRIED.length} streams, ${values} values\n`);
	});

	async function poll({ vendor }: Tried, parameters: IDataObject, place: Place): Promise<string[]> {
		const { credential, contract } = vendor;
		const { table } = contract;
		const server = sandbox[vendor.key];
		server.requests.length = 0;
		values += 1;
		const poller = await createPoller({
			engine,
			node: `${vendor.key}Trigger`,
			parameters,
			credentials: {
				[credential.type]: { ...credential.data(server.url), ...credential.unlimited },
			},
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
			const { vendor, stream, isFirst } = tried;
			const server = sandbox[vendor.key];
			const base: IDataObject = {
				triggerOn: Object.values(stream.events),
				...stream.scope(server),
				startFrom: 'now',
				simplify: true,
			};
			const fields = nodeProperties(`${vendor.key}Trigger`).filter(
				({ name }) => name in stream.scope(server) || isFirst,
			);
			const shown = fields.filter(({ displayOptions }) => {
				const on = displayOptions?.show?.triggerOn ?? [];
				return on.length === 0 || Object.values(stream.events).some((event) => on.includes(event));
			});
			const findings: string[] = [];
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
					findings.push(...found.map((text) => `${place.name} ${one.label}: ${text}`));
				}
			}

			expect({ seed: SEED, findings }).toEqual({ seed: SEED, findings: [] });
		},
		TIMEOUT_MS,
	);
});

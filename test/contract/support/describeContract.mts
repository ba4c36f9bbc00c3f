/**
 * Tests a contract table in n8n's real engine against the sandbox: every documented endpoint is reached, every
 * documented parameter can be set and arrives in its place and form, nothing undocumented is sent, and every
 * operation has the effect that it states.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Effect } from '../../../nodes/shared/action/types.ts';
import type { RecordedRequest } from '../../../sandbox/start.mts';
import { createEngine, type Engine } from '../../support/engine.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';
import { nodeOperations, nodeProperties, statedEffects } from './builtNode.mts';
import { startContractRig, type ContractRig } from './contractRig.mts';
import { planRuns, type PlannedRun } from './plan.mts';
import {
	endpointEffect,
	endpointName,
	isNodePlace,
	operationName,
	parameterName,
	type DocumentedEndpoint,
	type DocumentedParameter,
	type Place,
} from './table.mts';
import { findEndpoint, isAutomatic, undocumented, readValue, wireType } from './wire.mts';

/**
 * Registers the tests of one vendor and prints `<vendor> n/n` and `<vendor> parameters m/m`: how much of the
 * documented API was seen on the wire; what the document only names is counted separately.
 */
export function describeContract<Key extends VendorKey>(vendor: TestVendor<Key>): void {
	const { table } = vendor.contract;
	const reached = new Set<string>();
	const arrived = new Set<string>();
	/** The strongest effect that each operation had on the wire, by `resource: operation`. */
	const effects = new Map<string, Effect>();
	const properties = nodeProperties(table.nodeType);
	let engine: Engine;
	let rig: ContractRig;

	async function prove(
		endpoint: DocumentedEndpoint,
		operation: string,
		run: PlannedRun,
	): Promise<void> {
		const result = await engine.run({
			nodeType: table.nodeType,
			parameters: run.parameters,
			credentials: rig.credentials,
			...(run.items === undefined ? {} : { items: [...run.items] }),
		});

		expect(result.error).toBeUndefined();
		expect(rig.refused).toEqual([]);
		expect(rig.requests.flatMap((request) => undocumented(table, request))).toEqual([]);
		const reaching = rig.requests.filter((one) => findEndpoint(table, one) === endpoint);
		const request = reaching[run.precededBy];
		if (request === undefined) throw new Error(`${endpointName(endpoint)} was not reached`);
		for (const parameter of endpoint.parameters) {
			expectArrival(endpoint, parameter, request, run);
			if (!run.absent.includes(parameter)) arrived.add(parameterName(endpoint, parameter));
		}
		reached.add(endpointName(endpoint));
		const effect = strongest([...rig.requests.map(effectOf), effects.get(operation)]);
		effects.set(operation, effect);
	}

	function effectOf(request: RecordedRequest): Effect | undefined {
		const endpoint = findEndpoint(table, request);
		return endpoint && endpointEffect(endpoint);
	}

	function expectArrival(
		endpoint: DocumentedEndpoint,
		parameter: DocumentedParameter,
		request: RecordedRequest,
		run: PlannedRun,
	): void {
		const value = readValue(endpoint, request, parameter);
		const shown = { [parameter.name]: value };
		const place = run.expected.get(parameter);
		if (run.absent.includes(parameter)) {
			expect(shown).toEqual({ [parameter.name]: undefined });
		} else if (typeof parameter.setBy === 'string' || parameter.setBy instanceof RegExp) {
			const good = isAutomatic(parameter.setBy, value, request.at);
			expect({ ...shown, good }).toEqual({ ...shown, good: true });
		} else if (place !== undefined) {
			expect(shown).toEqual({ [parameter.name]: expectedValue(place) });
			if (parameter.type !== 'any') expect(wireType(value)).toBe(parameter.type);
		}
	}

	function expectedValue(place: Place): unknown {
		if (isNodePlace(place)) return place.arrivesAs ?? place.value;
		const [data] = Object.values(rig.credentials);
		return place.arrivesAs ?? data?.[place.credential];
	}

	describe(`contract of ${table.vendor}`, () => {
		beforeAll(async () => {
			engine = await createEngine();
			rig = await startContractRig(vendor);
		});
		afterAll(async () => await rig.close());
		beforeEach(() => rig.reset());

		for (const endpoint of table.endpoints) {
			describe(endpointName(endpoint), () => {
				for (const operation of endpoint.reachedBy) {
					test.each(planRuns(endpoint, operation, properties))(
						'$title',
						async (run) => await prove(endpoint, operationName(operation), run),
					);
				}
			});
		}

		test('every operation of the node is in the table', () => {
			const listed = table.endpoints.flatMap(({ reachedBy }) => reachedBy.map(operationName));

			expect([...new Set(listed)].sort()).toEqual(nodeOperations(table.nodeType).sort());
		});

		test('every operation has the effect that it states', () => {
			expect(Object.fromEntries(effects)).toEqual(
				Object.fromEntries(statedEffects(table.nodeType)),
			);
		});

		test('is complete', () => {
			const endpoints = table.endpoints.map(endpointName);
			const parameters = table.endpoints.flatMap(parameterNames);
			process.stdout.write(
				`\n${table.vendor} ${counted(table.endpoints, (one) => [endpointName(one)], reached)}\n` +
					`${table.vendor} parameters ${counted(table.endpoints, parameterNames, arrived)}\n`,
			);

			expect([...reached].sort()).toEqual(endpoints.sort());
			expect([...arrived].sort()).toEqual(parameters.sort());
		});
	});
}

/** A removal is stronger than another write, and any write stronger than a read. */
function strongest(effects: ReadonlyArray<Effect | undefined>): Effect {
	if (effects.includes('remove')) return 'remove';
	return effects.includes('write') ? 'write' : 'read';
}

function parameterNames(endpoint: DocumentedEndpoint): string[] {
	return endpoint.parameters.map((parameter) => parameterName(endpoint, parameter));
}

/**
 * `n/n`, or `n/n documented + m named` if the document only names some; endpoints that were not seen are not counted.
 */
function counted(
	endpoints: readonly DocumentedEndpoint[],
	namesOf: (endpoint: DocumentedEndpoint) => string[],
	seen: ReadonlySet<string>,
): string {
	const isNamed = ({ named }: DocumentedEndpoint) => named === true;
	const documented = endpoints.filter((one) => !isNamed(one)).flatMap(namesOf);
	const named = endpoints.filter(isNamed).flatMap(namesOf);
	const seenOf = (names: string[]) => names.filter((name) => seen.has(name)).length;
	const count = `${seenOf(documented)}/${documented.length}`;
	return named.length === 0 ? count : `${count} documented + ${seenOf(named)} named`;
}

/**
 * Fuzzes every parameter of every operation of a vendor's node, in n8n's real engine against the sandbox: one hostile
 * parameter at a time in an otherwise valid run, which is the contract's. Hostile values are items of one execution
 * between valid ones, as users meet them.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { RecordedRequest } from '../../../sandbox/start.mts';
import { nodeOperations, nodeProperties } from '../../contract/support/builtNode.mts';
import { startContractRig, type ContractRig } from '../../contract/support/contractRig.mts';
import { planRuns, type PlannedRun } from '../../contract/support/plan.mts';
import {
	endpointName,
	operationName,
	type DocumentedEndpoint,
} from '../../contract/support/table.mts';
import { findEndpoint } from '../../contract/support/wire.mts';
import {
	createEngine,
	type CredentialData,
	type Engine,
	type NodeRunResult,
} from '../../support/engine.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';
import { rigCredential, portOf } from './credential.mts';
import { startGuard, type Guard } from './guard.mts';
import {
	BLANKS,
	OTHER_TEXTS,
	randomValues,
	reservedWords,
	SEED,
	share,
	TYPES,
	VALUE,
	WORST_TEXTS,
	type Hostile,
} from './hostile.mts';
import { errorComplaints, requestComplaints, short, shownError } from './inspect.mts';
import { at, fieldsOf, given, placesOf, withValue, type Place } from './places.mts';

/** After this many fields that look the same were tested with everything, the others get only a share of the values. */
const ENOUGH = 1;
const FIRST = { types: 100, blanks: 100, worst: 100, others: 4, random: 2 };
const LATER = { types: 3, blanks: 3, worst: 3, others: 1, random: 1 };
/** Read once, from the first item: an invalid one ends the run. */
const OF_THE_RUN = ['options.concurrency', 'options.maxWait', 'options.timeout'];
const RUNS_EACH = 2;
/** Thousands of values, on a machine that may be busy. */
const TIMEOUT_MS = 180_000;
/** One valid item after this many hostile ones. */
const BETWEEN = 12;

/** One operation with its valid runs. */
interface Subject {
	name: string;
	resource: string;
	operation: string;
	runs: PlannedRun[];
	endpoints: ReadonlySet<DocumentedEndpoint>;
}

interface Tally {
	places: number;
	values: number;
	requests: number;
	/** Filters that are ignored when they are blank, so that the list is unfiltered: a known limit. */
	blankFilters: Set<string>;
}

/** Registers the tests of a vendor and prints how much was tested. */
export function describeParameters<Key extends VendorKey>(vendor: TestVendor<Key>): void {
	const { table } = vendor.contract;
	const facts = vendor.fuzz.parameters;
	const properties = nodeProperties(table.nodeType);
	const tally: Tally = { places: 0, values: 0, requests: 0, blankFilters: new Set() };
	let engine: Engine;
	let rig: ContractRig;
	let credentials: CredentialData;
	let guard: Guard;
	let turn = 0;
	/** How often a field has been tested, by what a person sees of it. */
	const seen = new Map<string, number>();

	const subjects = nodeOperations(table.nodeType).map((name): Subject => subjectOf(name));

	function subjectOf(name: string): Subject {
		const [resource = '', operation = ''] = name.split(': ');
		const reached = table.endpoints.flatMap((endpoint) =>
			endpoint.reachedBy
				.filter((reaching) => operationName(reaching) === name)
				.map((reaching) => ({ endpoint, reaching })),
		);
		return {
			name,
			resource,
			operation,
			runs: reached
				.flatMap(({ endpoint, reaching }) => planRuns(endpoint, reaching, properties))
				.map((one) => ({
					...one,
					parameters: withEntries(
						asLocators(one.parameters, fieldsOf(properties, resource, operation)),
						facts.also?.[name] ?? {},
					),
				})),
			endpoints: new Set(reached.map(({ endpoint }) => endpoint)),
		};
	}

	async function run(
		parameters: IDataObject,
		items: Array<{ json: IDataObject } & Partial<INodeExecutionData>>,
		continues: boolean,
	): Promise<NodeRunResult> {
		const { result } = await withShortWaits(
			async () =>
				await engine.run({
					nodeType: table.nodeType,
					parameters,
					credentials,
					items,
					...(continues ? { onError: 'continueRegularOutput' as const } : {}),
				}),
		);
		return result;
	}

	/** What a valid run does: its endpoints on the wire. */
	async function endpointsOf(subject: Subject): Promise<Set<DocumentedEndpoint>> {
		const used = [...(facts.uses?.['*'] ?? []), ...(facts.uses?.[subject.name] ?? [])];
		const endpoints = new Set([
			...subject.endpoints,
			...table.endpoints.filter((endpoint) => used.includes(endpointName(endpoint))),
		]);
		for (const one of subject.runs) {
			rig.reset();
			const result = await run(one.parameters, [...(one.items ?? [{ json: {} }])], false);
			if (result.error) throw new Error(`${one.title} is no good call: ${result.error.message}`);
			for (const request of rig.requests) {
				const endpoint = findEndpoint(table, request);
				if (endpoint !== undefined) endpoints.add(endpoint);
			}
		}
		return endpoints;
	}

	describe(`parameters of ${table.vendor}`, () => {
		beforeAll(async () => {
			engine = await createEngine();
			rig = await startContractRig(vendor);
			({ credentials } = rig);
			const port = portOf(rigCredential(rig));
			guard = startGuard((one) => one === port);
		});
		afterAll(async () => {
			guard.end();
			await rig.close();
			process.stdout.write(
				`\n${table.vendor}: ${subjects.length} operations, ${tally.places} places, ${tally.values} values, ` +
					`${tally.requests} requests; ${tally.blankFilters.size} filters that are left out when they are blank\n`,
			);
		});

		test.each(subjects)(
			'$name',
			async (subject) => {
				const findings: string[] = [];
				const endpoints = await endpointsOf(subject);
				const [first] = subject.runs;
				if (first === undefined) throw new Error(`${subject.name} has no good call`);
				const fields = fieldsOf(properties, subject.resource, subject.operation);
				for (const place of placesOf(fields, merged(subject.runs))) {
					const base =
						subject.runs.find(({ parameters }) => given(parameters, place) !== undefined) ?? first;
					const tried = valuesFor(place);
					tally.places += 1;
					tally.values += tried.length;
					const found = OF_THE_RUN.includes(place.name)
						? await tryAlone(place, base, share(tried, RUNS_EACH, turn))
						: await tryTogether(subject, place, base, tried, endpoints);
					findings.push(...found.map((one) => `${place.name}: ${one}`));
					turn += 1;
				}

				expect({ seed: SEED, findings }).toEqual({ seed: SEED, findings: [] });
			},
			TIMEOUT_MS,
		);
	});

	function valuesFor(place: Place): Hostile[] {
		const isInPath = table.endpoints.some(({ parameters }) =>
			parameters.some(
				({ in: where, setBy }) =>
					where === 'path' &&
					Array.isArray(setBy) &&
					setBy.some((one) => 'parameter' in one && one.parameter === place.path.join('.')),
			),
		);
		const key = JSON.stringify([place.name, place.labels, place.field.type]);
		const times = seen.get(key) ?? 0;
		seen.set(key, times + 1);
		const count = times < ENOUGH ? FIRST : LATER;
		const texts = isInPath
			? [...OTHER_TEXTS, ...reservedWords(table.endpoints.map(({ path }) => path))]
			: OTHER_TEXTS;
		return [
			...share(TYPES, count.types, turn),
			...share(BLANKS, count.blanks, turn),
			...share(WORST_TEXTS, count.worst, turn),
			...share(texts, isInPath && times === 0 ? texts.length : count.others, turn),
			...randomValues(count.random, turn),
		];
	}

	function without(operation: string, place: Place, parameters: IDataObject): IDataObject {
		const left = structuredClone(parameters);
		for (const name of facts.without?.[operation] ?? []) {
			const [collection = '', entry = ''] = name.split('.');
			if (place.name !== name) Reflect.deleteProperty(Object(left[collection]), entry);
		}
		return left;
	}

	/** One execution: valid items, and hostile ones between them. */
	async function tryTogether(
		subject: Subject,
		place: Place,
		base: PlannedRun,
		tried: readonly Hostile[],
		endpoints: ReadonlySet<DocumentedEndpoint>,
	): Promise<string[]> {
		const found: string[] = [];
		const good = goodValue(place, base);
		const parameters = withValue(without(subject.name, place, base.parameters), place, VALUE);
		const [binary = {}] = (base.items ?? []).map((item) => ({ ...item }));
		const entries: Array<Hostile | undefined> = [undefined];
		for (const [index, one] of tried.entries()) {
			entries.push(one);
			if (index % BETWEEN === BETWEEN - 1) entries.push(undefined);
		}
		entries.push(undefined);
		const goodJson: IDataObject = JSON.parse(JSON.stringify({ v: good }));
		const items = entries.map((one) => ({ ...binary, json: one?.json ?? goodJson }));

		rig.reset();
		const result = await run(parameters, items, true);
		tally.requests += rig.requests.length;
		if (result.error) return [`the whole run failed: ${short(result.error.message)}`];

		const isFree = isFreeForm(place);
		const outputs = new Map<number, IDataObject[]>();
		let last = 0;
		for (const { json, pairedItem } of result.items) {
			const index = indexOf(pairedItem);
			if (index < last) found.push(`item ${index} comes after item ${last}`);
			last = index;
			outputs.set(index, [...(outputs.get(index) ?? []), json]);
		}
		const isWrite = [...subject.endpoints].every(({ method }) => method !== 'GET');
		for (const [index, one] of entries.entries()) {
			const own = outputs.get(index) ?? [];
			const [error] = own.map(shownError).filter((shown) => shown !== undefined);
			if (one === undefined) {
				if (error !== undefined && !error.isVendors)
					found.push(`the good item ${index}: ${error.message}`);
				continue;
			}
			if (error !== undefined) {
				found.push(
					...errorComplaints(error, index, place.labels).map((text) => `${one.label}: ${text}`),
				);
			} else if (place.path[0] === 'filters' && one.isBlank) {
				tally.blankFilters.add(`${subject.name} ${place.name}`);
			} else if (isRequired(place) && one.isBlank) {
				found.push(`${one.label} is taken: ${short(own)}`);
			}
			if (isWrite && own.length === 0 && facts.readsWithPost !== true) {
				found.push(`${one.label}: nothing came out`);
			}
		}
		const seen = rig.requests.flatMap((request) =>
			requestComplaints(table, request, { endpoints, isFree }),
		);
		found.push(...new Set(seen));
		const refused = rig.refused.filter(({ reason }) => facts.mayRefuse?.test(reason) !== true);
		found.push(...new Set(refused.map(({ reason, ...request }) => `${reason}: ${wire(request)}`)));
		found.push(...happened());
		return found;
	}

	/** One execution for each value of a parameter that the first item sets for all. */
	async function tryAlone(
		place: Place,
		base: PlannedRun,
		tried: readonly Hostile[],
	): Promise<string[]> {
		const found: string[] = [];
		for (const one of tried) {
			rig.reset();
			const parameters = withValue(base.parameters, place, VALUE);
			const [binary = {}] = (base.items ?? []).map((item) => ({ ...item }));
			const { error } = await run(parameters, [{ ...binary, json: one.json }], false);
			tally.requests += rig.requests.length;
			if (error) {
				const { message, description, httpCode } = error;
				const shown = {
					message,
					description: description ?? '',
					isVendors: typeof httpCode === 'string',
				};
				found.push(
					...errorComplaints(shown, undefined, place.labels).map((text) => `${one.label}: ${text}`),
				);
			}
			found.push(...happened());
		}
		return found;
	}

	function happened(): string[] {
		return [
			...guard.strangers().map((where) => `a connection to ${where}`),
			...guard.pollution().map((what) => `${what} was added`),
		];
	}
}

function wire(request: RecordedRequest): string {
	return `${request.method} ${request.path} ${short({ query: request.query, body: request.body })}`;
}

function merged(runs: readonly PlannedRun[]): IDataObject {
	const all: IDataObject = {};
	for (const { parameters } of runs) {
		for (const [name, value] of Object.entries(parameters)) {
			const before = all[name];
			all[name] =
				typeof before === 'object' && typeof value === 'object' && !Array.isArray(value)
					? { ...before, ...value }
					: (before ?? value);
		}
	}
	return all;
}

function withEntries(
	parameters: IDataObject,
	entries: Readonly<Record<string, IDataObject>>,
): IDataObject {
	const filled = Object.entries(entries).map(
		([name, own]) => [name, { ...own, ...Object(parameters[name]) }] as const,
	);
	return { ...parameters, ...Object.fromEntries(filled) };
}

/** The contract's plain values, in the form that the editor stores. */
function asLocators(parameters: IDataObject, fields: readonly INodeProperties[]): IDataObject {
	const located = fields.flatMap(({ name, type, modes }) => {
		const value = parameters[name];
		const mode = modes?.at(-1)?.name;
		return type === 'resourceLocator' && typeof value === 'string'
			? [[name, { __rl: true, mode, value }] as const]
			: [];
	});
	return { ...parameters, ...Object.fromEntries(located) };
}

/** The value at the place in a valid run, else the editor's initial value. */
function goodValue(place: Place, base: PlannedRun): unknown {
	const value = given(base.parameters, place);
	if (value !== undefined) return value;
	if (place.mode === undefined) return place.field.default;
	return at(base.parameters, [...place.path, 'value']) ?? 'x';
}

function isRequired({ field, path }: Place): boolean {
	// An empty list or object is a value where any JSON is allowed.
	return field.required === true && path.length === 1 && field.type !== 'json';
}

function isFreeForm({ field, path }: Place): boolean {
	return (
		['json', 'fixedCollection', 'resourceMapper', 'collection'].includes(field.type) ||
		path.includes('pairs')
	);
}

function indexOf(pairedItem: INodeExecutionData['pairedItem']): number {
	if (typeof pairedItem === 'number') return pairedItem;
	const [one] = [pairedItem ?? []].flat();
	return one?.item ?? -1;
}

/**
 * Requests of the editor with hostile input: *From List* with hostile search texts and page tokens, drop-downs and
 * resource mappers, each with hostile values in the parameters that they depend on.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { nodeOperations, nodeProperties } from '../contract/support/builtNode.mts';
import { startContractRig, type ContractRig } from '../contract/support/contractRig.mts';
import { planRuns } from '../contract/support/plan.mts';
import { operationName, type ContractTable } from '../contract/support/table.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { withShortWaits } from '../support/short-waits.mts';
import { VENDORS } from '../vendors/index.mts';
import { rigCredential, portOf } from './support/credential.mts';
import { startGuard, type Guard } from './support/guard.mts';
import { BLANKS, OTHER_TEXTS, SEED, share, TYPES, WORST_TEXTS } from './support/hostile.mts';
import { editorErrorComplaints, requestComplaints } from './support/inspect.mts';
import { fieldsOf } from './support/places.mts';

const TIMEOUT_MS = 120_000;
const TEXTS = [...share(WORST_TEXTS, 6, 1), ...share(OTHER_TEXTS, 4, 1)];
const ANYTHING = [...share(TYPES, 4, 1), ...share(BLANKS, 3, 1), ...share(TEXTS, 5, 1)].filter(
	({ json }) => json.special === undefined,
);

type Kind = 'listSearch' | 'loadOptions' | 'resourceMapping';

/** A request of the editor, and a valid state of the node for it. */
interface Question {
	kind: Kind;
	method: string;
	parameters: IDataObject;
}

/** Every method that a field of the node names, with the contract's valid run as its state. */
function questionsOf(table: ContractTable): Question[] {
	const properties = nodeProperties(table.nodeType);
	const found = new Map<string, Question>();
	for (const name of nodeOperations(table.nodeType)) {
		const [resource = '', operation = ''] = name.split(': ');
		const [run] = table.endpoints.flatMap((endpoint) =>
			endpoint.reachedBy
				.filter((reaching) => operationName(reaching) === name)
				.flatMap((reaching) => planRuns(endpoint, reaching, properties)),
		);
		for (const [kind, method] of fieldsOf(properties, resource, operation).flatMap(methodsIn)) {
			if (found.has(method) || run === undefined) continue;
			found.set(method, { kind, method, parameters: run.parameters });
		}
	}
	return [...found.values()];
}

function methodsIn(field: INodeProperties): Array<[Kind, string]> {
	const { loadOptionsMethod, resourceMapper } = field.typeOptions ?? {};
	const own: Array<[Kind, string | undefined]> = [
		...(field.modes ?? []).map((mode): [Kind, string | undefined] => [
			'listSearch',
			mode.typeOptions?.searchListMethod,
		]),
		['loadOptions', loadOptionsMethod],
		['resourceMapping', resourceMapper?.resourceMapperMethod],
	];
	const inner = (field.options ?? []).flatMap((option) =>
		'type' in option
			? methodsIn(option)
			: 'values' in option
				? option.values.flatMap(methodsIn)
				: [],
	);
	return [
		...own.flatMap(
			([kind, method]): Array<[Kind, string]> => (method === undefined ? [] : [[kind, method]]),
		),
		...inner,
	];
}

describe.each(VENDORS)('the editor of $key', (vendor) => {
	const { table } = vendor.contract;
	const questions = questionsOf(table);
	let engine: Engine;
	let rig: ContractRig;
	let guard: Guard;

	beforeAll(async () => {
		engine = await createEngine();
		rig = await startContractRig(vendor);
		const port = portOf(rigCredential(rig));
		guard = startGuard((one) => one === port);
	});
	afterAll(async () => {
		guard.end();
		await rig.close();
	});

	async function ask(
		{ kind, method, parameters }: Question,
		request: { filter?: string; paginationToken?: string; changes?: IDataObject },
	): Promise<string[]> {
		const { type, data } = rigCredential(rig);
		const { changes, ...search } = request;
		const all = {
			parameters: { ...parameters, ...changes },
			credentials: { [type]: data },
		};
		rig.requests.length === 0 || rig.reset();
		const { result: error } = await withShortWaits(async () => {
			const asked =
				kind === 'listSearch'
					? engine.listSearch(table.nodeType, method, { ...all, ...search })
					: kind === 'loadOptions'
						? engine.loadOptions(table.nodeType, method, all)
						: engine.resourceMapping(table.nodeType, method, all);
			return await asked.then(
				() => undefined,
				(thrown: unknown) => thrown,
			);
		});
		return [
			...editorErrorComplaints(error),
			...rig.requests.flatMap((one) =>
				requestComplaints(table, one, { endpoints: new Set(table.endpoints), isFree: false }),
			),
			...guard.strangers().map((where) => `a connection to ${where}`),
			...guard.pollution().map((what) => `${what} was added`),
		];
	}

	if (questions.length === 0) return;

	test.each(questions)(
		'$kind $method',
		async (question) => {
			const findings: string[] = [];
			for (const { json, label } of question.kind === 'listSearch' ? TEXTS : []) {
				const text = String(json.v);
				const asked = [
					...(await ask(question, { filter: text })),
					...(await ask(question, { paginationToken: text })),
				];
				findings.push(...asked.map((one) => `${label}: ${one}`));
			}
			const names = Object.keys(question.parameters).filter(
				(name) => name !== 'resource' && name !== 'operation',
			);
			for (const name of names) {
				const given = question.parameters[name];
				for (const { json, label } of ANYTHING) {
					const isLocator = typeof given === 'object' && given !== null && 'mode' in given;
					const value = isLocator ? { ...given, value: json.v } : json.v;
					const changes: IDataObject = JSON.parse(JSON.stringify({ [name]: value }));
					const asked = await ask(question, { changes });
					findings.push(...asked.map((one) => `${name} ${label}: ${one}`));
				}
			}

			expect({ seed: SEED, findings: [...new Set(findings)] }).toEqual({
				seed: SEED,
				findings: [],
			});
		},
		TIMEOUT_MS,
	);
});

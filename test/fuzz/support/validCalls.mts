/** Valid calls of every operation of a vendor, planned from its contract table. */
import { nodeProperties } from '../../contract/support/builtNode.mts';
import { planRuns, type PlannedRun } from '../../contract/support/plan.mts';
import { endpointName, operationName, type ContractTable } from '../../contract/support/table.mts';

/** Valid calls of an operation for one endpoint, the one with every parameter first. */
export interface ValidCall {
	/** e.g. `guest: add POST /addGuest`. */
	title: string;
	runs: PlannedRun[];
}

/** An endpoint that several operations reach is a log-in. */
const MAX_OWN_OPERATIONS = 3;

/** Valid calls of every operation, for each endpoint that it reaches. */
export function validCalls(table: ContractTable): ValidCall[] {
	const properties = nodeProperties(table.nodeType);
	const reached = table.endpoints.flatMap((endpoint) =>
		endpoint.reachedBy.map((reaching) => ({ endpoint, reaching })),
	);
	const isOwn = ({ endpoint }: (typeof reached)[number]) =>
		endpoint.reachedBy.length <= MAX_OWN_OPERATIONS && !endpoint.path.endsWith('/oauth/token');
	const own = new Set(reached.filter(isOwn).map(({ reaching }) => operationName(reaching)));
	const calls = new Map<string, ValidCall>();
	for (const one of reached) {
		const operation = operationName(one.reaching);
		if (!isOwn(one) && own.has(operation)) continue;
		const title = isOwn(one) ? `${operation}, ${endpointName(one.endpoint)}` : operation;
		if (calls.has(title)) continue;
		calls.set(title, { title, runs: planRuns(one.endpoint, one.reaching, properties) });
	}
	return [...calls.values()];
}

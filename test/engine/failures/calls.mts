/** The calls of a vendor to which failures are played, from its contract table. Pure. */
import type { IDataObject } from 'n8n-workflow';

import type { Safety } from '../../../nodes/shared/http/types.ts';
import { nodeProperties } from '../../contract/support/builtNode.mts';
import { planRuns } from '../../contract/support/plan.mts';
import {
	endpointName,
	operationName,
	operationSafety,
	type DocumentedEndpoint,
	type ReachingOperation,
} from '../../contract/support/table.mts';
import type { TestVendor, VendorKey } from '../../vendors/defineVendor.mts';

/** One operation that reaches one endpoint: that request is the one that fails. */
export interface FailureCall {
	/** For people: `guest: add at POST /addGuest`. */
	name: string;
	endpoint: DocumentedEndpoint;
	parameters: IDataObject;
	items: NonNullable<ReachingOperation['items']>;
	/** How many requests to the endpoint come before the one that fails. */
	precededBy: number;
	safety: Safety;
}

const ONE_EMPTY_ITEM = [{ json: {} }];

/** Every operation with every endpoint that it reaches, with the required parameters only; without those of the session. */
export function failureCalls<Key extends VendorKey>({
	api,
	contract,
	failures,
}: TestVendor<Key>): FailureCall[] {
	const { table } = contract;
	const properties = nodeProperties(table.nodeType);
	const endpoints = table.endpoints.filter(
		(endpoint) => !api.isLogIn(endpoint) && !failures.ignored.includes(endpoint.path),
	);
	return endpoints.flatMap((endpoint) =>
		endpoint.reachedBy.flatMap((operation): FailureCall[] => {
			const [everything, required = everything] = planRuns(endpoint, operation, properties);
			if (required === undefined) return [];
			// The second run has the required parameters only, unless there are no others.
			const run = required.title.endsWith('only') ? required : everything;
			return [
				{
					name: `${operationName(operation)} at ${endpointName(endpoint)}`,
					endpoint,
					parameters: run?.parameters ?? {},
					items: run?.items ?? ONE_EMPTY_ITEM,
					precededBy: run?.precededBy ?? 0,
					safety: operationSafety(endpoint, operation),
				},
			];
		}),
	);
}

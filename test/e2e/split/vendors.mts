// The packages that the whole package can be split into: what each contains, and what is tested in an n8n.

import type { Sandbox } from '../../../sandbox/start.mts';
import type { TestVendor, VendorKey, VendorServerOf } from '../../vendors/defineVendor.mts';
import { VENDORS, catalogEntry } from '../../vendors/index.mts';
import { exampleWith } from '../support/exampleFiles.mts';
import type { Json, SavedCredential, Workflow } from '../support/n8n.mts';
import { everyFewSeconds } from '../support/pollTimes.mts';
import { credentialData, nodeType } from '../support/vendors.mts';

const PACK = 'n8n-nodes-guestlist';
const ACTION = 'The Action';
export const TRIGGER = 'The Trigger';

/** One vendor's package, with a workflow and a trigger written for the whole package. */
export interface SplitVendor {
	/** The package is `n8n-nodes-guestlist-<slug>`. */
	slug: string;
	/** Names of its nodes, including the one for AI agents. */
	nodes: string[];
	credential: { type: string; data: Json };
	/** An output schema in the package, as the editor requests it: node, version, resource, operation. */
	schema: string;
	workflow(credential: SavedCredential): Workflow;
	/** The final output of the workflow: at which node. */
	outcome: { node: string; items: unknown[] };
	trigger: { node: string; parameters: Json };
	/** Causes an event that the trigger reports. @returns fields of the output item */
	change(): Json;
}

/** Name of a vendor's package. */
export const packageOf = ({ slug }: SplitVendor) => `${PACK}-${slug}`;

/** A workflow written for the whole package, changed for vendors' packages: a node's type starts with its package. */
export function forPackages(workflow: Workflow, vendors: SplitVendor[]): Workflow {
	const types = new Map<string, string>(
		vendors.flatMap((vendor) =>
			vendor.nodes.map((node) => [`${PACK}.${node}`, `${packageOf(vendor)}.${node}`]),
		),
	);
	const nodes = workflow.nodes.map(({ type, ...node }) => ({
		...node,
		type: types.get(String(type)) ?? type,
	}));
	return { ...workflow, nodes };
}

function workflowOf(nodes: Json[]): Workflow {
	const [first, second] = nodes.map(({ name }) => String(name));
	const connections =
		second === undefined
			? {}
			: { [String(first)]: { main: [[{ node: second, type: 'main', index: 0 }]] } };
	return { name: 'of a split package', nodes, connections, settings: { executionOrder: 'v1' } };
}

function node(name: string, type: string, parameters: Json, credential?: SavedCredential): Json {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials:
			credential === undefined
				? {}
				: { [credential.type]: { id: credential.id, name: credential.name } },
	};
}

/** A workflow with only the trigger of a vendor. */
export function triggered({ trigger }: SplitVendor, credential: SavedCredential): Workflow {
	const parameters = { pollTimes: everyFewSeconds(), ...trigger.parameters };
	return workflowOf([node(TRIGGER, `${PACK}.${trigger.node}`, parameters, credential)]);
}

/** The workflow of a vendor: an example, or the action node alone. */
function workflowFor({ key, split }: TestVendor, credential: SavedCredential): Workflow {
	if ('example' in split.runs) return exampleWith(split.runs.example, [credential]);
	return workflowOf([
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(ACTION, nodeType(key), split.runs.parameters, credential),
	]);
}

function splitVendor<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	server: VendorServerOf<Key>,
): SplitVendor {
	const { key, credential, split } = vendor;
	const { slug, nodeTypes } = catalogEntry(vendor);
	return {
		slug,
		nodes: [...nodeTypes, `${key}Tool`].sort(),
		credential: { type: credential.type, data: credentialData(key, server.url) },
		schema: `${key}/1/${split.schema}`,
		workflow: (saved) => workflowFor(vendor, saved),
		outcome: {
			node: 'node' in split.runs ? split.runs.node : ACTION,
			items: split.items(server),
		},
		trigger: { node: `${key}Trigger`, parameters: split.trigger },
		change: () => split.change(server),
	};
}

/** The vendors of a sandbox, with current values. */
export function splitVendors(sandbox: Sandbox): SplitVendor[] {
	return VENDORS.map((vendor) => splitVendor(vendor, sandbox[vendor.key]));
}

/** Tests a credential as n8n's "Test" does: the `test` request, or the node's test function. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestRequest,
	IExecuteData,
	INode,
	INodeCredentials,
	INodeCredentialTestResult,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { MemoryCredentialsHelper } from './engine-credentials.mts';
import type { EngineModules, LoadedPackages } from './engine-modules.mts';

interface TestBench {
	modules: EngineModules;
	packages: LoadedPackages;
	helper: MemoryCredentialsHelper;
	references: INodeCredentials;
	additionalData: IWorkflowExecuteAdditionalData;
}

const NO_OP = 'n8n-nodes-base.noOp';
const CONNECTION_OK = 'Connection successful!';
const SUCCESS_MIN = 199;
const SUCCESS_MAX = 299;

/**
 * Runs a credential's test with the data that a person typed (defaults are filled in, expressions resolved).
 * @returns what the editor shows: `OK`, or `Error` with the rule's message, else the HTTP status text, else the
 * network code, else the error's message. Source: n8n 2.41.1 `services/credentials-tester.service.js`
 * (`testCredentials`, `runRequestTest`).
 */
export async function runCredentialTest(
	bench: TestBench,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { helper, references, additionalData } = bench;
	const test = findTest(bench, type);
	if (!test) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}
	const credential = {
		id: references[type]?.id ?? '',
		name: references[type]?.name ?? '',
		type,
		data: await helper.applyDefaults(additionalData, data, type, 'internal'),
	};
	if (typeof test === 'function') {
		return await test.call(
			new bench.modules.core.CredentialTestContext(additionalData),
			credential,
		);
	}

	const { context, expression } = makeContext(bench, type, test, credential.data);
	const requestNode = new bench.modules.core.RoutingNode(
		context,
		makeRequestNodeType(bench.packages, type, test),
		credential,
	);
	let response;
	try {
		response = await expression.withIsolate(async () => await requestNode.runNode());
	} catch (error) {
		return { status: 'Error', message: describeFailure(error, test) };
	}
	const body = response?.[0]?.[0]?.json ?? {};
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (getPath(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: CONNECTION_OK };
}

/** The credential's own `test` takes precedence over the `testedBy` of a node that lists the credential. */
function findTest(
	{ packages }: TestBench,
	type: string,
): ICredentialTestRequest | ICredentialTestFunction | undefined {
	const own = packages.getCredentialType(type).test;
	if (own) return own;
	for (const nodeName of packages.getSupportedNodes(type)) {
		const node = packages.nodeTypes.getByNameAndVersion(nodeName);
		const testedBy = node.description.credentials?.find(({ name }) => name === type)?.testedBy;
		if (typeof testedBy === 'string') return node.methods?.credentialTest?.[testedBy];
		if (testedBy) return testedBy;
	}
	return undefined;
}

/** n8n turns the test request into a declarative node with one field, on the No Operation node. */
function makeRequestNodeType(
	packages: LoadedPackages,
	type: string,
	test: ICredentialTestRequest,
): INodeType {
	const { description } = packages.nodeTypes.getByNameAndVersion(NO_OP);
	return {
		description: {
			...description,
			name: NO_OP,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
}

function makeContext(
	bench: TestBench,
	type: string,
	test: ICredentialTestRequest,
	data: ICredentialDataDecryptedObject,
) {
	const { core, workflow: lib } = bench.modules;
	const nodeType = makeRequestNodeType(bench.packages, type, test);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: bench.references,
	};
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new lib.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	// The workflow sets `temp: ''`, by which the helper recognises a credential test.
	const tested = workflow.getNode(node.name) ?? node;
	const { helper } = bench;
	const readStored = helper.getDecrypted.bind(helper);
	helper.getDecrypted = async (...args) => {
		const [, , , , , raw] = args;
		return raw ? await readStored(...args) : data;
	};
	const executeData: IExecuteData = { node: tested, data: {}, source: null };
	const context = new core.ExecuteContext(
		workflow,
		tested,
		{ ...bench.additionalData, currentNodeParameters: tested.parameters },
		'internal',
		lib.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		executeData,
		[],
	);
	return { context, expression: workflow.expression };
}

/** The message that a person sees when the request failed. */
function describeFailure(error: unknown, test: ICredentialTestRequest): string {
	const cause = field(error, 'cause');
	const response = field(cause, 'response');
	if (response !== undefined) {
		const status = Number(field(response, 'status'));
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return rule.properties.message;
			}
		}
		if (status < SUCCESS_MIN || status > SUCCESS_MAX) {
			const text = field(response, 'statusText');
			return text ? String(text) : `Received HTTP status code: ${status}`;
		}
	} else if (field(cause, 'code')) {
		return String(field(cause, 'code'));
	}
	return String(field(error, 'message'));
}

function field(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** Follows a dotted path. */
function getPath(value: unknown, path: string): unknown {
	return path.split('.').reduce(field, value);
}

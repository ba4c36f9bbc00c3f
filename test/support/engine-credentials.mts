/**
 * n8n's credentials helper with the store in memory instead of the database. Everything that n8n decides per request
 * (defaults, expressions, `authenticate`, `preAuthentication` and what it persists) is decided in the same way, and
 * the data is really encrypted. Source: n8n 2.41.1 `credentials-helper.js`.
 */
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { EngineModules, LoadedPackages } from './engine-modules.mts';

/** The parts of a request that a resolved `authenticate` value may be written into. */
type RequestPart = Record<string, unknown>;

/** The type of the node that n8n makes up to test a credential. */
const TEST_NODE_TYPE = 'n8n-nodes-base.noOp';

/** The credentials that n8n's OAuth credentials extend; n8n gives them a place for the token. */
const OAUTH_PARENTS = ['oAuth1Api', 'oAuth2Api'];
const OAUTH_TOKEN_FIELD: INodeProperties = {
	displayName: 'oauthTokenData',
	name: 'oauthTokenData',
	type: 'json',
	required: false,
	default: {},
};
/** Source: n8n `oauth/dcr-managed-fields.js`. */
const OAUTH_PINNED_FIELDS = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'requestTokenUrl',
	'signatureMethod',
];

/** A placeholder: the node for which n8n resolves credential expressions outside a run. */
const UNATTACHED_NODE: INode = {
	id: 'unattached',
	name: '',
	typeVersion: 1,
	type: TEST_NODE_TYPE,
	position: [0, 0],
	parameters: {},
};

/** The helper; one per run, so that its counters belong to that run. */
export class MemoryCredentialsHelper implements ICredentialsHelper {
	/** How often a credential was read and decrypted for a node. */
	reads = 0;

	/** How often a log-in (`preAuthentication`) was run. */
	logins = 0;

	private readonly modules: EngineModules;

	private readonly packages: LoadedPackages;

	private readonly store = new Map<string, ICredentials>();

	constructor(modules: EngineModules, packages: LoadedPackages) {
		this.modules = modules;
		this.packages = packages;
	}

	/** Encrypts and stores `data` as the credential of a type; returns the reference that a node holds. */
	async add(type: string, data: ICredentialDataDecryptedObject): Promise<INodeCredentialsDetails> {
		const reference = { id: `credential-${type}`, name: `${type} account` };
		const credential = new this.modules.core.Credentials(reference, type);
		await credential.setData(data);
		this.store.set(reference.id, credential);
		return reference;
	}

	/** The stored (not the resolved) data of each credential type. */
	async dump(): Promise<Record<string, ICredentialDataDecryptedObject>> {
		const stored = [...this.store.values()];
		const entries = stored.map(async ({ type, id }) => {
			const data = await (await this.getCredentials({ id: id ?? null, name: '' }, type)).getData();
			return [type, data] as const;
		});
		return Object.fromEntries(await Promise.all(entries));
	}

	getParentTypes(name: string): string[] {
		return this.packages.getParentTypes(name);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const type = this.packages.getCredentialType(credentialType);
		if (!type.restrictToSupportedNodes) return true;
		return this.packages.getSupportedNodes(credentialType).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const credentialType = this.packages.getCredentialType(type);
		if (!credentialType.extends) {
			return OAUTH_PARENTS.includes(type)
				? [...credentialType.properties, OAUTH_TOKEN_FIELD]
				: credentialType.properties;
		}
		const merged: INodeProperties[] = [];
		const { mergeNodeProperties } = this.modules.workflow.NodeHelpers;
		for (const parent of credentialType.extends) {
			mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		}
		mergeNodeProperties(merged, credentialType.properties);
		return merged;
	}

	async getCredentials(reference: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const stored = this.store.get(reference.id ?? '');
		if (!stored || stored.type !== type) {
			throw new Error(
				`Credential with ID "${String(reference.id)}" does not exist for type "${type}".`,
			);
		}
		return new this.modules.core.Credentials(
			{ id: stored.id ?? null, name: stored.name },
			type,
			stored.data,
		);
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		reference: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		this.reads++;
		const data = await (await this.getCredentials(reference, type)).getData();
		if (raw) return data;
		return await this.applyDefaults(additionalData, data, type, mode, executeData, resolveValues);
	}

	/** Fills in the defaults of a credential's fields and resolves its expressions. */
	async applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { NodeHelpers, Workflow } = this.modules.workflow;
		const properties = this.getCredentialsProperties(type);
		// Stored values cannot change the hidden fields of an OAuth2 credential.
		const hidden = properties.filter(({ type: kind }) => kind === 'hidden').map(({ name }) => name);
		const kept = Object.entries(stored).filter(
			([name]) => !(OAUTH_PINNED_FIELDS.includes(name) && hidden.includes(name)),
		);
		// INodeParameters and credential data are the same JSON; n8n's own types differ in name only.
		const withDefaults = NodeHelpers.getNodeParameters(
			properties,
			Object.fromEntries(kept) as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData !== undefined) withDefaults.oauthTokenData = stored.oauthTokenData;
		for (const name of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (withDefaults[name] === undefined && stored[name] !== undefined) {
				withDefaults[name] = stored[name];
			}
		}
		const additionalKeys = this.modules.core.getAdditionalKeys(additionalData, mode, null, {
			isCredential: true,
		});
		if (resolveValues) {
			return resolveValues.workflow.expression.getParameterValue(
				withDefaults as Parameters<Workflow['expression']['getParameterValue']>[0],
				resolveValues.runExecutionData,
				resolveValues.runIndex,
				resolveValues.itemIndex,
				resolveValues.node.name,
				resolveValues.connectionInputData,
				mode,
				additionalKeys,
				executeData,
				false,
				withDefaults,
			) as ICredentialDataDecryptedObject;
		}
		const workflow = new Workflow({
			nodes: [UNATTACHED_NODE],
			connections: {},
			active: false,
			nodeTypes: this.packages.nodeTypes,
		});
		const resolved = await workflow.expression.withIsolate(async () =>
			workflow.expression.getComplexParameterValue(
				UNATTACHED_NODE,
				withDefaults as Parameters<Workflow['expression']['getComplexParameterValue']>[1],
				mode,
				additionalKeys,
				undefined,
				undefined,
				withDefaults,
			),
		);
		return resolved as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		// The two option types differ by legacy names only; n8n hands either one through.
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.packages.getCredentialType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic') return options;
		if (!workflow || !node) {
			throw new Error('Workflow and node are required for declarative credential authentication');
		}

		options.headers ??= {};
		const resolve = (value: string): string => {
			if (!this.modules.workflow.isExpression(value)) return value;
			const resolved = workflow.expression.getSimpleParameterValue(
				node,
				value,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return resolved ? resolved.toString() : '';
		};
		const parts = options as unknown as Record<string, RequestPart | undefined>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries<unknown>(values ?? {})) {
				const target = (parts[part] ??= {});
				target[resolve(key)] = typeof value === 'string' ? resolve(value) : value;
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.packages.getCredentialType(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable || typeof type.preAuthentication !== 'function') return undefined;

		const isCredentialTest = node.parameters.temp === '' && node.type === TEST_NODE_TYPE;
		const isNeeded = credentials[expirable.name] === '' || credentialsExpired || isCredentialTest;
		if (!isNeeded) return undefined;

		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		if (output?.[expirable.name] === undefined) return undefined;
		const reference = node.credentials?.[type.name];
		if (!reference) return undefined;

		const stored = await (await this.getCredentials(reference, typeName)).getData();
		const changed = Object.entries(output).filter(
			([key]) => key === expirable.name || !this.modules.workflow.isExpression(stored[key]),
		);
		await this.updateCredentials(reference, typeName, {
			...stored,
			...Object.fromEntries(changed),
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.packages.getCredentialType(typeName);
		if (typeof type.preAuthentication !== 'function') return undefined;
		this.logins++;
		const allowedDomains = this.modules.workflow.getCredentialOwnRequestAllowedDomains(credentials);
		const restricted: IHttpRequestHelper = {
			helpers: {
				httpRequest: async (options: IHttpRequestOptions) =>
					await helpers.helpers.httpRequest(
						allowedDomains === undefined ? options : { ...options, allowedDomains },
					),
			},
		};
		const output = await type.preAuthentication.call(restricted, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	async updateCredentials(
		reference: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const credential = await this.getCredentials(reference, type);
		await credential.setData(data);
		this.store.set(reference.id ?? '', credential);
	}

	async updateCredentialsOauthTokenData(
		reference: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const credential = await this.getCredentials(reference, type);
		await credential.updateData({ oauthTokenData: data.oauthTokenData });
		this.store.set(reference.id ?? '', credential);
	}
}

/** Loads n8n-core, n8n-workflow and node packages, as a running n8n does, without a database. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type * as Config from '@n8n/config';
import type * as Di from '@n8n/di';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	ICredentialType,
	INodeProperties,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	LoadedClass,
} from 'n8n-workflow';

import { createEngineRequire } from './worker-realm.mts';

/** The run-time modules of one n8n installation. */
export interface EngineModules {
	core: typeof N8nCore;
	workflow: typeof N8nWorkflow;
	container: typeof Di.Container;
	config: typeof Config;
}

/** Everything that the loaded packages provide, under the names that a workflow uses. */
export interface LoadedPackages {
	nodeTypes: INodeTypes;
	/** Names of the first package's nodes, with its prefix. */
	ownPackageName: string;
	getCredentialType(name: string): ICredentialType;
	getParentTypes(name: string): string[];
	/** Full node type names that list the credential in their description. */
	getSupportedNodes(name: string): string[];
}

/** The ID under which the harness provides its only encryption key. */
const ENCRYPTION_KEY_ID = 'engine-test-key';

/** Node types that n8n ships and a small workflow needs: they pass their input on. */
const PASS_THROUGH_TYPES = ['noOp', 'stickyNote'];
const BASE_PACKAGE = 'n8n-nodes-base';
const MANUAL_TRIGGER = `${BASE_PACKAGE}.manualTrigger`;

/** The credential that n8n's OAuth2 credentials extend. */
const OAUTH2_PARENT = 'oAuth2Api';

const loadedModules = new Map<string, EngineModules>();

/**
 * Loads n8n-core and n8n-workflow as they resolve from a folder, and sets n8n up to run workflows in this process: a
 * temporary user folder, a random encryption key, silent logs (unless `N8N_LOG_LEVEL` is set).
 * @param modulesFrom folder whose `node_modules` holds n8n-core
 * @returns the modules; the same object for the same folder. Source of the set-up: n8n-core
 * `instance-settings/instance-settings.js` (reads the environment when it is created) and `encryption/cipher.js`
 * (asks a provider for its key).
 */
export function loadEngineModules(modulesFrom: string): EngineModules {
	const known = loadedModules.get(modulesFrom);
	if (known) return known;

	const fromFolder = createEngineRequire(join(modulesFrom, 'package.json'));
	// The process as n8n sees it: in a test file `process` is Jest's copy.
	const { env }: NodeJS.Process = fromFolder('node:process');
	const userFolder = mkdtempSync(join(tmpdir(), 'guestlist-engine-'));
	env.N8N_USER_FOLDER = userFolder;
	env.N8N_ENCRYPTION_KEY = randomBytes(24).toString('base64');
	env.N8N_LOG_LEVEL ??= 'silent';

	fromFolder('reflect-metadata');
	const core: typeof N8nCore = fromFolder('n8n-core');
	const fromCore = createEngineRequire(fromFolder.resolve('n8n-core'));
	const workflow: typeof N8nWorkflow = fromCore('n8n-workflow');
	const di: typeof Di = fromCore('@n8n/di');

	const instanceKey = di.Container.get(core.InstanceSettings).encryptionKey;
	// The settings are in memory now; nothing else is stored in the folder.
	rmSync(userFolder, { recursive: true, force: true });
	const key = {
		id: ENCRYPTION_KEY_ID,
		value: di.Container.get(core.Cipher).encryptDEKWithInstanceKey(instanceKey),
		algorithm: 'aes-256-cbc',
		format: 'no-prefix' as const,
	};
	di.Container.get(core.EncryptionKeyProxy).setProvider({
		getActiveKey: async () => key,
		getKeyById: async () => key,
		getLegacyKey: async () => key,
	});

	const config: typeof Config = fromCore('@n8n/config');
	const modules = { core, workflow, container: di.Container, config };
	loadedModules.set(modulesFrom, modules);
	return modules;
}

/**
 * Starts the expression engine that n8n is configured with (default `vm`), for the rest of the process. Source: n8n
 * `commands/base-command.js`, `initExpressionEngine`.
 * @throws Error if isolated-vm is not installed with its native part
 */
export async function startExpressionEngine(modules: EngineModules): Promise<void> {
	const { expressionEngine } = modules.container.get(modules.config.GlobalConfig);
	await modules.workflow.Expression.initExpressionEngine(expressionEngine);
}

/**
 * Loads node packages the way n8n does and adds a Manual Trigger, pass-through nodes and the parent of OAuth2
 * credentials.
 * @param packageDirs folders with a package.json that has an `n8n` section; nodes of the first one, the package under
 * test, may be named without it. A package with `dist/known/nodes.json` (n8n-nodes-base) loads each class on first
 * use.
 * @throws Error if the first package.json lists no nodes or a listed file is missing
 */
export async function loadPackages(
	{ core, workflow }: EngineModules,
	packageDirs: string[],
): Promise<LoadedPackages> {
	const loaders = new Map<string, N8nCore.PackageDirectoryLoader>();
	for (const dir of packageDirs) {
		const loader = new core.LazyPackageDirectoryLoader(dir);
		await loader.loadAll();
		loaders.set(loader.packageName, loader);
	}
	const [pack] = loaders.values();
	if (!pack || Object.keys(pack.known.nodes).length === 0) {
		throw new Error(
			`No nodes in ${String(packageDirs[0])}: build the package first, and list its files under "n8n.nodes"`,
		);
	}

	const builtIn = builtInNodes();
	const builtInOAuth2 = oAuth2Parent();
	const getNode = (fullName: string): INodeType | IVersionedNodeType => {
		const [packageName = '', name = ''] = fullName.split('.');
		const own = builtIn.get(fullName);
		const loader = loaders.get(packageName);
		if (loader && (!own || name in loader.known.nodes)) return loader.getNode(name).type;
		if (own) return own;
		throw new core.UnrecognizedNodeTypeError(packageName, name);
	};
	const findLoader = (credential: string) => {
		return [...loaders.values()].find((loader) => credential in loader.known.credentials);
	};
	const getCredential = (name: string): Pick<LoadedClass<ICredentialType>, 'type'> => {
		const loader = findLoader(name);
		if (!loader && name === OAUTH2_PARENT) return { type: builtInOAuth2 };
		if (!loader) throw new core.UnrecognizedCredentialTypeError(name);
		return loader.getCredential(name);
	};
	const getParentTypes = (name: string): string[] => {
		const parents = findLoader(name)?.known.credentials[name]?.extends ?? [];
		return [...parents, ...parents.flatMap(getParentTypes)];
	};

	return {
		ownPackageName: pack.packageName,
		nodeTypes: {
			getByName: getNode,
			getByNameAndVersion: (fullName, version) =>
				workflow.NodeHelpers.getVersionedNodeType(getNode(fullName), version),
			getKnownTypes: () => ({}),
		},
		getCredentialType: (name) => {
			const { type } = getCredential(name);
			// n8n adds "Allowed HTTP Request Domains" to every credential it loads
			// (n8n `load-nodes-and-credentials.js`, `postProcessLoaders`); the call is idempotent.
			type.properties = workflow.injectDomainRestrictionFields(type);
			return type;
		},
		getParentTypes,
		getSupportedNodes: (name) => {
			const loader = findLoader(name);
			const nodes = loader?.known.credentials[name]?.supportedNodes ?? [];
			return nodes.map((node) => `${String(loader?.packageName)}.${node}`);
		},
	};
}

/** The nodes every workflow needs, for machines without n8n-nodes-base. */
function builtInNodes(): Map<string, INodeType> {
	const describe = (name: string, group: 'trigger' | 'transform'): INodeType['description'] => ({
		displayName: name,
		name,
		group: [group],
		version: 1,
		description: '',
		defaults: { name },
		inputs: group === 'trigger' ? [] : ['main'],
		outputs: ['main'],
		properties: [],
	});
	const nodes = new Map<string, INodeType>([
		[
			MANUAL_TRIGGER,
			{
				description: describe('manualTrigger', 'trigger'),
				async execute() {
					return [this.getInputData()];
				},
			},
		],
	]);
	for (const name of PASS_THROUGH_TYPES) {
		nodes.set(`${BASE_PACKAGE}.${name}`, {
			description: describe(name, 'transform'),
			async execute() {
				return [this.getInputData()];
			},
		});
	}
	return nodes;
}

/**
 * The parent of OAuth2 credentials, for machines without n8n-nodes-base: the fields that decide what is sent for the
 * grants, under their real names and conditions.
 * Source: n8n-nodes-base 2.41 `credentials/OAuth2Api.credentials.js`.
 */
function oAuth2Parent(): ICredentialType {
	const always = { useDynamicClientRegistration: [false] };
	const interactive = { ...always, grantType: ['authorizationCode', 'pkce'] };
	const inBody = { ...always, grantType: ['clientCredentials'], authentication: ['body'] };
	const field = (
		name: string,
		type: INodeProperties['type'],
		initially: string | number | boolean,
		show?: NonNullable<INodeProperties['displayOptions']>['show'],
		more: Partial<INodeProperties> = {},
	): INodeProperties => ({
		displayName: name,
		name,
		type,
		default: initially,
		...(show === undefined ? {} : { displayOptions: { show } }),
		...more,
	});
	const choices = (...values: string[]) => ({
		options: values.map((value) => ({ name: value, value })),
	});
	const required = { required: true };
	return {
		name: OAUTH2_PARENT,
		displayName: 'OAuth2 API',
		genericAuth: true,
		properties: [
			field('useDynamicClientRegistration', 'hidden', false),
			field('grantType', 'options', 'authorizationCode', always, {
				...choices('authorizationCode', 'clientCredentials', 'pkce'),
			}),
			field('serverUrl', 'string', '', { useDynamicClientRegistration: [true] }, required),
			field('authUrl', 'string', '', interactive, required),
			field('accessTokenUrl', 'string', '', always, required),
			field('clientId', 'string', '', always, required),
			field('clientCredentialType', 'hidden', 'clientSecret'),
			field('clientSecret', 'string', '', always, {
				...required,
				typeOptions: { password: true },
			}),
			field('privateKey', 'hidden', ''),
			field('certificate', 'hidden', ''),
			field('scope', 'string', '', always),
			field('authQueryParameters', 'string', '', interactive),
			field('authentication', 'options', 'header', always, choices('body', 'header')),
			field('sendAdditionalBodyProperties', 'boolean', false, inBody),
			field('additionalBodyProperties', 'json', '', {
				...inBody,
				sendAdditionalBodyProperties: [true],
			}),
			field('ignoreSSLIssues', 'boolean', false, undefined, { doNotInherit: true }),
			field('tokenExpiredStatusCode', 'number', 401, undefined, { doNotInherit: true }),
		],
	};
}

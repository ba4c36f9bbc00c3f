/**
 * What shared test files know about one vendor. Each vendor has one file in this folder; a missing part is a type
 * error there.
 */
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RecordedRequest, Vendors } from '../../sandbox/start.mts';
import type { ContractTable } from '../contract/support/table.mts';
import type { NodePanel } from '../e2e/browser/support/nodePanel.mts';
import type { Asked } from '../fuzz/support/replay.mts';

/** `eventVault`: the vendor's server in the sandbox, and its action node. */
export type VendorKey = keyof Vendors;

/** The running sandbox server of a vendor. */
export type VendorServerOf<Key extends VendorKey> = Vendors[Key];

/** The credential for the sandbox. */
export interface TestCredential {
	/** `eventVaultApi`. */
	type: string;
	/** The name that n8n suggests for a new one. */
	name: string;
	/**
	 * The values that a person fills in.
	 * @param url of the vendor's server, without a path
	 */
	data(url: string): ICredentialDataDecryptedObject;
	/** A rate limit that no test reaches; empty if the credential has no limit. */
	unlimited: ICredentialDataDecryptedObject;
	/** Fields that must never be readable. */
	secrets: readonly string[];
	/** Fields that make it wrong, even if n8n still has a token. */
	wrong: ICredentialDataDecryptedObject;
	/** Every field that a person can fill in. */
	fields: readonly string[];
}

/** Requests, as the engine tests see them. */
export interface TestApi<Key extends VendorKey> {
	/** Prefix of every endpoint's path: `/api/v3`; may be empty. */
	prefix: string;
	/** Node parameters of every run, e.g. the event. */
	parameters: IDataObject;
	/** Turns off the limits of a fresh server, for tests that are not about limits. */
	liftLimits(server: VendorServerOf<Key>): void;
	/** Whether a request only logs in. */
	isLogIn(request: Pick<RecordedRequest, 'method' | 'path'>): boolean;
	/** Whether a request is sent only so that n8n logs in. */
	isLogInProbe?(request: Pick<RecordedRequest, 'path' | 'query'>): boolean;
	/** Whether there are sessions or tokens that can expire. */
	hasSessions: boolean;
	/** Credential fields of a session that is open already, as if n8n had logged in before. */
	session?(server: VendorServerOf<Key>): ICredentialDataDecryptedObject;
}

/** `json`: an empty body and any JSON; `anything`: also a body that is cut off. A page of HTML never counts. */
export type AcceptedBody = 'json' | 'anything';

/** What the failures look like that every vendor has. */
export interface TestFailures {
	/** An error response that says this. */
	body(words: string): unknown;
	/** The body of a 401 that says that the session has ended; left out where there are none. */
	expired?: unknown;
	/** What n8n is told of a status, where that is not what its class says. */
	causes: Readonly<Record<number, string>>;
	/** Paths whose failures are ignored by design: nothing depends on the response. */
	ignored: readonly string[];
	/** Whether a server error in the vendor's own words is final. */
	wordsAreFinal?: true;
	/** By endpoint (`GET /events`): what counts as a good response besides a record. */
	accepts: Readonly<Record<string, AcceptedBody>>;
}

/** The contract table, and the sandbox state that its values need. */
export interface TestContract<Key extends VendorKey> {
	table: ContractTable;
	/** How many guests the sandbox starts with; the sandbox's default if left out. */
	guests?: number;
	/** Adds the records that the table names, after every reset. */
	seed(server: VendorServerOf<Key>): void;
}

/** An event of a trigger other than created, updated and deleted. */
export interface SpecialEvent<Key extends VendorKey = VendorKey> {
	event: string;
	/** Brings the record into the state from which the event can happen. */
	before?(server: VendorServerOf<Key>, id: string): void;
	/** Makes the event happen to the record. */
	act(server: VendorServerOf<Key>, id: string): void;
}

/** One stream of the polling trigger. IDs are those that {@link WatchedStream.idIn} finds in an item. */
export interface WatchedStream<Key extends VendorKey = VendorKey> {
	/** As in `_key`. */
	name: string;
	events: { created?: string; updated?: string; deleted?: string };
	specials: ReadonlyArray<SpecialEvent<Key>>;
	/** Parameters that say where to look. */
	scope(server: VendorServerOf<Key>): IDataObject;
	/** Paths of the lists that it reads. */
	lists(server: VendorServerOf<Key>): string[];
	/** Left out if the whole list comes in one response. */
	pageSize?: number;
	/** Whether records have the time of their last change. Items are output in that order. */
	timed: boolean;
	/** Whether records have the time of their creation or, if not, of their last change. */
	dated: boolean;
	/** Whether a record counts as deleted only after two consecutive full scans miss it. */
	confirms: boolean;
	/** Whether there is a list of changes, which makes full scans rare. */
	hasChanges: boolean;
	/** Adds record number `n`; each number is used once. @returns its ID */
	add?(server: VendorServerOf<Key>, n: number): string;
	/** A record that exists from the start and can be changed, if none can be added. */
	fixed?: string;
	/** Changes a watched field; `n` differs each time. */
	change?(server: VendorServerOf<Key>, id: string, n: number): void;
	/** The name of that field in `_changes`. */
	changedField?: string;
	remove?(server: VendorServerOf<Key>, id: string): void;
	/** Removes every record. */
	clear?(server: VendorServerOf<Key>): void;
	idIn(item: IDataObject): string;
}

/** One run of an operation that shows some fields of its output. */
export interface Sample {
	parameters: IDataObject;
	items?: Array<{ json: IDataObject } & Partial<INodeExecutionData>>;
	/** The first response from this path is lost. */
	lost?: string;
}

/** By operation (`guest: add`): runs that together produce every field of its output. Called after a reset. */
export type Samples = Record<string, () => Sample[]>;

/** How the node is tested with hostile parameters. */
export interface ParameterFuzzing {
	/** Valid values for collections that the contract does not fill in, e.g. `options`, by operation. */
	also?: Readonly<Record<string, Readonly<Record<string, IDataObject>>>>;
	/** Parameters of the contract's requests that are set only while they are fuzzed, by operation. */
	without?: Readonly<Record<string, readonly string[]>>;
	/**
	 * Endpoints (`GET /events`) that a valid run may also use, in addition to those of the contract, by operation;
	 * `*` means all operations.
	 */
	uses?: Readonly<Record<string, readonly string[]>>;
	/** Whether reads are POST requests too, which a run may send several times. */
	readsWithPost?: true;
	/** Why the sandbox may still refuse a request: it checks values that only the vendor knows. */
	mayRefuse?: RegExp;
}

/** How the node is tested with spoiled responses. */
export interface ResponseFuzzing {
	/** Credential fields while recorded responses are replayed: secrets with every awkward character. */
	disguise: ICredentialDataDecryptedObject;
	/** A resource locator with a value that is part of every URL except the log-in's. */
	inEveryAddress?: string;
	/** The credential's fields while a session is open, so that a run needs no log-in. */
	session?: ICredentialDataDecryptedObject;
	/** A log-in, which only happens if the credential holds no session. */
	isLogIn?(asked: Asked): boolean;
	/** Values by which the node itself picks records: a record with another value may not be picked. */
	filteredBy?: RegExp;
	/** Requests that n8n itself redirects to another host. */
	mayStray?: RegExp;
	/** Operations with records that have no ID in the document. */
	withoutIds?: RegExp;
	/** A change with a response that, according to the document, may be empty or hold anything. */
	mayBeSilent?(asked: Asked): boolean;
	/** A request of which only the response status is read, or nothing at all. */
	isUnread?(asked: Asked): boolean;
	/** A list that can be read to its end. */
	list: {
		operation: string;
		/** Pages of a list without an end; `$` is replaced by the page number. */
		endless: ReadonlyArray<readonly [name: string, page: unknown]>;
	};
}

/** What a person does with the nodes in the editor. */
export interface EditorCase<Key extends VendorKey> {
	/** Search words that find the action node. */
	searchWords: readonly string[];
	/** Some of its actions, as n8n lists them. */
	actions: readonly string[];
	/** The fields in the form of its credential, in this order; n8n adds its own. */
	form: readonly string[];
	/** What a person types there, by parameter. */
	typed(server: VendorServerOf<Key>): Record<string, string>;
	/** Fills in what every action of the vendor needs. */
	prepare?(panel: NodePanel): Promise<void>;
	/** The action that lists records. */
	list: string;
	/** How many of the seeded guests are deleted, so that the list leaves them out. */
	deleted: number;
	/** The field with the list from which a record is picked, the search text, and what it finds. */
	pick: { from: string; typed: string; listed: string };
	/** What the table then shows of the record. */
	shown: Record<string, unknown>;
	trigger: {
		/** A search word that finds the node. */
		word: string;
		/** How n8n lists the trigger, and what *Trigger On* then holds. */
		on: string;
		chosen: string;
		/** The fields of the panel, without n8n's own. */
		fields: readonly string[];
		/** The value of `_event`. */
		event: string;
	};
}

/** The node as a tool of an AI agent. */
export interface AiTool {
	/** Name of the node in the workflow. */
	name: string;
	parameters: IDataObject;
	/** What n8n tells the model about the tool: its description and its arguments, as JSON Schema. */
	listed: { description: string; properties: Record<string, object> };
}

/** What is tested in the package with this vendor alone. */
export interface SplitCase<Key extends VendorKey> {
	/** Resource and operation of an output schema in the package. */
	schema: string;
	/** The workflow to run: an example file, or the action node with these parameters. */
	runs: { example: string; node: string } | { parameters: IDataObject };
	/** The items at the end. */
	items(server: VendorServerOf<Key>): unknown[];
	/** Parameters of the trigger. */
	trigger: IDataObject;
	/** Causes an event that the trigger reports. @returns fields of the output item */
	change(server: VendorServerOf<Key>): IDataObject;
}

/** One vendor, for shared test files. */
export interface TestVendor<Key extends VendorKey = VendorKey> {
	key: Key;
	credential: TestCredential;
	api: TestApi<Key>;
	contract: TestContract<Key>;
	failures: TestFailures;
	/** A read that every credential allows: node parameters. */
	read: { resource: string; operation: string } & IDataObject;
	streams: ReadonlyArray<WatchedStream<Key>>;
	samples(server: VendorServerOf<Key>): Samples;
	fuzz: { parameters: ParameterFuzzing; responses: ResponseFuzzing };
	/** Node parameters with which a real n8n requests everything that could show a secret. */
	secrets: {
		list: IDataObject;
		picker: { method: string; parameter: string };
		trigger: IDataObject;
	};
	editor: EditorCase<Key>;
	aiTool: AiTool;
	split: SplitCase<Key>;
}

const defined = new WeakSet<object>();

/** Checks that a vendor has every part. @returns the vendor, with the types of its own server */
export function defineVendor<Key extends VendorKey>(vendor: TestVendor<Key>): TestVendor<Key> {
	defined.add(vendor);
	return vendor;
}

/** Whether a value is a vendor that {@link defineVendor} made. */
export function isVendor(value: unknown): value is TestVendor {
	return typeof value === 'object' && value !== null && defined.has(value);
}

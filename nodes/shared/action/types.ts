/**
 * What an action node is made of: resources, which hold operations, which are data plus one `run`.
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeProperties,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { HttpContext, Limits } from '../http/types';
import type { ItemParameters } from '../fields/itemParameters';

/**
 * What an operation does to the vendor's data, by what a person can lose.
 *
 * - `read` changes nothing. Opening a session does not count as a change.
 * - `remove` takes something away: it deletes a record, removes a guest or a ticket, cancels a
 *   registration or refunds an order.
 * - `write` is every other change. An update that replaces a list is a `write` too: the item says
 *   what the list holds afterwards.
 */
export type Effect = 'read' | 'write' | 'remove';

/** One operation: its fields and its `run`, side by side in one file. */
export interface Operation<Client> {
	value: string;
	/** Without the resource, in title case: "Get Many". */
	name: string;
	/** With the resource, in sentence case, without articles: "Get many guests". */
	action: string;
	/** Says more than the name, in other words; AI tools read it. */
	description: string;
	effect: Effect;
	/** Without conditions on resource and operation; these are added. */
	fields: readonly INodeProperties[];
	/** Entries of *Options* beside those that every operation has. */
	options?: readonly INodeProperties[];
	/**
	 * The record that the item writes to, as text. Items with the same key run one after the other,
	 * in input order. Left out where the order of items does not matter.
	 */
	orderingKey?(item: ItemParameters): string;
	/** One item in, its results out. */
	run(item: ItemParameters, client: Client): Promise<IDataObject | IDataObject[]>;
}

/** A kind of record, as a person would look for it. */
export interface Resource<Client> {
	value: string;
	name: string;
	operations: ReadonlyArray<Operation<Client>>;
}

/** What a vendor's client is opened with, once per execution. */
export interface ClientSettings {
	context: HttpContext;
	/** Read once; the client may write into it (session, clock offset). */
	credentials: ICredentialDataDecryptedObject;
	limits: Limits;
}

/** One vendor's action node. */
export interface Vendor<Client> {
	/** As people write it. */
	name: string;
	credentialType: string;
	resources: ReadonlyArray<Resource<Client>>;
	/** Items worked on at a time unless the person says otherwise. */
	defaultConcurrency: number;
	/** Seconds that one request may wait unless the person says otherwise; a long window needs more. */
	defaultMaxWaitSeconds?: number;
	/** Entries of *Options* that every operation of this vendor has. */
	options?: readonly INodeProperties[];
	/** Opens the vendor's client, once per execution. */
	connect(settings: ClientSettings): Client;
	/** Things worth telling the person after a good run, e.g. that the clock is off. */
	hints?(client: Client): NodeExecutionHint[];
	/** Ends what was opened (a session). Never throws. */
	close?(client: Client): Promise<void>;
}

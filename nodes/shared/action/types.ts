/**
 * The parts of an action node: resources hold operations, and an operation is data plus one `run`.
 */
import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import type { Hints } from '../hints';
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
	/** More than the name in other words: AI agents read it. */
	description: string;
	effect: Effect;
	/** Without conditions on resource and operation, which are added later. */
	fields: readonly INodeProperties[];
	/** Entries of *Options* in addition to those that every operation has. */
	options?: readonly INodeProperties[];
	/**
	 * The record that the item writes to, as text. Items with the same key run one after the other,
	 * in input order. Left out where the order of items does not matter.
	 */
	orderingKey?(item: ItemParameters): string;
	/** Takes one item and returns its results. */
	run(item: ItemParameters, client: Client): Promise<IDataObject | IDataObject[]>;
}

/** A kind of record, as a person would look for it. */
export interface Resource<Client> {
	value: string;
	name: string;
	operations: ReadonlyArray<Operation<Client>>;
}

/** What a client is opened with. */
export interface ClientSettings {
	context: HttpContext;
	/** Read once; the client may write into it (session, clock offset). */
	credentials: ICredentialDataDecryptedObject;
	limits: Limits;
	/** Takes what concerns no single item, e.g. that the clock is wrong. */
	hints: Hints;
}

/** One vendor's action node. */
export interface Vendor<Client> {
	/** The name as people write it. */
	name: string;
	credentialType: string;
	resources: ReadonlyArray<Resource<Client>>;
	/** The default of *Concurrency*: how many items run at a time. */
	defaultConcurrency: number;
	/** The default of *Max Wait*; a vendor with a long rate-limit window needs more than the usual one. */
	defaultMaxWaitSeconds?: number;
	/** Entries of *Options* that every operation of this vendor has. */
	options?: readonly INodeProperties[];
	/** Opens the vendor's client, once per execution, poll or request of the editor. */
	connect(settings: ClientSettings): Client;
	/** Ends what `connect` opened, e.g. a session. Never throws. */
	close?(client: Client): Promise<void>;
}

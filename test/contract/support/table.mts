/**
 * The types of a contract table: every endpoint and parameter of one vendor, taken only from the vendor's document,
 * each with the operations and fields of the node that set it.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Effect } from '../../../nodes/shared/action/types.ts';
import type { Safety } from '../../../nodes/shared/http/types.ts';

/** A field of the credential; its value must arrive unchanged. */
interface CredentialPlace {
	credential: string;
	/** The expected value on the wire if it differs from the field's value. */
	arrivesAs?: unknown;
}

/** A parameter of the node. */
interface NodePlace {
	/**
	 * `userEmail`, `additionalFields.name` for an entry of a collection, `fields.value` for the values of a resource
	 * mapper (`fields.value.name` for one of its fields).
	 */
	parameter: string;
	/**
	 * The value that a person types or picks; in a resource locator it is set in every mode, or in those of `modes`.
	 */
	value: boolean | number | string | readonly string[] | IDataObject;
	modes?: readonly string[];
	/** The expected value on the wire if it differs from `value`. */
	arrivesAs?: unknown;
	/** Other parameters of the node that this way needs, by their paths. */
	with?: Readonly<Record<string, boolean | number | string | readonly string[] | IDataObject>>;
}

export type Place = CredentialPlace | NodePlace;

/** Values that no one types. `unixMs`: digits, our clock at the time of the request. */
export type Automatic = 'unixMs' | RegExp;

export interface DocumentedParameter {
	/**
	 * As the document spells it (headers in lower case); `utm.source` in an object of the body. In a query a list goes as
	 * `name[]=a&name[]=b`, an object as `name[key]=a` (`name[key][]=a` for a list in it).
	 */
	name: string;
	/**
	 * `path`: replaces `:name` in the path. `wholeBody`: it is the whole body, without a name; another way may need
	 * none.
	 */
	in: 'header' | 'query' | 'body' | 'wholeBody' | 'path';
	/** The documented type on the wire; `any` if the document says so. A file of a form is an object. */
	type: 'string' | 'number' | 'boolean' | 'list' | 'object' | 'any';
	required: boolean;
	/** Names of the endpoint's parameters that it excludes: a separate run sets it without them. */
	insteadOf?: readonly string[];
	/** Every way to set it; the first one is used while other parameters are tested. */
	setBy: readonly [Place, ...Place[]] | Automatic;
}

/** A node operation that reaches an endpoint. */
export interface ReachingOperation {
	resource: string;
	operation: string;
	/** Node parameters that the operation needs and that are not parameters of the endpoint. */
	given?: IDataObject;
	/** Parameters of the endpoint that this operation always sends although the endpoint does not require them. */
	needs?: readonly string[];
	/** Parameters of the endpoint that this operation does not have, because another operation sets them. */
	lacks?: readonly string[];
	/** Input items; default: one empty item. */
	items?: ReadonlyArray<{ json: IDataObject } & Partial<INodeExecutionData>>;
	/** How many requests to the endpoint the node makes for its own purposes before the tested one; default 0. */
	precededBy?: number;
	/**
	 * How safe the request is to send twice, by the document; left out: a read is `safe`, PUT, PATCH and DELETE are
	 * `idempotent`, POST is `nonIdempotent`.
	 */
	safety?: Safety;
}

export interface DocumentedEndpoint {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** As it arrives, with the IDs as the document writes them: `/invites/:id`. */
	path: string;
	/** What a request does to the vendor's data; default: GET reads, DELETE removes, other methods write. */
	effect?: Effect;
	/** How a body is encoded; default: JSON. */
	encoding?: 'form' | 'multipart';
	/**
	 * The document only names it: counted separately. Its parameters follow the conventions that the document states.
	 */
	named?: true;
	parameters: readonly DocumentedParameter[];
	reachedBy: readonly [ReachingOperation, ...ReachingOperation[]];
}

export interface ContractTable {
	/** The name in the printed lines, e.g. `event-vault`. */
	vendor: string;
	/** The action node, e.g. `eventVault`. */
	nodeType: string;
	endpoints: readonly DocumentedEndpoint[];
}

export function isNodePlace(place: Place): place is NodePlace {
	return 'parameter' in place;
}

/** What a request to the endpoint does to the vendor's data. */
export function endpointEffect({ method, effect }: DocumentedEndpoint): Effect {
	if (effect !== undefined) return effect;
	if (method === 'GET') return 'read';
	return method === 'DELETE' ? 'remove' : 'write';
}

/** How safe the request of an operation is to send twice. */
export function operationSafety(
	endpoint: DocumentedEndpoint,
	{ safety }: ReachingOperation,
): Safety {
	if (endpointEffect(endpoint) === 'read') return 'safe';
	return safety ?? (endpoint.method === 'POST' ? 'nonIdempotent' : 'idempotent');
}

/** e.g. `POST /addGuest`. */
export function endpointName({ method, path }: { method: string; path: string }): string {
	return `${method} ${path}`;
}

/** e.g. `POST /addGuest body userEmail`. */
export function parameterName(
	endpoint: DocumentedEndpoint,
	parameter: DocumentedParameter,
): string {
	return `${endpointName(endpoint)} ${parameter.in} ${parameter.name}`;
}

/** e.g. `guest: add`. */
export function operationName({ resource, operation }: ReachingOperation): string {
	return `${resource}: ${operation}`;
}

/**
 * What a contract table is: every endpoint and parameter of one vendor, written from the vendor's document
 * alone, and beside each the operations and fields of the node that set it.
 */
import type { IDataObject } from 'n8n-workflow';

/** A field of the credential, whose value must arrive as it is. */
interface CredentialPlace {
	credential: string;
	/** What must be on the wire where it is not the field's value itself. */
	arrivesAs?: unknown;
}

/** A parameter of the node. */
interface NodePlace {
	/** `userEmail`, or `additionalFields.name` for an entry of a collection. */
	parameter: string;
	/** What a person types or picks; in a resource locator it is given in every mode, or in those of `modes`. */
	value: boolean | number | string | readonly string[] | IDataObject;
	modes?: readonly string[];
	/** What must be on the wire where it is not `value` itself. */
	arrivesAs?: unknown;
}

export type Place = CredentialPlace | NodePlace;

/** Values that nobody types. `unixMs`: digits, our clock at the time of the request. */
export type Automatic = 'unixMs' | RegExp;

export interface DocumentedParameter {
	/** As the document spells it (headers in lower case); `utm.source` in an object of the body. A list in a query goes as `name[]=a&name[]=b`. */
	name: string;
	/** `path`: it stands where the path says `:name`. */
	in: 'header' | 'query' | 'body' | 'path';
	/** The documented type, as it is on the wire. */
	type: 'string' | 'number' | 'boolean' | 'list' | 'object';
	required: boolean;
	/** Names of parameters of the endpoint that it excludes: a run of its own sets it without them. */
	insteadOf?: readonly string[];
	/** Every way to set it; the first one is used where another parameter is looked at. */
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
	/** Parameters of the endpoint that this operation leaves to another one. */
	lacks?: readonly string[];
}

export interface DocumentedEndpoint {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** As it arrives, with the ids as the document writes them: `/invites/:id`. */
	path: string;
	/** How a body is encoded; left out: JSON. */
	encoding?: 'form';
	/** The document only names it: counted apart. Its parameters are those of the conventions that it states. */
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

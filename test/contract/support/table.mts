/**
 * What a contract table is: every endpoint and parameter of one vendor, written from the vendor's document
 * alone, and beside each the operations and fields of the node that set it.
 */
import type { IDataObject } from 'n8n-workflow';

/** A field of the credential, whose value must arrive as it is. */
interface CredentialPlace {
	credential: string;
}

/** A parameter of the node. */
interface NodePlace {
	/** `userEmail`, or `additionalFields.name` for an entry of a collection. */
	parameter: string;
	/** What a person types; in a resource locator it is given in every mode. */
	value: boolean | number | string;
	/** What must be on the wire where it is not `value` itself. */
	arrivesAs?: unknown;
}

export type Place = CredentialPlace | NodePlace;

/** Values that nobody types. `unixMs`: digits, our clock at the time of the request. */
export type Automatic = 'unixMs' | RegExp;

export interface DocumentedParameter {
	/** As the document spells it (headers in lower case). */
	name: string;
	in: 'header' | 'query' | 'body';
	/** The documented type, as it is on the wire. */
	type: 'string' | 'number' | 'boolean';
	required: boolean;
	/** Every way to set it; the first one is used where another parameter is looked at. */
	setBy: readonly [Place, ...Place[]] | Automatic;
}

/** A node operation that reaches an endpoint. */
export interface ReachingOperation {
	resource: string;
	operation: string;
	/** Node parameters that the operation needs and that are not parameters of the endpoint. */
	given?: IDataObject;
}

export interface DocumentedEndpoint {
	method: 'GET' | 'POST';
	path: string;
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

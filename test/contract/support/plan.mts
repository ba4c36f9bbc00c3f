/** Turns a contract table into runs of the node that together set every parameter in every way. Pure. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	isNodePlace,
	operationName,
	type DocumentedEndpoint,
	type DocumentedParameter,
	type Place,
	type ReachingOperation,
} from './table.mts';

/** One run of the node that must reach one endpoint. */
export interface PlannedRun {
	/** For the test's name, e.g. `guest: add, all parameters`. */
	title: string;
	parameters: IDataObject;
	items?: ReachingOperation['items'];
	precededBy: number;
	/** What must arrive, by documented parameter; a reference to the credential means its value. */
	expected: Map<DocumentedParameter, Place>;
	/** Documented parameters that the run does not set, and that must not be sent. */
	absent: readonly DocumentedParameter[];
}

/** A parameter and one way to set it; `mode` is a mode of a resource locator. */
interface Setting {
	parameter: DocumentedParameter;
	place: Place;
	mode?: string | undefined;
}

/**
 * @param properties the node's properties, to know which parameters are resource locators
 * @returns a run with every parameter, one with only the required ones, and one for each other way to set a parameter
 */
export function planRuns(
	endpoint: DocumentedEndpoint,
	operation: ReachingOperation,
	properties: readonly INodeProperties[],
): PlannedRun[] {
	const name = operationName(operation);
	const sent = endpoint.parameters.filter(
		(parameter) => !operation.lacks?.includes(parameter.name),
	);
	const common = sent.filter((parameter) => parameter.insteadOf === undefined);
	const settings = common.flatMap((parameter) => {
		const [first] = waysOf(parameter, operation, properties);
		return first === undefined ? [] : [first];
	});
	const required = settings.filter(
		({ parameter }) => parameter.required || operation.needs?.includes(parameter.name) === true,
	);
	const others = [
		...common.flatMap((parameter) => waysOf(parameter, operation, properties).slice(1)),
		...sent
			.filter((parameter) => parameter.insteadOf !== undefined)
			.flatMap((parameter) => waysOf(parameter, operation, properties)),
	];
	const runs = [planned(`${name}, all parameters`, endpoint, operation, settings)];
	if (required.length < settings.length) {
		runs.push(planned(`${name}, required parameters only`, endpoint, operation, required));
	}
	for (const other of others) {
		const { name: changedName, insteadOf = [] } = other.parameter;
		const gone = [changedName, ...insteadOf];
		const changed = [...settings.filter(({ parameter }) => !gone.includes(parameter.name)), other];
		const place = isNodePlace(other.place) ? other.place.parameter : other.place.credential;
		const way = other.mode === undefined ? place : `${place} in mode ${other.mode}`;
		runs.push(planned(`${name}, ${other.parameter.name} by ${way}`, endpoint, operation, changed));
	}
	return runs;
}

function planned(
	title: string,
	endpoint: DocumentedEndpoint,
	operation: ReachingOperation,
	settings: readonly Setting[],
): PlannedRun {
	const parameters: IDataObject = {
		resource: operation.resource,
		operation: operation.operation,
		...structuredClone(operation.given ?? {}),
	};
	for (const { place, mode } of settings) {
		if (!isNodePlace(place)) continue;
		const value = mode === undefined ? place.value : { __rl: true, mode, value: place.value };
		setAt(parameters, place.parameter.split('.'), value);
		for (const [path, also] of Object.entries(place.with ?? {})) {
			setAt(parameters, path.split('.'), also);
		}
	}
	const expected = new Map(settings.map(({ parameter, place }) => [parameter, place]));
	const absent = endpoint.parameters.filter(
		(parameter) => isTyped(parameter) && !expected.has(parameter),
	);
	const { items, precededBy = 0 } = operation;
	return { title, parameters, items, precededBy, expected, absent };
}

function isTyped({ setBy }: DocumentedParameter): boolean {
	return Array.isArray(setBy);
}

/** Every way to set a parameter; none if its value is automatic. */
function waysOf(
	parameter: DocumentedParameter,
	operation: ReachingOperation,
	properties: readonly INodeProperties[],
): Setting[] {
	const { setBy } = parameter;
	if (typeof setBy === 'string' || setBy instanceof RegExp) return [];
	return setBy.flatMap((place): Setting[] => {
		if (!isNodePlace(place)) return [{ parameter, place }];
		const modes = propertyOf(properties, operation, place.parameter).modes;
		if (modes === undefined) return [{ parameter, place }];
		return modes
			.map(({ name }) => name)
			.filter((mode) => place.modes?.includes(mode) ?? true)
			.map((mode) => ({ parameter, place, mode }));
	});
}

/** @throws Error if the operation has no such parameter: the table names a field that does not exist */
function propertyOf(
	properties: readonly INodeProperties[],
	{ resource, operation }: ReachingOperation,
	path: string,
): INodeProperties {
	const [top, entry] = path.split('.');
	const shown = properties.find(
		({ name, displayOptions }) =>
			name === top &&
			(displayOptions?.show?.resource ?? [resource]).includes(resource) &&
			(displayOptions?.show?.operation ?? [operation]).includes(operation),
	);
	const found =
		entry === undefined || shown?.type === 'resourceMapper'
			? shown
			: shown?.options?.find(
					(option): option is INodeProperties => 'type' in option && option.name === entry,
				);
	if (found) return found;
	throw new Error(`${resource}: ${operation} has no parameter ${path}`);
}

function setAt(target: IDataObject, [key, ...rest]: string[], value: unknown): void {
	if (key === undefined) return;
	if (rest.length === 0) {
		Object.assign(target, { [key]: value });
		return;
	}
	const inner = target[key];
	const next: IDataObject =
		typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
	setAt(next, rest, value);
	target[key] = next;
}

/** Every place of an operation that a person or an expression can fill. Pure. */
import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

/** One place. */
export interface Place {
	/** For reports, e.g. `filters.userEmail (by email)`. */
	name: string;
	/** Keys and positions, starting at the parameters of the node. */
	path: ReadonlyArray<string | number>;
	field: INodeProperties;
	/** The labels of the field and of its containers. */
	labels: readonly string[];
	/** A mode of a resource locator: the value is set in it. */
	mode?: string;
	/** Its container, if the run has none. */
	around?: IDataObject;
	/** Parameters that show the field. */
	shownBy: IDataObject;
}

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** The fields that an operation shows, whatever else is chosen. */
export function fieldsOf(
	properties: readonly INodeProperties[],
	resource: string,
	operation: string,
): INodeProperties[] {
	return properties.filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return resources?.includes(resource) === true && operations?.includes(operation) === true;
	});
}

/** @param used the parameters of a valid run: the values of a resource mapper are places too */
export function placesOf(fields: readonly INodeProperties[], used: IDataObject): Place[] {
	return fields.flatMap((field) => placesIn(field, [], [], used, conditionsOf(field)));
}

function conditionsOf({ displayOptions }: INodeProperties): IDataObject {
	const conditions = Object.entries(displayOptions?.show ?? {}).flatMap(([name, values]) => {
		const [value] = values ?? [];
		const isOwn = name === 'resource' || name === 'operation' || typeof value === 'object';
		return isOwn || value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(conditions);
}

function placesIn(
	field: INodeProperties,
	above: ReadonlyArray<string | number>,
	labelsAbove: readonly string[],
	used: unknown,
	shownBy: IDataObject,
): Place[] {
	const path = [...above, field.name];
	const labels = [field.displayName, ...labelsAbove];
	const name = path.join('.');
	const whole: Place = { name, path, field, labels, shownBy };
	const inner = at(used, [field.name]);
	const options: Option[] = field.options ?? [];
	switch (field.type) {
		case 'notice':
			return [];
		case 'collection':
			// n8n itself treats a whole collection given as an expression as empty.
			return options.flatMap((option) =>
				isField(option) ? placesIn(option, path, labels, inner, shownBy) : [],
			);
		case 'fixedCollection':
			return options.flatMap((group) => (isGroup(group) ? placesInGroup(group, whole, inner) : []));
		case 'resourceLocator':
			return [
				// n8n itself refuses a missing required value, except in a locator.
				...(field.required === true ? [] : [{ ...whole, name: `${name} (whole)` }]),
				...(field.modes ?? []).map((mode) => ({
					...whole,
					name: `${name} (by ${mode.name})`,
					mode: mode.name,
				})),
				{ ...whole, name: `${name} (mode)`, path: [...path, 'mode'], around: { __rl: true } },
			];
		case 'resourceMapper':
			return [
				{ ...whole, name: `${name}.value`, path: [...path, 'value'] },
				...Object.keys(Object(at(inner, ['value']))).map((key) => ({
					...whole,
					name: `${name}.value.${key}`,
					path: [...path, 'value', key],
				})),
			];
		default:
			return [whole];
	}
}

/** Each value of a row of a fixed collection; n8n itself changes a row that is an expression. */
function placesInGroup(
	group: INodePropertyCollection,
	{ name, path, field, labels, shownBy }: Place,
	used: unknown,
): Place[] {
	const isMultiple = field.typeOptions?.multipleValues === true;
	const rowPath = isMultiple ? [...path, group.name, 0] : [...path, group.name];
	const row: IDataObject = {
		...Object.fromEntries(group.values.map((value) => [value.name, value.default])),
		...Object(at(used, isMultiple ? [group.name, 0] : [group.name])),
	};
	const own = [group.displayName, ...labels];
	return group.values.map((value) => ({
		name: `${name}.${group.name}.${value.name}`,
		path: [...rowPath, value.name],
		field: value,
		labels: [value.displayName, ...own],
		around: row,
		shownBy,
	}));
}

function isField(option: Option): option is INodeProperties {
	return 'type' in option;
}

function isGroup(option: Option): option is INodePropertyCollection {
	return 'values' in option;
}

/** The value at a path; undefined if there is none. */
export function at(target: unknown, path: ReadonlyArray<string | number>): unknown {
	return path.reduce<unknown>(
		(inner, key) =>
			typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
		target,
	);
}

/** The value at a place in the parameters of a valid run: of a locator, the value in its mode. */
export function given(parameters: IDataObject, place: Place): unknown {
	const value = at(parameters, place.path);
	if (place.mode === undefined) return value;
	return at(value, ['mode']) === place.mode ? at(value, ['value']) : undefined;
}

/** A copy of the parameters with another value at a place. */
export function withValue(parameters: IDataObject, place: Place, value: unknown): IDataObject {
	const copy: IDataObject = structuredClone({ ...parameters, ...place.shownBy });
	const put = place.mode === undefined ? value : { __rl: true, mode: place.mode, value };
	const [last = '', ...rest] = [...place.path].reverse();
	const target = rest.reverse().reduce<object>((inner, key, index) => {
		const before: unknown = Reflect.get(inner, key);
		if (typeof before === 'object' && before !== null) return before;
		const isList = typeof place.path[index + 1] === 'number';
		const made: object = isList ? [] : {};
		Reflect.set(inner, key, made);
		return made;
	}, copy);
	for (const [key, other] of Object.entries(place.around ?? {})) {
		if (!(key in target)) Reflect.set(target, key, other);
	}
	Reflect.set(target, last, put);
	return copy;
}

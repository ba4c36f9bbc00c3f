/**
 * Reads the parameters of a node, checked, with messages that name the field.
 */
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../errors';
import { firstIssue, type Validator } from './validators';
import { isObject } from '../values';

/** A resource locator's choice: how the person named the record, and what they gave. */
export interface LocatorValue {
	mode: string;
	value: unknown;
}

export class Parameters {
	/** Each parameter is evaluated once: an expression is the most that an item costs in n8n. */
	private readonly values = new Map<string, unknown>();

	/**
	 * @param evaluate a parameter as the person gave it
	 * @param fields the fields, for their labels
	 * @param timeZone the workflow's time zone (IANA name), for dates that come without an offset
	 */
	constructor(
		private readonly evaluate: (name: string) => unknown,
		private readonly fields: readonly INodeProperties[],
		readonly timeZone: string,
	) {}

	/**
	 * A required or top-level parameter. A resource locator gives its value.
	 *
	 * @throws InputError that names the field
	 */
	read<T>(name: string, validator: Validator<T>): T {
		return validated(validator, unwrapLocator(this.evaluateOnce(name)).value, this.label(name));
	}

	/**
	 * A resource locator with its mode, for parameters whose modes mean different things.
	 *
	 * @param validatorFor what the value must be in a mode
	 * @throws InputError that names the field
	 */
	readLocator<T>(
		name: string,
		validatorFor: (mode: string) => Validator<T>,
	): { mode: string; value: T } {
		const { mode, value } = unwrapLocator(this.evaluateOnce(name));
		return { mode, value: validated(validatorFor(mode), value, this.label(name)) };
	}

	/**
	 * Entries of a collection (*Additional Fields*, *Filters*, *Options*) that the person added.
	 *
	 * @param validators what each entry must be; entries without a check are not read
	 * @returns only the entries that are there
	 * @throws InputError that names the entry
	 */
	readCollection<T extends Record<string, unknown>>(
		name: string,
		validators: { [K in keyof T]: Validator<T[K]> },
	): Partial<T> {
		const rawValue = this.evaluateOnce(name);
		const result: Partial<T> = {};
		if (!isObject(rawValue)) return result;
		for (const key in validators) {
			const value = unwrapLocator(rawValue[key]).value;
			if (value === undefined || value === null) continue;
			result[key] = validated(validators[key], value, this.label(name, key));
		}
		return result;
	}

	/** What a person gave, unchecked, to tell whether it was changed; a resource locator gives its value. */
	rawValue(name: string): unknown {
		return unwrapLocator(this.evaluateOnce(name)).value;
	}

	/** The same of an entry of a collection. */
	rawEntry(collection: string, name: string): unknown {
		const rawValue = this.evaluateOnce(collection);
		return isObject(rawValue) ? unwrapLocator(rawValue[name]).value : undefined;
	}

	private evaluateOnce(name: string): unknown {
		if (!this.values.has(name)) this.values.set(name, this.evaluate(name));
		return this.values.get(name);
	}

	/** The label of a field as the person sees it; of an entry of a collection where `entry` is given. */
	protected label(name: string, entry?: string): string {
		const field = this.fields.find((candidate) => candidate.name === name);
		if (entry === undefined) return field?.displayName ?? name;
		const found = field?.options?.find((candidate) => candidate.name === entry);
		return found !== undefined && 'displayName' in found ? found.displayName : entry;
	}
}

/** A value, or what a resource locator holds. */
function unwrapLocator(value: unknown): LocatorValue {
	if (isObject(value) && 'mode' in value && 'value' in value) {
		return { mode: typeof value.mode === 'string' ? value.mode : '', value: value.value };
	}
	return { mode: '', value };
}

function validated<T>(validator: Validator<T>, value: unknown, label: string): T {
	const result = validator.safeParse(value);
	if (result.success) return result.data;
	const issue = firstIssue(result.error);
	throw new InputError(`"${label}" ${issue}`, fixHint(label, issue));
}

/** An expression that finds nothing is the usual reason for an empty field: the editor refuses one left empty. */
function fixHint(label: string, issue: string): string {
	return issue === 'is empty'
		? `Fill in "${label}". If it is an expression, it found nothing: check the field that it takes from the input.`
		: `Correct "${label}" and run the node again.`;
}

/**
 * Reads and validates the parameters of a node; messages name the field.
 */
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../errors';
import { firstIssue, type Validator } from './validators';
import { isObject } from '../values';

/** The value of a resource locator: its mode, and what was chosen or typed. */
export interface LocatorValue {
	mode: string;
	value: unknown;
}

export class Parameters {
	/** Each parameter is evaluated once: expressions take most of the time that n8n spends on an item. */
	private readonly values = new Map<string, unknown>();

	/**
	 * @param evaluate returns the value of a parameter, with expressions resolved
	 * @param fields the fields, for their labels
	 * @param timeZone the workflow's time zone (IANA name), for dates without an offset
	 */
	constructor(
		private readonly evaluate: (name: string) => unknown,
		private readonly fields: readonly INodeProperties[],
		readonly timeZone: string,
	) {}

	/**
	 * A top-level parameter; of a resource locator, its value.
	 *
	 * @throws InputError that names the field
	 */
	read<T>(name: string, validator: Validator<T>): T {
		return validated(validator, unwrapLocator(this.evaluateOnce(name)).value, this.label(name));
	}

	/**
	 * A resource locator with its mode, where the mode decides what the value means.
	 *
	 * @param validatorFor the validator for a mode
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
	 * The entries that a person added to a collection (*Additional Fields*, *Filters*, *Options*).
	 *
	 * @param validators by entry; entries without a validator are not read
	 * @returns only the entries that were added
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

	/** The value before validation, to detect changes; of a resource locator, its value. */
	rawValue(name: string): unknown {
		return unwrapLocator(this.evaluateOnce(name)).value;
	}

	/** The value of an entry of a collection before validation. */
	rawEntry(collection: string, name: string): unknown {
		const rawValue = this.evaluateOnce(collection);
		return isObject(rawValue) ? unwrapLocator(rawValue[name]).value : undefined;
	}

	private evaluateOnce(name: string): unknown {
		if (!this.values.has(name)) this.values.set(name, this.evaluate(name));
		return this.values.get(name);
	}

	/** The label of a field, or of an entry of a collection if `entry` is given. */
	protected label(name: string, entry?: string): string {
		const field = this.fields.find((candidate) => candidate.name === name);
		if (entry === undefined) return field?.displayName ?? name;
		const found = field?.options?.find((candidate) => candidate.name === entry);
		return found !== undefined && 'displayName' in found ? found.displayName : entry;
	}
}

/** Mode and value of a resource locator; any other value has an empty mode. */
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

/** The editor refuses an empty required field, so the usual reason for one is an expression that found nothing. */
function fixHint(label: string, issue: string): string {
	return issue === 'is empty'
		? `Fill in "${label}". If it is an expression, it found nothing: check the field that it takes from the input.`
		: `Correct "${label}" and run the node again.`;
}

/**
 * Reads the parameters of a node, checked, with messages that name the field.
 */
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../http/errors';
import type { Check } from '../fields/checks';
import { isObject } from '../isObject';

/** A resource locator's choice: how the person named the record, and what they gave. */
export interface Located {
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
	read<T>(name: string, check: Check<T>): T {
		return verified(check, located(this.raw(name)).value, this.label(name));
	}

	/**
	 * A resource locator with its mode, for parameters whose modes mean different things.
	 *
	 * @param checkOf what the value must be in a mode
	 * @throws InputError that names the field
	 */
	readLocator<T>(name: string, checkOf: (mode: string) => Check<T>): { mode: string; value: T } {
		const { mode, value } = located(this.raw(name));
		return { mode, value: verified(checkOf(mode), value, this.label(name)) };
	}

	/**
	 * Entries of a collection (*Additional Fields*, *Filters*, *Options*) that the person added.
	 *
	 * @param checks what each entry must be; entries without a check are not read
	 * @returns only the entries that are there
	 * @throws InputError that names the entry
	 */
	readCollection<T extends Record<string, unknown>>(
		name: string,
		checks: { [K in keyof T]: Check<T[K]> },
	): Partial<T> {
		const given = this.raw(name);
		const result: Partial<T> = {};
		if (!isObject(given)) return result;
		for (const key in checks) {
			const value = located(given[key]).value;
			if (value === undefined || value === null) continue;
			result[key] = verified(checks[key], value, this.label(name, key));
		}
		return result;
	}

	/** What a person gave, unchecked, to tell whether it was changed; a resource locator gives its value. */
	given(name: string): unknown {
		return located(this.raw(name)).value;
	}

	/** The same of an entry of a collection. */
	givenIn(collection: string, name: string): unknown {
		const given = this.raw(collection);
		return isObject(given) ? located(given[name]).value : undefined;
	}

	private raw(name: string): unknown {
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
function located(value: unknown): Located {
	if (isObject(value) && 'mode' in value && 'value' in value) {
		return { mode: typeof value.mode === 'string' ? value.mode : '', value: value.value };
	}
	return { mode: '', value };
}

function verified<T>(check: Check<T>, value: unknown, label: string): T {
	const result = check.safeParse(value);
	if (result.success) return result.data;
	const complaint = result.error.issues[0]?.message ?? 'is not valid';
	throw new InputError(`"${label}" ${complaint}`, correction(label, complaint));
}

/** An expression that finds nothing is the usual reason for an empty field: the editor refuses one left empty. */
function correction(label: string, complaint: string): string {
	return complaint === 'is empty'
		? `Fill in "${label}". If it is an expression, it found nothing: check the field that it takes from the input.`
		: `Correct "${label}" and run the node again.`;
}

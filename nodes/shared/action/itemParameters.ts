/**
 * Reads the parameters of one item, checked, with messages that name the field.
 */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { InputError } from '../http/errors';
import type { Check } from '../fields/checks';
import type { FilePart } from '../http/multipart';
import { isObject } from '../isObject';

/** A resource locator's choice: how the person named the record, and what they gave. */
export interface Located {
	mode: string;
	value: unknown;
}

export class ItemParameters {
	/** Each parameter is evaluated once: an expression is the most that an item costs in n8n. */
	private readonly values = new Map<string, unknown>();

	/**
	 * @param index the item's position in the input, from 0
	 * @param fields the operation's fields, for their labels
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly fields: readonly INodeProperties[],
	) {}

	/** The workflow's time zone (IANA name), for dates that come without an offset. */
	get timeZone(): string {
		return this.context.getTimezone();
	}

	/** Whether an AI agent runs the node: n8n gives the tool of a node that name (n8n `ai-tools.js`). */
	get isTool(): boolean {
		return this.context.getNode().type.endsWith('Tool');
	}

	/** The item's own data, as it came into the node. */
	get json(): IDataObject {
		return this.context.getInputData()[this.index]?.json ?? {};
	}

	/** Ends waiting when the execution is stopped. */
	get cancelSignal(): AbortSignal | undefined {
		return this.context.getExecutionCancelSignal();
	}

	/**
	 * A file of the item, whole.
	 *
	 * @param field the name of the input field that holds it
	 * @throws InputError if there is none
	 */
	async file(field: string): Promise<FilePart> {
		const held = this.context.getInputData()[this.index]?.binary?.[field];
		if (held === undefined) {
			const known = Object.keys(this.context.getInputData()[this.index]?.binary ?? {});
			throw new InputError(
				`The item has no file in the input field "${field}"`,
				known.length > 0
					? `Its files are in: ${known.join(', ')}.`
					: 'Let a node before this one read the file.',
			);
		}
		return {
			name: held.fileName ?? field,
			type: held.mimeType,
			bytes: await this.context.helpers.getBinaryDataBuffer(this.index, field),
		};
	}

	/**
	 * A required or top-level parameter. A resource locator gives its value.
	 *
	 * @throws InputError that names the field
	 */
	read<T>(name: string, check: Check<T>): T {
		return verified(check, located(this.raw(name)).value, this.label(name));
	}

	/** A resource locator with its mode, for parameters whose modes mean different things. */
	readLocator<T>(name: string, check: Check<T>): { mode: string; value: T } {
		const { mode, value } = located(this.raw(name));
		return { mode, value: verified(check, value, this.label(name)) };
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

	private raw(name: string): unknown {
		if (!this.values.has(name)) {
			this.values.set(name, this.context.getNodeParameter(name, this.index, ''));
		}
		return this.values.get(name);
	}

	/** The label of a field as the person sees it; of an entry of a collection where `entry` is given. */
	private label(name: string, entry?: string): string {
		const field = this.fields.find((candidate) => candidate.name === name);
		if (entry === undefined) return field?.displayName ?? name;
		const found = field?.options?.find((candidate) => candidate.name === entry);
		return found !== undefined && 'displayName' in found ? found.displayName : entry;
	}
}

/** A value, or what a resource locator holds. */
function located(value: unknown): Located {
	if (isObject(value) && 'mode' in value && 'value' in value) {
		return { mode: String(value.mode), value: value.value };
	}
	return { mode: '', value };
}

function verified<T>(check: Check<T>, value: unknown, label: string): T {
	const result = check.safeParse(value);
	if (result.success) return result.data;
	const complaint = result.error.issues[0]?.message ?? 'is not valid';
	throw new InputError(`"${label}" ${complaint}`, `Correct "${label}" and run the node again.`);
}

/**
 * The parameters of one item of an action node, with the item's own data and files.
 */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { requiredText } from './validators';
import { InputError } from '../errors';
import { Hints, type HintTopic } from '../hints';
import type { FilePart } from '../http/multipart';
import { Parameters } from './parameters';

export class ItemParameters extends Parameters {
	/**
	 * @param index the item's position in the input, from 0
	 * @param fields the operation's fields, for their labels
	 * @param hints collects the hints of the execution
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly index: number,
		fields: readonly INodeProperties[],
		private readonly hints = new Hints(),
	) {
		super((name) => context.getNodeParameter(name, index, ''), fields, context.getTimezone());
	}

	/** Whether an AI agent runs the node: n8n adds "Tool" to its type then (n8n `tool-generation/ai-tools.js`). */
	get isTool(): boolean {
		return this.context.getNode().type.endsWith('Tool');
	}

	/** The item's own data, as the node received it. */
	get json(): IDataObject {
		return this.context.getInputData()[this.index]?.json ?? {};
	}

	/** Adds what this item found to the hint of its topic, see {@link Hints}. */
	addHint<T>(topic: HintTopic<T>, fact: T): void {
		this.hints.add(topic, fact, this.index);
	}

	/** Aborts when the execution is stopped. */
	get cancelSignal(): AbortSignal | undefined {
		return this.context.getExecutionCancelSignal();
	}

	/**
	 * Reads a whole file of the item.
	 *
	 * @param name the parameter that names the input field with the file
	 * @throws InputError if the item has no such file
	 */
	async file(name: string): Promise<FilePart> {
		const field = this.read(name, requiredText);
		const files = this.context.getInputData()[this.index]?.binary ?? {};
		const held = Object.hasOwn(files, field) ? files[field] : undefined;
		if (held === undefined) {
			const known = Object.keys(files);
			throw new InputError(
				`The item has no file in the input field "${field}"`,
				known.length > 0
					? `Its files are in: ${known.join(', ')}. Correct "${this.label(name)}".`
					: `Let a node before this one read the file, and name its field in "${this.label(name)}".`,
			);
		}
		return {
			name: held.fileName ?? field,
			type: held.mimeType,
			bytes: await this.context.helpers.getBinaryDataBuffer(this.index, field),
		};
	}
}

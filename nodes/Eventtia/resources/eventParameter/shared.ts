/**
 * What operations on event parameters share. Parameters can be secrets: the document's sample reads the API key
 * of a payment provider (eventtia.md, "Event Param"). An AI agent may neither read nor change them.
 */
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { InputError } from '../../../shared/errors';

/** @throws InputError if an AI agent runs the node */
export function assertNotAgent(item: ItemParameters): void {
	if (!item.isTool) return;
	throw new InputError(
		'Event parameters are not for AI agents: they can be secrets',
		'Use the Eventtia node itself in the workflow, not as a tool.',
	);
}

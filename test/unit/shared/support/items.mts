/** Items with chosen parameters, as operations read them. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ItemParameters } from '../../../../nodes/shared/fields/itemParameters.ts';
import { partial } from './partial.mts';

/**
 * @param parameters values by name, with expressions resolved; a missing one has the default that the caller passes
 * @param fields the operation's fields, for their labels
 */
export function itemWith(
	parameters: Record<string, unknown>,
	fields: readonly INodeProperties[] = [],
	timeZone = 'Europe/Vienna',
): ItemParameters {
	const context = partial<IExecuteFunctions>({
		getNodeParameter: (name: string, index: number, fallback: unknown) => {
			if (index !== 0) throw new RangeError(`There is no item ${index}`);
			return name in parameters ? parameters[name] : fallback;
		},
		getTimezone: () => timeZone,
	});
	return new ItemParameters(context, 0, fields);
}

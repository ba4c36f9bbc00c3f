/** Event Custom Field: Get Many (eventtia.md, "Custom Fields"; the example is empty). */
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many event custom fields',
	description: 'Retrieve a list of fields of your own that events of your account can have',
	fields: [],
	path: () => '/event-custom-fields',
});

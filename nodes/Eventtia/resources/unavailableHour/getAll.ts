/** Unavailable Hour: Get Many (eventtia.md, "List of … Participant Type Unavailable Hours"). */
import { listOperation } from '../../operations/list';
import { listPath, scopeFields } from './shared';

export const getAll = listOperation({
	action: 'Get many unavailable hours',
	description: 'Retrieve a list of hours in which a kind of participants cannot meet',
	fields: scopeFields,
	path: listPath,
});

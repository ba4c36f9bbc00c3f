/** Country: Get Many (eventtia.md, "List of Countries"). */
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many countries',
	description: 'Retrieve a list of countries that Eventtia knows, with their currencies',
	fields: [],
	path: () => '/countries',
});

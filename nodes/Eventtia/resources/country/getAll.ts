/** Country: Get Many (eventtia.md, "List of Countries"). */
import { listOperation } from '../../listOperation';

export const getAll = listOperation({
	action: 'Get many countries',
	description: 'Retrieve the countries that Eventtia knows, with their currencies',
	fields: [],
	path: () => '/countries',
});

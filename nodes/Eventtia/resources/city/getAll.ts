/** City: Get Many (eventtia.md, "List of Cities"). */
import { path } from '../../../shared/http/path';
import { countryField, readId, regionField } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many cities',
	description: 'Retrieve a list of cities of a region, with their time zones',
	fields: [countryField, regionField],
	path: (item) =>
		path`/countries/${readId(item, countryField)}/regions/${readId(item, regionField)}/cities`,
});

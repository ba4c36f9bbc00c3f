/** Region: Get Many (eventtia.md, "List of Regions"). */
import { path } from '../../../shared/http/path';
import { countryField, readId } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many regions',
	description: 'Retrieve a list of regions of a country',
	fields: [countryField],
	path: (item) => path`/countries/${readId(item, countryField)}/regions`,
});

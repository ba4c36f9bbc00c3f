/** City: Get (eventtia.md, "City"). */
import { idField } from '../../../shared/fields/locators';
import { path } from '../../../shared/http/path';
import { countryField, optionalField, readId, regionField } from '../../fields';
import { getOperation } from '../../operations/get';

/** *From List* needs country and region, because cities are listed by region; *By ID* does not. */
const cityField = idField('City', 'cityId', 'searchCities', '7993');
const listChoice = (field: typeof countryField) => ({
	...optionalField(field),
	description: 'Only for choosing the city from the list',
});

export const get = getOperation({
	action: 'Get city',
	description: 'Retrieve one city with its region and country',
	fields: [listChoice(countryField), listChoice(regionField), cityField],
	path: (item) => path`/cities/${readId(item, cityField)}`,
});

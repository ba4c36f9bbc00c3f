// The countries, regions and cities of the Eventtia sandbox: those of the document's samples, and enough others to
// fill more than one page.

export interface Country {
	id: number;
	name: string;
	/** ISO 4217. */
	currency: string;
}

export interface Region {
	id: number;
	name: string;
	countryId: number;
}

export interface City {
	id: number;
	name: string;
	latitude: number;
	longitude: number;
	/** IANA name. */
	zone: string;
	regionId: number;
}

/** Sorted by name, as in the sample. */
export const COUNTRIES: readonly Country[] = [
	{ id: 157, name: 'Afghanistan', currency: 'USD' },
	{ id: 176, name: 'Albania', currency: 'EUR' },
	{ id: 10, name: 'Argentina', currency: 'ARS' },
	{ id: 13, name: 'Australia', currency: 'AUD' },
	{ id: 14, name: 'Austria', currency: 'EUR' },
	{ id: 21, name: 'Belgium', currency: 'EUR' },
	{ id: 30, name: 'Brazil', currency: 'BRL' },
	{ id: 38, name: 'Canada', currency: 'CAD' },
	{ id: 44, name: 'Chile', currency: 'CLP' },
	{ id: 51, name: 'Colombia', currency: 'COP' },
	{ id: 56, name: 'Croatia', currency: 'EUR' },
	{ id: 59, name: 'Denmark', currency: 'DKK' },
	{ id: 74, name: 'Finland', currency: 'EUR' },
	{ id: 75, name: 'France', currency: 'EUR' },
	{ id: 82, name: 'Germany', currency: 'EUR' },
	{ id: 85, name: 'Greece', currency: 'EUR' },
	{ id: 99, name: 'Hungary', currency: 'HUF' },
	{ id: 105, name: 'Ireland', currency: 'EUR' },
	{ id: 107, name: 'Italy', currency: 'EUR' },
	{ id: 109, name: 'Japan', currency: 'JPY' },
	{ id: 142, name: 'Mexico', currency: 'MXN' },
	{ id: 155, name: 'Netherlands', currency: 'EUR' },
	{ id: 164, name: 'Norway', currency: 'NOK' },
	{ id: 175, name: 'Poland', currency: 'PLN' },
	{ id: 177, name: 'Portugal', currency: 'EUR' },
	{ id: 205, name: 'Spain', currency: 'EUR' },
	{ id: 211, name: 'Sweden', currency: 'SEK' },
	{ id: 212, name: 'Switzerland', currency: 'CHF' },
	{ id: 230, name: 'United Kingdom', currency: 'GBP' },
	{ id: 231, name: 'United States', currency: 'USD' },
];

export const REGIONS: readonly Region[] = [
	{ id: 464, name: 'Amazonas', countryId: 51 },
	{ id: 722, name: 'Antioquia', countryId: 51 },
	{ id: 733, name: 'Bogotá D.C.', countryId: 51 },
	{ id: 2001, name: 'Lower Austria', countryId: 14 },
	{ id: 2002, name: 'Vienna', countryId: 14 },
	{ id: 2101, name: 'Noord-Holland', countryId: 155 },
];

export const CITIES: readonly City[] = [
	{
		id: 7644,
		name: 'Abejorral',
		latitude: 5.8,
		longitude: -75.43,
		zone: 'America/Bogota',
		regionId: 722,
	},
	{
		id: 7993,
		name: 'Medellín',
		latitude: 6.29,
		longitude: -75.54,
		zone: 'America/Bogota',
		regionId: 722,
	},
	{
		id: 8010,
		name: 'Bogotá',
		latitude: 4.61,
		longitude: -74.08,
		zone: 'America/Bogota',
		regionId: 733,
	},
	{
		id: 8101,
		name: 'Vienna',
		latitude: 48.21,
		longitude: 16.37,
		zone: 'Europe/Vienna',
		regionId: 2002,
	},
	{
		id: 106297,
		name: 'Amsterdam',
		latitude: 52.37,
		longitude: 4.9,
		zone: 'Europe/Amsterdam',
		regionId: 2101,
	},
];

/** Eventtia: fields of a form in n8n's resource mapper, and the values that are sent. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	readOptions,
	mapEntries,
	mapperField,
	mapperId,
} from '../../../nodes/Eventtia/customFields/mapper.ts';
import type { MappableField } from '../../../nodes/Eventtia/customFields/labels.ts';

const ZONE = 'Europe/Vienna';
const field = (id: string, label: string, attributes: IDataObject = {}): MappableField => ({
	id,
	label,
	attributes: { name: label, ...attributes },
});
const FIELDS = [
	{ ...field('1', 'First Name', { name: 'first_name' }), parameter: 'first_name' },
	field('2', 'Diet'),
	field('3', 'Arrival', { include_time: true }),
	field('4', 'Day', { include_time: false }),
	field('5', 'Notes (5)', { name: 'Notes' }),
	field('6', '2'),
	{ ...field('7', 'Birthdate', { name: 'birthdate' }), parameter: 'birthdate' },
];
const map = (entries: IDataObject, isStrict = true) => mapEntries(entries, FIELDS, ZONE, isStrict);

describe('a field in the mapper', () => {
	test.each([
		['options', { options: ['a'] }, 'options'],
		['a date', { include_time: false }, 'dateTime'],
		['a date with a time', { include_time: true }, 'dateTime'],
		['a lower bound', { lower_bound: 0 }, 'number'],
		['an upper bound', { upper_bound: 9 }, 'number'],
		['no bounds', { lower_bound: null, upper_bound: null, include_time: null }, 'string'],
		['options and bounds', { options: ['a'], upper_bound: 3 }, 'options'],
		['an empty list of options', { options: [] }, 'string'],
	])('with %s is of type %s', (_title, attributes, type) => {
		expect(mapperField(field('9', 'X', attributes)).type).toBe(type);
	});

	test.each([
		[{ required: true }, true, false],
		[{ required: false }, false, false],
		[{ required: 'true' }, false, false],
		[{ display: false }, false, true],
		[{ display: false, required: true }, true, false],
	])('with %j: required %s, hidden at first %s', (attributes, required, removed) => {
		expect(mapperField(field('9', 'X', attributes))).toMatchObject({ required, removed });
	});

	test('never has a bare number as its id', () => {
		expect(FIELDS.map(mapperId)).toEqual([
			'first_name',
			'field_2',
			'field_3',
			'field_4',
			'field_5',
			'field_6',
			'birthdate',
		]);
	});
});

describe('the choices of a field', () => {
	const choice = (name: string, value: string | number = name) => ({ name, value });

	test.each([
		['a list of texts', { options: ['a', ' b ', ''] }, [choice('a'), choice('b')]],
		['a list of numbers', { values: [1, 2] }, [choice('1'), choice('2')]],
		['lines', { values: 'a\r\nb\n\nc' }, [choice('a'), choice('b'), choice('c')]],
		['text with commas', { values: 'a, b' }, [choice('a'), choice('b')]],
		['pairs', { options: [{ name: 'A', value: 1 }] }, [choice('A', 1)]],
		['labels with ids', { options: [{ label: 'A', id: '7' }] }, [choice('A', '7')]],
		['an object', { options: { '7': 'A' } }, [choice('A', '7')]],
		['values where options are empty text', { options: ' ', values: ['a'] }, [choice('a')]],
		['nothing', { options: null, values: null }, []],
		['entries that are no choices', { options: [null, true, { name: {} }] }, []],
	])('are %s', (_title, attributes, expected) => {
		expect(readOptions(attributes)).toEqual(expected);
	});
});

describe('an entry', () => {
	test('belongs to the field with that column id, label, number or vendor’s name', () => {
		expect(map({ field_2: 'a' }).customFields).toEqual({ '2': 'a' });
		expect(map({ ' DIET ': 'b' }).customFields).toEqual({ '2': 'b' });
		expect(map({ 'Notes (5)': 'c' }).customFields).toEqual({ '5': 'c' });
		expect(map({ notes: 'd' }).customFields).toEqual({ '5': 'd' });
		expect(() => map({ 'Notes (5)': 'c', notes: 'd' })).toThrow(
			'The field "Notes (5)" is given twice',
		);
		expect(map({ first_name: 'Ada' })).toEqual({
			parameters: { first_name: 'Ada' },
			customFields: {},
		});
		expect(map({ 'first name': 'Ada' }).parameters).toEqual({ first_name: 'Ada' });
	});

	test('under a number belongs to the field with that id, not with that label', () => {
		expect(map({ '2': 'x' }).customFields).toEqual({ '2': 'x' });
		expect(map({ field_6: 'y' }).customFields).toEqual({ '6': 'y' });
	});

	test('is ignored if it is empty, but not if it is false or 0', () => {
		expect(map({ field_2: '', field_5: null, field_6: undefined, first_name: '' })).toEqual({
			parameters: {},
			customFields: {},
		});
		expect(map({ field_2: false, field_5: 0 }).customFields).toEqual({ '2': false, '5': 0 });
	});

	test('without a field is an error that names it', () => {
		expect(() => map({ Dite: 'x' })).toThrow('There is no field "Dite"');
		expect(() => map({ __proto__x: 'x' })).toThrow('There is no field "__proto__x"');
	});

	test('without a field is ignored if it comes from the item', () => {
		expect(map({ Dite: 'x', Diet: 'y' }, false).customFields).toEqual({ '2': 'y' });
	});

	test('for a date field is sent in Eventtia’s format', () => {
		expect(map({ Arrival: '2026-07-01T10:00:00Z', Day: '2026-07-01T23:00:00-11:00' })).toEqual({
			parameters: {},
			customFields: { '3': '01/07/2026 - 12:00:00', '4': '01/07/2026' },
		});
		expect(map({ birthdate: '1815-12-10' }).parameters).toEqual({ birthdate: '10/12/1815' });
	});

	test.each([
		['Arrival', 'soon', '"Arrival" is not a date and time'],
		['Day', '31/12/2026', '"Day" is not a date'],
		['Arrival', '2026-03-29T02:30:00', '"Arrival" does not exist in Europe/Vienna'],
	])('for the date field %s cannot be %s', (name, value, message) => {
		expect(() => map({ [name]: value })).toThrow(message);
	});
});

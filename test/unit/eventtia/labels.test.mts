/** Eventtia: labels for what it keys by id. */
import { describe, expect, test } from '@jest/globals';

import { readListDocument, type ListDocument } from '../../../nodes/Eventtia/jsonApi/documents.ts';
import {
	readAttendeeTypes,
	toMappableFields,
	labelsById,
	toUniqueLabels,
	applyLabels,
	readSurveyQuestions,
} from '../../../nodes/Eventtia/customFields/labels.ts';

const FIELD = 'attendee_type_custom_fields';

function document(body: unknown): ListDocument {
	const read = readListDocument(body);
	if (read === undefined) throw new Error('That is no list');
	return read;
}

const record = (id: string, attributes: object) => ({ id, type: 'x', attributes });

describe('the label of a record', () => {
	test.each([
		['its name', { name: 'Diet', alias: 'a', internal_id: 'i' }, 'Diet'],
		['its name, trimmed', { name: '  Diet ' }, 'Diet'],
		['its alias', { name: null, alias: 'diet', internal_id: 'i' }, 'diet'],
		['its alias if the name is blank', { name: '  ', alias: 'diet' }, 'diet'],
		['its label', { name: null, alias: null, label: 'L' }, 'L'],
		['its question', { name: '', question: 'How?' }, 'How?'],
		['its internal id', { name: null, alias: null, internal_id: 'i-1' }, 'i-1'],
		['its id', { name: null, alias: null, internal_id: null }, '7'],
		['its id if no name is text', { name: 3, alias: {} }, '7'],
	])('is %s', (_title, attributes, label) => {
		expect(toUniqueLabels([record('7', attributes)]).get('7')).toBe(label);
	});

	test('has the id appended if two are the same, and only then', () => {
		const labels = toUniqueLabels([
			record('1', { name: 'Comments' }),
			record('2', { name: 'Comments ' }),
			record('3', { name: null, alias: 'Comments' }),
			record('4', { name: 'comments' }),
			record('5', { name: 'Diet' }),
		]);

		expect(Array.from(labels)).toEqual([
			['1', 'Comments (1)'],
			['2', 'Comments (2)'],
			['3', 'Comments (3)'],
			['4', 'comments'],
			['5', 'Diet'],
		]);
	});

	test('is unique even if another label equals it with its id appended', () => {
		const labels = toUniqueLabels([
			record('1', { name: 'A' }),
			record('2', { name: 'A' }),
			record('3', { name: 'A (2)' }),
			record('4', { name: '2' }),
		]);

		expect(new Set(labels.values()).size).toBe(4);
	});
});

describe('values keyed by id', () => {
	const labels = new Map([
		['1', 'Diet'],
		['2', '__proto__'],
		['3', 'constructor'],
	]);

	test('are returned by label; a key without a label stays', () => {
		expect(applyLabels({ '1': 'Vegan', '9': null }, labels)).toEqual({ Diet: 'Vegan', '9': null });
	});

	test('may have any label', () => {
		const result = applyLabels({ '2': 'a', '3': 'b' }, labels);

		expect(Object.keys(result)).toEqual(['__proto__', 'constructor']);
		expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
		expect(JSON.stringify(result)).toBe('{"__proto__":"a","constructor":"b"}');
	});

	test.each([null, undefined, 'text', 3, ['x']])('of %j are none', (byId) => {
		expect(applyLabels(byId, labels)).toEqual({});
	});
});

describe('attendee types', () => {
	const field = (id: string, attributes: object, typeId?: string) => ({
		id,
		type: FIELD,
		attributes,
		...(typeId === undefined
			? {}
			: { relationships: { attendee_type: { data: { id: typeId, type: 'attendee_types' } } } }),
	});
	const type = (id: string, name: string | null, fields: string[]) => ({
		id,
		type: 'attendee_types',
		attributes: { name },
		relationships: { [FIELD]: { data: fields.map((one) => ({ id: one, type: FIELD })) } },
	});

	test('have their own fields, with labels that are unique within the type', () => {
		const { types, labels, fields } = readAttendeeTypes([
			document({
				data: [type('10', 'VIP', ['1', '2', '3']), type('20', 'Public', ['4'])],
				included: [
					field('1', { name: 'Diet' }),
					field('2', { name: 'Notes' }),
					field('3', { name: 'Notes' }),
					field('4', { name: 'Notes' }),
				],
			}),
		]);

		expect(types.map((one) => [one.name, one.fields.map(({ label }) => label)])).toEqual([
			['VIP', ['Diet', 'Notes (2)', 'Notes (3)']],
			['Public', ['Notes']],
		]);
		expect(labels.get('10')).toBe('VIP');
		expect(fields.get('4')?.label).toBe('Notes');
	});

	test('that do not list their fields have the fields that refer to them, across pages', () => {
		const { types } = readAttendeeTypes([
			document({
				data: [type('10', 'VIP', [])],
				included: [field('1', { name: 'Diet' }, '10'), field('2', { name: 'Other' }, '20')],
			}),
			document({
				data: [type('20', 'Public', ['2'])],
				included: [field('2', { name: 'Other' }, '20')],
			}),
		]);

		expect(types.map(({ fields }) => fields.map(({ id }) => id))).toEqual([['1'], ['2']]);
	});

	test('that list a field which also refers to them have it once', () => {
		const { types } = readAttendeeTypes([
			document({
				data: [type('10', 'VIP', ['1'])],
				included: [field('1', { name: 'Diet' }, '10')],
			}),
		]);

		expect(types[0]?.fields).toHaveLength(1);
	});

	test('give a default field its parameter, but not a custom field of the same name', () => {
		const { fields } = readAttendeeTypes([
			document({
				data: [type('10', 'VIP', ['1', '2', '3'])],
				included: [
					field('1', { name: 'first_name', default: true }),
					field('2', { name: 'company', default: false }),
					field('3', { name: 'picture', default: true }),
				],
			}),
		]);

		expect(fields.get('1')).toMatchObject({ parameter: 'first_name', label: 'First Name' });
		expect(fields.get('2')?.parameter).toBeUndefined();
		expect(fields.get('3')).toMatchObject({ label: 'picture' });
		expect(fields.get('3')?.parameter).toBeUndefined();
	});

	test('give a custom field named like a default one a label of its own', () => {
		const { types } = readAttendeeTypes([
			document({
				data: [type('10', 'VIP', ['1', '2'])],
				included: [
					field('1', { name: 'first_name', default: true }),
					field('2', { name: 'First Name', default: false }),
				],
			}),
		]);
		const labels = types[0]?.fields.map(({ label }) => label);

		expect(labels).toEqual(['First Name', 'First Name (2)']);
	});

	test('without a name, or with the same name, are labelled with their ids', () => {
		const { types } = readAttendeeTypes([
			document({ data: [type('10', 'VIP', []), type('20', 'VIP', []), type('30', null, [])] }),
		]);

		expect(types.map(({ name }) => name)).toEqual(['VIP (10)', 'VIP (20)', '30']);
	});
});

test('survey questions are returned by survey', () => {
	const question = (id: string, name: string) => ({
		id,
		type: 'custom_fields',
		attributes: { name },
	});
	const survey = (id: string, ids: string[]) => ({
		id,
		type: 'surveys',
		relationships: {
			custom_fields: { data: ids.map((one) => ({ id: one, type: 'custom_fields' })) },
		},
	});
	const questions = readSurveyQuestions([
		document({
			data: [survey('1', ['11', '12']), survey('2', ['13']), survey('3', ['99'])],
			included: [question('11', 'How?'), question('12', 'How?'), question('13', 'How?')],
		}),
	]);
	const labels = (id: string) => questions.get(id)?.map(({ label }) => label);

	expect([labels('1'), labels('2'), labels('3')]).toEqual([
		['How? (11)', 'How? (12)'],
		['How?'],
		[],
	]);
	expect(Array.from(labelsById(questions.get('1') ?? []))).toEqual([
		['11', 'How? (11)'],
		['12', 'How? (12)'],
	]);
});

test('fields keep their attributes', () => {
	expect(toMappableFields([record('1', { name: 'Hall', values: ['A'] })])).toEqual([
		{ id: '1', label: 'Hall', attributes: { name: 'Hall', values: ['A'] } },
	]);
});

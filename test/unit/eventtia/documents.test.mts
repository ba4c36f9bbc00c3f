/** Eventtia: JSON:API documents: records, included records, and whether a list has another page. */
import { describe, expect, test } from '@jest/globals';

import {
	Included,
	readListDocument,
	readRecordDocument,
	relatedId,
	readRelationships,
} from '../../../nodes/Eventtia/jsonApi/documents.ts';

const RECORD = { id: '1', type: 'attendees' };

describe('a document with one record', () => {
	test('has the record with its id as text, the included records, and meta', () => {
		const document = readRecordDocument({
			data: { id: 12, type: 'attendees' },
			included: [{ id: '3', type: 'attendee_types', attributes: { name: 'VIP' } }],
			meta: { group_uuid: 'a1' },
		});

		expect(document?.record).toEqual({ id: '12', type: 'attendees' });
		const type = document?.included.find({ type: 'attendee_types', id: '3' });
		expect(type?.attributes).toEqual({ name: 'VIP' });
		expect(document?.included.find({ type: 'attendees', id: '3' })).toBeUndefined();
		expect(document?.meta).toEqual({ group_uuid: 'a1' });
	});

	test.each([
		[undefined],
		[null],
		['text'],
		[[]],
		[{}],
		[{ data: null }],
		[{ data: [RECORD] }],
		[{ data: { id: '1' } }],
		[{ data: { type: 'x' } }],
		[{ data: { id: '', type: 'x' } }],
		[{ data: { id: null, type: 'x' } }],
		[{ data: { id: '1', type: 3 } }],
	])('is not %j', (body) => {
		expect(readRecordDocument(body)).toBeUndefined();
	});
});

describe('a list', () => {
	test.each([
		['links.next', { links: { next: '/p2' } }, true, undefined],
		['links.next of null', { links: { next: null } }, false, undefined],
		['an empty links.next', { links: { next: '' } }, false, undefined],
		['links without next', { links: { self: '/' } }, undefined, undefined],
		['no links', {}, undefined, undefined],
		['total_pages', { meta: { total_pages: 3 } }, undefined, 3],
		['total_pages as text', { meta: { total_pages: '3' } }, undefined, 3],
		['total_pages of 0', { meta: { total_pages: 0 } }, undefined, 0],
		['a negative total_pages', { meta: { total_pages: -1 } }, undefined, undefined],
		['a total_pages of null', { meta: { total_pages: null } }, undefined, undefined],
		['a total_pages that is no integer', { meta: { total_pages: 1.5 } }, undefined, undefined],
		['links and meta that are no objects', { links: 'x', meta: 'y' }, undefined, undefined],
	])('with %s', (_title, parts, hasNext, totalPages) => {
		expect(readListDocument({ data: [RECORD], ...parts })).toMatchObject({
			records: [RECORD],
			hasNext,
			totalPages,
		});
	});

	test.each([
		[null],
		[{ data: RECORD }],
		[{ data: [RECORD, null] }],
		[{ data: ['1'] }],
		[[RECORD]],
	])('is not %j: an incomplete list would lose records', (body) => {
		expect(readListDocument(body)).toBeUndefined();
	});
});

describe('relationships', () => {
	const record = {
		...RECORD,
		relationships: {
			one: { data: { id: 7, type: 'x' } },
			none: { data: null },
			many: { data: [{ id: '1', type: 'x' }, { broken: true }] },
			unknown: { links: {} },
			odd: 'text',
		},
	};

	test('are one, none, many or unknown', () => {
		expect(Object.fromEntries(readRelationships(record))).toEqual({
			one: { id: '7', type: 'x' },
			none: null,
			many: [{ id: '1', type: 'x' }],
			unknown: undefined,
			odd: undefined,
		});
	});

	test.each([
		['one', '7'],
		['none', undefined],
		['many', undefined],
		['unknown', undefined],
		['constructor', undefined],
	])('the id of %s is %s', (name, id) => {
		expect(relatedId(record, name)).toBe(id);
	});
});

test('the first of two included records with the same type and id wins; entries that are no records are ignored', () => {
	const included = new Included([
		{ id: '1', type: 'x', n: 1 },
		{ id: 1, type: 'x', n: 2 },
		{ id: '1', type: 'y', n: 3 },
		null,
	]);

	expect(Array.from(included.all())).toMatchObject([{ n: 1 }, { n: 3 }]);
});

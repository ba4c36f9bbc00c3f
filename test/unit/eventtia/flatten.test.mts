/** Eventtia: JSON:API records as flat records, with one rule for name collisions. */
import { describe, expect, test } from '@jest/globals';

import { flatten, toPictureUrl } from '../../../nodes/Eventtia/jsonApi/flatten.ts';
import { camelCase } from '../../../nodes/shared/values.ts';

describe('a flat record', () => {
	test('holds the id, the attributes, the ids of related records, and the included records', () => {
		const record = {
			id: '7',
			type: 'workshops',
			attributes: { start_date: 'now', name: 'Talk' },
			relationships: {
				speakers: {
					data: [
						{ id: '1', type: 'speakers' },
						{ id: '2', type: 'speakers' },
					],
				},
				workshop_categories: { data: [] },
				attendee_type: { data: { id: '3', type: 'attendee_types' } },
				stand: { data: null },
				event: { links: { related: '/events/9' } },
			},
		};
		const join = ({ type, id }: { type: string; id: string }) =>
			id === '2' ? undefined : { id, from: type };
		const flat = flatten(record, undefined, join);

		expect(flat).toEqual({
			id: '7',
			startDate: 'now',
			name: 'Talk',
			speakerIds: ['1', '2'],
			speakers: [{ id: '1', from: 'speakers' }],
			workshopCategoryIds: [],
			attendeeTypeId: '3',
			attendeeType: { id: '3', from: 'attendee_types' },
			standId: null,
		});
		expect(Object.keys(flat)[0]).toBe('id');
	});

	test('loses nothing on a name collision: the section and the vendor’s spelling are added', () => {
		const reference = (id: string) => ({ data: { id, type: 'events' } });
		const flat = flatten(
			{
				id: '7',
				type: 'x',
				attributes: { id: 'own', event_id: 'attribute', eventId: 'spelled', event: 'word' },
				relationships: { event: reference('9'), owner: reference('8'), owner_id: reference('6') },
			},
			undefined,
			({ id }) => ({ id }),
		);

		expect(flat).toEqual({
			id: '7',
			'attributes.id': 'own',
			eventId: 'attribute',
			'attributes.eventId': 'spelled',
			event: 'word',
			'relationships.event': '9',
			'included.event': { id: '9' },
			ownerId: '8',
			owner: { id: '8' },
			ownerIdId: '6',
			'included.owner_id': { id: '6' },
		});
	});

	test('accepts any key as a name', () => {
		const attributes: Record<string, unknown> = JSON.parse(
			'{"__proto__":1,"constructor":2,"to_string":3}',
		);
		const flat = flatten({ id: '1', type: 'x', attributes: Object(attributes) });

		expect(JSON.stringify(flat)).toBe('{"id":"1","Proto__":1,"constructor":2,"toString":3}');
	});

	test.each([
		[{}],
		[{ attributes: null, relationships: null }],
		[{ attributes: [], relationships: [] }],
	])('of a record with %j is its id', (parts) => {
		expect(flatten({ id: '1', type: 'x', ...parts })).toEqual({ id: '1' });
	});
});

describe('a picture', () => {
	const missing = '/logos/thumb/missing.png';

	test.each([
		['its best size', { thumb: 't', large: 'l', original: 'o' }, 'o'],
		['the best size that exists', { filename: 'f', thumb: 't', original: missing }, 't'],
		['null if all sizes are missing', { filename: null, thumb: missing, small: missing }, null],
		['null if all sizes are null', { thumb: null, original: null }, null],
		['its file name if it has no URL', { filename: 'a.png', thumb: '' }, 'a.png'],
		['null for a bare missing.png', { thumb: 'missing.png' }, null],
		[
			'a file whose name only resembles missing.png',
			{ thumb: '/a/not-missing.png' },
			'/a/not-missing.png',
		],
	])('is %s', (_title, value, expected) => {
		expect(toPictureUrl(value)).toBe(expected);
	});

	test.each([[{ lat: 1 }], ['text'], [null], [[1]], [3], [{}]])(
		'other values are unchanged: %j',
		(value) => {
			expect(toPictureUrl(value)).toEqual(value);
		},
	);
});

test.each([
	['event_uri', 'eventUri'],
	['attendee_type_custom_fields', 'attendeeTypeCustomFields'],
	['already_camelCase', 'alreadyCamelCase'],
	['thumb_2x', 'thumb2x'],
	['time-zone', 'timeZone'],
	['_private', 'Private'],
	['', ''],
])('%s in camelCase is %s', (key, expected) => {
	expect(camelCase(key)).toBe(expected);
});

/** Eventtia: points of interest, Q&A sessions; and lists with little or no paging information. */
import { describe, expect, test } from '@jest/globals';

import { nth } from '../../rig/records.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 5, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };

describe('pointOfInterest: getAll', () => {
	const POIS = below('/pois');

	test('simplified and raw', async () => {
		const flat = await rig.run('pointOfInterest: getAll');
		const raw = await rig.run('pointOfInterest: getAll', { simplify: false });
		const [first] = rig.state.event().guide.pois.values();

		expect(rig.calls()).toEqual([`GET ${POIS}`, `GET ${POIS}`]);
		expect(nth(rig.sent()).query).toEqual(PAGE);
		expect(data(flat)).toHaveLength(2);
		expect(data(flat)[0]).toEqual({
			id: first?.id,
			name: 'Hotel test',
			description: 'Hotel test nearby here!',
			categoryName: 'Hotel',
			latitude: 6.2457,
			longitude: -75.5822,
			updatedAt: rig.state.event().local(first?.updated_at ?? 0),
		});
		expect(data(raw)).toEqual(await listed(rig, POIS));
	});

	test.each([
		[true, true],
		[true, false],
		[false, true],
		[false, false],
	])('returns all pages whether there are links (%s) and totals (%s)', async (links, totals) => {
		const pois = rig.state.event().guide.pois;
		const hotel = nth(pois.values());
		for (let n = 1; n <= 70; n += 1) pois.set(`9${n}`, { ...hotel, id: `9${n}`, name: `H${n}` });
		Object.assign(rig.state, { links, totals });
		const result = await rig.run('pointOfInterest: getAll', { returnAll: true });

		expect(data(result).map(({ id }) => id)).toEqual(Array.from(pois.keys()));
		expect(data(result)).toHaveLength(72);
	});
});

describe('qaSession: getAll', () => {
	const SESSIONS = below('/event_qa_sessions');

	test('simplified and raw', async () => {
		const flat = await rig.run('qaSession: getAll');
		const raw = await rig.run('qaSession: getAll', { simplify: false });

		expect(rig.calls()).toEqual([`GET ${SESSIONS}`, `GET ${SESSIONS}`]);
		expect(data(flat)[0]).toEqual({
			id: nth(rig.state.event().guide.qaSessions.keys()),
			name: 'Questions 1',
			description: '',
			enabled: true,
			startDate: '2026-10-13T14:00:00.000Z',
			endDate: '2026-10-13T15:00:00.000Z',
			updatedAt: expect.stringMatching(/-05:00$/),
		});
		expect(data(raw)).toEqual(await listed(rig, SESSIONS));
	});

	test('accepts any name to include, because the document lists none', async () => {
		const options = { include: ['questions', ' speakers.workshops '] };
		const result = await rig.run('qaSession: getAll', { options });

		expect(result.error).toBeUndefined();
		expect(nth(rig.sent()).query).toEqual({ ...PAGE, include: 'questions,speakers.workshops' });
	});
});

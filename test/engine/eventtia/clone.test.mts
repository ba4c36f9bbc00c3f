/** Eventtia: cloning an event: never twice, and the new event is found. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { EventtiaEvent } from '../../../sandbox/start.mts';

import { errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import { allGlobals } from '../../support/worker-realm.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS } from './shared.mts';

const rig = useVendor(eventtia, { guests: 5 });
const CLONE = `${EVENTS}/${EVENT}/clone`;
const PROGRESS = `${EVENTS}/${EVENT}/clone-progress`;

const clone = async (parameters: IDataObject = {}) =>
	(await withShortWaits(async () => await rig.run('event: clone', parameters))).result;
/** A clone that existed before. */
const olderClone = (uri: string, facts: Partial<EventtiaEvent['facts']> = {}) =>
	rig.state.addEvent(
		{ ...rig.state.event().facts, uri, clonedFromId: Number(rig.state.event().id), ...facts },
		rig.state.event().accountEmail,
	);

describe('the request', () => {
	test('names the parts to copy, and has no body', async () => {
		await clone({
			waitUntilFinished: false,
			additionalFields: {
				cloneAttendeeTypes: true,
				cloneBusinessConference: false,
				cloneEventPage: true,
				clonePois: false,
				cloneSpeakers: true,
				cloneWorkshops: false,
				cloneZones: true,
			},
		});

		expect(rig.sent(CLONE)).toMatchObject([{ method: 'POST', body: undefined }]);
		expect(rig.sent(CLONE)[0]?.query).toEqual({
			clone_attendee_types: 'true',
			clone_business_conference: 'false',
			clone_event_page: 'true',
			clone_pois: 'false',
			clone_speakers: 'true',
			clone_workshops: 'false',
			clone_zones: 'true',
		});
	});

	test('leaves out parts that were not chosen', async () => {
		await clone({ waitUntilFinished: false });

		expect(rig.sent(CLONE)[0]?.query).toEqual({});
	});

	test('says that cloning continues, and requests nothing else, without Wait Until Finished', async () => {
		const result = only(await clone({ waitUntilFinished: false }));

		expect(result).toEqual({ eventUri: EVENT, cloning: true });
		expect(rig.sent()).toHaveLength(1);
	});

	test.each([
		['503', { kind: 'status', status: 503 }],
		['503 with Retry-After', { kind: 'status', status: 503, headers: { 'Retry-After': '0' } }],
		['502', { kind: 'status', status: 502 }],
		['429', { kind: 'rateLimit', retryAfterSeconds: 0 }],
		['a broken connection', { kind: 'reset' }],
		['a lost answer', { kind: 'resetAfterEffect' }],
		['500', { kind: 'status', status: 500 }],
	] as const)('is never repeated: %s', async (_title, fault) => {
		rig.fault({ when: { path: CLONE }, do: fault });
		const result = await clone({ waitUntilFinished: false });

		expect(errorOf(result).message).not.toBe('');
		expect(rig.sent(CLONE)).toHaveLength(1);
	});

	test.each([
		['a lost answer', { kind: 'resetAfterEffect' }],
		['503', { kind: 'status', status: 503 }],
	] as const)('says that a clone may have started: %s', async (_title, fault) => {
		rig.fault({ when: { path: CLONE }, do: fault });
		const result = await clone();

		expect(errorOf(result).description).toContain('It is not known whether the change was made');
	});

	test('is repeated after a new log-in for a 401, because nothing happened', async () => {
		rig.fault({ when: { path: CLONE }, do: { kind: 'expireSession' } });
		const result = only(await clone({ waitUntilFinished: false }));

		expect(result.cloning).toBe(true);
		expect(rig.sent(CLONE).map(({ status }) => status)).toEqual([401, 200]);
	});
});

describe('Wait Until Finished', () => {
	test('returns the new event when it is ready', async () => {
		rig.state.cloneAfterRequests = 4;
		const event = only(await clone());

		expect(rig.sent(PROGRESS)).toHaveLength(4);
		expect(event).toMatchObject({
			name: 'Test Event (clone)',
			eventUri: `${EVENT}-clone`,
			clonedFrom: EVENT,
			clonedFromId: Number(rig.state.event().id),
			cloned: true,
		});
	});

	test('finds it among older clones of this and other events', async () => {
		olderClone('older-clone');
		olderClone('other-clone', { clonedFromId: 4711 });
		const event = only(await clone());

		expect(event.eventUri).toBe(`${EVENT}-clone`);
	});

	test('is not misled by an event that someone else creates meanwhile', async () => {
		const isFinished = rig.state.clones.isFinished.bind(rig.state.clones);
		rig.state.clones.isFinished = (source) => {
			rig.state.clones.isFinished = isFinished;
			// Newer than the clone, but of another event.
			rig.server.clock.skewMs = 60_000;
			olderClone('somebody-elses', { clonedFromId: 4711 });
			rig.server.clock.skewMs = 0;
			return isFinished(source);
		};

		expect(only(await clone()).eventUri).toBe(`${EVENT}-clone`);
	});

	test('finds the newest of several new events', async () => {
		rig.state.cloneAfterRequests = 1;
		const first = only(await clone());
		rig.server.clock.skewMs = 60_000;
		const second = only(await clone());

		expect([first.eventUri, second.eventUri]).toEqual([`${EVENT}-clone`, `${EVENT}-clone-2`]);
	});

	test('finds it in a long list', async () => {
		for (let n = 0; n < 60; n++) olderClone(`older-${n}`);
		const event = only(await clone());

		expect(event.eventUri).toBe(`${EVENT}-clone`);
		// The older ones were known before, so none of them is read.
		expect(rig.sent().filter(({ path }) => path.includes('/older-'))).toEqual([]);
	});

	test('waits longer between checks each time', async () => {
		rig.state.cloneAfterRequests = 8;
		const { waits } = await withShortWaits(async () => await rig.run('event: clone'));

		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
	});

	test('continues after a transient failure of the progress request', async () => {
		rig.fault({ when: { path: PROGRESS }, times: 2, do: { kind: 'status', status: 503 } });

		expect(only(await clone()).eventUri).toBe(`${EVENT}-clone`);
		expect(rig.sent(CLONE)).toHaveLength(1);
	});

	test('ends after its time limit, and warns not to clone again', async () => {
		rig.state.cloneAfterRequests = 1_000_000;
		const clocks = allGlobals().map(({ Date: clock }) => ({ clock, real: clock.now }));
		let shift = 0;
		for (const { clock, real } of clocks) clock.now = () => real() + shift;
		try {
			const running = clone({ options: { waitMinutes: 1 } });
			const timer = setInterval(() => (shift += 10_000), 5);
			const result = await running;
			clearInterval(timer);

			expect(errorOf(result).message).toContain('not finished after a minute');
			expect(errorOf(result).description).toContain('Do not clone again');
		} finally {
			for (const { clock, real } of clocks) clock.now = real;
		}
		expect(rig.sent(CLONE)).toHaveLength(1);
	});

	test('says so if the new event cannot be found', async () => {
		rig.fault({
			when: { path: PROGRESS },
			do: { kind: 'wrongJson', body: { finished: true } },
		});

		expect(only(await clone())).toEqual({ cloned: true, clonedFrom: EVENT, eventUri: null });
	});

	test('reports a response without "finished"', async () => {
		rig.fault({ when: { path: PROGRESS }, do: { kind: 'wrongJson' } });

		expect(errorOf(await clone()).message).toContain('instead of whether the clone is finished');
	});
});

test('can request the progress on its own', async () => {
	rig.state.cloneAfterRequests = 2;
	await clone({ waitUntilFinished: false });
	const progress = async () => only(await rig.run('event: getCloneProgress'));

	expect(await progress()).toEqual({ eventUri: EVENT, finished: false });
	expect(await progress()).toEqual({ eventUri: EVENT, finished: true });
});

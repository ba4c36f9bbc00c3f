/** Eventtia: mass messages and their stats: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 2, credential: loggedIn });

const MESSAGES = below('/massive_messages');

describe('message: getAll', () => {
	test('simplified and raw', async () => {
		const flat = await rig.run('message: getAll');
		const raw = await rig.run('message: getAll', { simplify: false });
		const [first] = rig.state.event().communications.messages.values();

		expect(rig.calls()).toEqual([`GET ${MESSAGES}`, `GET ${MESSAGES}`]);
		expect(nth(rig.sent()).query).toEqual({ 'page[number]': '1', 'page[size]': '24' });
		expect(data(flat)).toHaveLength(3);
		expect(data(flat)[0]).toMatchObject({
			id: first?.id,
			subject: 'message 1',
			body: 'test massive',
			sentMessagesCount: 11,
			openedMessagesCount: 10,
			failedMessagesCount: 1,
			createdAt: rig.state.event().local(first?.created_at ?? 0),
		});
		expect(data(raw)).toEqual(await listed(rig, MESSAGES));
	});
});

describe('message: getStats', () => {
	test.each(['id', 'list'])('in mode %s', async (mode) => {
		const id = nth(rig.state.event().communications.messages.keys(), 1);
		const result = only(await rig.run('message: getStats', { messageId: by(mode, id) }));

		expect(rig.calls()).toEqual([`GET ${MESSAGES}/${id}/stats`]);
		expect(nth(rig.sent()).query).toEqual({});
		expect(result).toEqual({ messageId: id, errors: 2, opened: 20 });
	});

	test.each([
		[{ errors: '1', opened: 2 }, 'a JSON object with "errors", "opened"'],
		[{ data: {} }, 'a JSON object with "data"'],
		[[], 'a JSON list'],
	])('does not accept %j as stats', async (body, named) => {
		rig.fault({ do: { kind: 'wrongJson', body } });
		const id = nth(rig.state.event().communications.messages.keys());
		const result = await rig.run('message: getStats', { messageId: id });

		expect(errorOf(result).message).toBe(
			`Eventtia answered with ${named} instead of the stats of a message ("errors", "opened") [item 0]`,
		);
	});
});

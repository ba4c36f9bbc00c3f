/** Eventtia: event files, uploaded from binary data. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { existing } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS } from './shared.mts';

const rig = useVendor(eventtia, { guests: 1 });
const category = () => existing(rig.state.event().files.categoryIds[1]);
const path = () => `${EVENTS}/${EVENT}/event_file_categories/${category()}/event_files`;
const MEGABYTE = 1024 * 1024;

/** An item with a file, as n8n keeps it in memory. */
function withFile(
	bytes: Buffer,
	more: { fileName?: string; mimeType?: string; field?: string } = {},
) {
	const { field = 'data', fileName = 'plan.pdf', mimeType = 'application/pdf' } = more;
	const binary = { [field]: { data: bytes.toString('base64'), mimeType, fileName } };
	return { json: {}, binary };
}

const upload = async (parameters: IDataObject, extras: RunExtras) =>
	await rig.run('eventFile: upload', { eventFileCategoryId: category(), ...parameters }, extras);
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const stored = () =>
	rig.state
		.event()
		.files.of(category())
		.map(({ content, ...file }) => ({
			...file,
			bytes: Buffer.from(existing(content).base64, 'base64'),
			contentType: content?.contentType,
		}));

describe('uploading a file', () => {
	test.each([
		['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
		['text with line ends and what looks like a boundary', Buffer.from('a\r\n--x\r\n\r\n--\0é')],
		['nothing', Buffer.alloc(0)],
		['3 MB of noise', randomBytes(3 * MEGABYTE)],
	])('uploads %s unchanged', async (_title, bytes) => {
		const file = only(await upload({}, { items: [withFile(bytes)] }));
		const [request] = rig.sent(path());

		expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=\S+$/);
		expect(stored()).toHaveLength(1);
		expect(stored()[0]).toMatchObject({
			name: 'plan.pdf',
			description: '',
			filename: 'plan.pdf',
			contentType: 'application/pdf',
		});
		expect(stored()[0]?.bytes.length).toBe(bytes.length);
		expect(hash(existing(stored()[0]).bytes)).toBe(hash(bytes));
		expect(file).toMatchObject({
			id: stored()[0]?.id,
			name: 'plan.pdf',
			eventFileCategoryId: category(),
			isImage: false,
		});
		expect(file.eventFile).toMatch(/^https:\/\/files\.example\.com\/.*plan\.pdf$/);
	});

	test('sends the names with brackets, and no other part', async () => {
		await upload(
			{ additionalFields: { name: 'Plan of the hall', description: 'Where – “what”' } },
			{ items: [withFile(Buffer.from('x'))] },
		);

		expect(Object.keys(Object(rig.sent(path())[0]?.body))).toEqual([
			'event_file[name]',
			'event_file[description]',
			'event_file[event_file]',
		]);
		expect(stored()[0]).toMatchObject({
			name: 'Plan of the hall',
			description: 'Where – “what”',
			filename: 'plan.pdf',
		});
	});

	test('keeps the name and the type of an image', async () => {
		const picture = withFile(Buffer.from('x'), {
			fileName: 'Grüße "1".png',
			mimeType: 'image/png',
			field: 'picture',
		});
		const file = only(await upload({ binaryPropertyName: 'picture' }, { items: [picture] }));

		expect(file).toMatchObject({ name: 'Grüße "1".png', isImage: true });
		expect(stored()[0]).toMatchObject({ contentType: 'image/png' });
	});

	test('uploads the file of each item once, in order', async () => {
		const items = Array.from({ length: 12 }, (_, n) =>
			withFile(Buffer.from(`file ${n}`), { fileName: `${n}.txt`, mimeType: 'text/plain' }),
		);
		const result = await upload({}, { items });

		expect(data(result).map(({ name }) => name)).toEqual(items.map((_, n) => `${n}.txt`));
		expect(stored().map(({ bytes }) => bytes.toString())).toEqual(items.map((_, n) => `file ${n}`));
	});

	test('is repeated completely after a token expired', async () => {
		const bytes = randomBytes(MEGABYTE);
		rig.fault({ when: { path: path() }, do: { kind: 'expireSession' } });
		only(await upload({}, { items: [withFile(bytes)] }));

		expect(rig.sent(path()).map(({ status }) => status)).toEqual([401, 201]);
		expect(stored()).toHaveLength(1);
		expect(hash(existing(stored()[0]).bytes)).toBe(hash(bytes));
	});

	test('is not repeated after a lost response', async () => {
		rig.fault({ when: { path: path() }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await upload({}, { items: [withFile(Buffer.from('x'))] }),
		);

		expect(errorOf(result).description).toContain('It is not known whether the change was made');
		expect(stored()).toHaveLength(1);
	});

	test.each([
		[
			'no file at all',
			{},
			[{ json: {} }],
			'has no file in the input field "data"',
			'Let a node before',
		],
		[
			'a file elsewhere',
			{ binaryPropertyName: 'other' },
			[withFile(Buffer.from('x'))],
			'has no file in the input field "other"',
			'Its files are in: data',
		],
		[
			'a category that is no number',
			{ eventFileCategoryId: 'plans' },
			[withFile(Buffer.from('x'))],
			'"File Category ID" must be an ID',
			'',
		],
	])('reports %s before anything is sent', async (_title, parameters, items, words, hint) => {
		const result = await upload(parameters, { items });

		expect(errorOf(result).message).toContain(words);
		expect(errorOf(result).description).toContain(hint);
		expect(rig.sent(path())).toEqual([]);
	});
});

test('the files of a category are listed', async () => {
	const [seeded] = rig.state.event().files.categoryIds;
	const files = data(await rig.run('eventFile: getAll', { eventFileCategoryId: seeded }));

	expect(files).toMatchObject([
		{
			name: 'test_file',
			isImage: true,
			urls: expect.stringMatching(/^https:\/\/files\.example\.com\//),
			eventFileCategoryId: seeded,
		},
	]);
});

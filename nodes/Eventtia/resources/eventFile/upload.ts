/** Event File: Upload (eventtia.md, "Uploading a File"; multipart, names with brackets). */
import { collectionField, textField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { optional, requiredText } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { multipart } from '../../../shared/http/multipart';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { categoryField, filesPath } from './shared';

export const upload: Operation<EventtiaClient> = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload event file',
	description: 'Add a file to a category of an event',
	effect: 'write',
	fields: [
		eventUriField,
		categoryField,
		{
			...textField(
				'Input Data Field Name',
				'binaryPropertyName',
				'The name of the input field with the file, as it stands in the tab "Binary" of the node before',
			),
			default: 'data',
			required: true,
		},
		simplifyField,
		collectionField('additionalFields', [
			textField('Description', 'description', 'What the file is about'),
			textField('Name', 'name', 'What the file is called in Eventtia; its own name if left empty'),
		]),
	],
	orderingKey: (item) => item.read(categoryField.name, requiredText),
	async run(item, client) {
		const shape = readShape(item, client, readEventUri(item));
		const { name, description } = item.readCollection('additionalFields', {
			name: optional(requiredText),
			description: optional(requiredText),
		});
		const path = filesPath(item);
		const file = await item.file('binaryPropertyName');
		const form = await multipart(
			{
				'event_file[name]': name ?? file.name,
				...(description === undefined ? {} : { 'event_file[description]': description }),
			},
			{ 'event_file[event_file]': file },
		);
		const document = await client.create({
			method: 'POST',
			path: path,
			...form,
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};

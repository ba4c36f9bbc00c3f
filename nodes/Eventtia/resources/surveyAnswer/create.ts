/**
 * Survey Answer: Create (eventtia.md, "Add survey answer"). The table has `answers` and `survey_type` as query
 * parameters, but its sample posts the answers as the whole JSON body. The user can choose either.
 */
import type { IDataObject } from 'n8n-workflow';
import { collectionField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { jsonObject, oneOf, optional } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { InputError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri, readId, surveyField } from '../../fields';
import { readAnswers, surveyAnswerMapper } from '../../customFields/survey';
import { readShape, shapeOne } from '../../operations/shape';

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create survey answer',
	description: 'Answer the questions of a survey, by their words',
	effect: 'write',
	fields: [
		eventUriField,
		surveyField,
		surveyAnswerMapper,
		simplifyField,
		collectionField('additionalFields', [
			{
				displayName: 'Answers (JSON)',
				name: 'answersJson',
				type: 'json',
				default: '{}',
				description:
					'Answers as JSON, by question or ID, e.g. {"How was it?": "Very good"}. They are added to "Answers".',
			},
			{
				displayName: 'Survey Type',
				name: 'surveyType',
				type: 'options',
				options: [
					{ name: 'Attendee', value: 'attendee' },
					{ name: 'Business Conference Meetings', value: 'business_conference_meetings' },
				],
				default: 'attendee',
				description: 'What the survey is about',
			},
		]),
	],
	options: [
		{
			displayName: 'Send Answers As',
			name: 'sendAnswersAs',
			type: 'options',
			options: [
				{ name: 'Body', value: 'body' },
				{ name: 'Query Parameter', value: 'query' },
			],
			default: 'body',
			description: 'Eventtia’s document has both. Change it only if the answers do not arrive.',
		},
	],
	orderingKey: (item) => `${readEventUri(item)} ${readId(item, surveyField)}`,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const surveyId = readId(item, surveyField);
		const shape = readShape(item, client, eventUri);
		const { answersJson = {}, surveyType } = item.readCollection('additionalFields', {
			answersJson: jsonObject,
			surveyType: optional(oneOf('attendee', 'business_conference_meetings')),
		});
		const { sendAnswersAs = 'body' } = item.readCollection('options', {
			sendAnswersAs: oneOf('body', 'query'),
		});
		const answers: IDataObject = await readAnswers(item, client, answersJson);
		if (Object.keys(answers).length === 0) {
			throw new InputError(
				'There is no answer',
				'Fill in at least one question under "Answers" or "Answers (JSON)".',
			);
		}
		const isBody = sendAnswersAs === 'body';
		const document = await client.create({
			method: 'POST',
			path: path`/events/${eventUri}/surveys/${surveyId}/answers`,
			qs: omitEmpty({
				survey_type: surveyType,
				answers: isBody ? undefined : JSON.stringify(answers),
			}),
			...(isBody ? { body: answers } : {}),
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};

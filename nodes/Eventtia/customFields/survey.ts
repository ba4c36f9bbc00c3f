/**
 * The questions of a survey: the resource mapper in the node, and the answers that are sent to Eventtia
 * (eventtia.md, "Add survey answer": `{"question_id": "Question answer"}`).
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import { InputError } from '../../shared/errors';
import type { EventtiaClient } from '../client';
import { mapFieldInput, mapperProperty, readFieldInput } from './mapper';
import { readEventUri, readId, surveyField } from '../fields';

export const surveyAnswerMapper = mapperProperty({
	displayName: 'Answers',
	name: 'answers',
	description: 'The answers to the questions of the survey',
	method: 'getSurveyQuestions',
	dependsOn: ['eventUri.value', 'surveyId.value'],
	noFieldsError: 'Choose the event and the survey first',
});

/**
 * Reads the mapper *Answers*.
 *
 * @param json answers that were entered as JSON
 * @returns answers by the id of the question; empty if nothing is filled in
 * @throws InputError for a survey that the event does not have, or a question that the survey does not have
 */
export async function readAnswers(
	item: ItemParameters,
	client: EventtiaClient,
	json: IDataObject,
): Promise<IDataObject> {
	const input = readFieldInput(item, 'answers', json);
	if (input === undefined) return {};
	const eventUri = readEventUri(item);
	const questions = (await client.surveyQuestions(eventUri)).get(readId(item, surveyField));
	if (questions === undefined) {
		throw new InputError('The event has no such survey', 'Choose "Survey" from the list.');
	}
	const readZone = async () => await client.timeZone(eventUri);
	return (await mapFieldInput(item, input, questions, readZone)).customFields;
}

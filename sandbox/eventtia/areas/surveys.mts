// Surveys: the list, adding an answer, the list of answers.

import { z } from 'zod';

import { type Endpoint, Refusal } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import {
	type Resource,
	includeQuery,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import {
	type AnswerValue,
	SURVEY_TYPES,
	type Survey,
	type SurveyQuestion,
} from '../records/surveys.mts';
import type { EventtiaAccount, EventtiaState } from '../state.mts';

const answerValue = z.union([z.string(), z.number(), z.array(z.string())]);
/** The account's user, who answers when the API is used. */
const USER_ID = 22334;
const answersMap = z.record(answerValue);

/** @param withFiles whether the response to a new answer includes the file relationships */
function shownSurvey(
	event: EventtiaEvent,
	survey: Survey,
	account: EventtiaAccount | undefined,
	withFiles = false,
): Resource {
	return {
		id: survey.id,
		type: 'surveys',
		attributes: {
			name: survey.name,
			description: survey.description,
			entity_ids: survey.entity_ids,
			enabled: survey.enabled,
			survey_type: survey.survey_type,
			entity_type: 'attendee_types',
			session_type: survey.session_type,
			enabled_signature: false,
			business_conference_id: null,
			answered: account !== undefined && survey.answeredBy.has(account.email),
			updated_at: event.local(survey.updated_at),
		},
		relationships: {
			custom_fields: {
				data: survey.questions.map(({ id }) => ({ id, type: 'custom_fields' })),
			},
			...(withFiles ? { event_file_category: { data: null }, event_files: { data: [] } } : {}),
		},
	};
}

/** A question. The document shows none, so it looks like a custom field of an attendee type. */
function shownQuestion({ id, ...question }: SurveyQuestion): Resource {
	const { name, required, input_type: inputType, options } = question;
	return {
		id,
		type: 'custom_fields',
		attributes: { name, alias: null, required, default: false, input_type: inputType, options },
	};
}

/** @throws Failure 404 */
function foundSurvey(event: EventtiaEvent, id: string | undefined): Survey {
	const survey = event.surveys.surveys.get(id ?? '');
	if (!survey) throw notFound();
	return survey;
}

/**
 * The answers: the bare body (the sample) or the query parameter `answers` (the table), but not both.
 * @throws Refusal for anything else
 */
function answersIn(body: Record<string, unknown>, query: string | undefined) {
	let sent: unknown = body;
	if (query !== undefined) {
		if (Object.keys(body).length > 0) throw new Refusal('answers in the body and in the query');
		try {
			sent = JSON.parse(query);
		} catch {
			throw new Refusal('query: answers is not JSON');
		}
	}
	const answers = answersMap.safeParse(sent);
	if (!answers.success) {
		throw new Refusal('answers must be {"question_id": "Question answer"}');
	}
	return answers.data;
}

/** @throws Failure 400 */
function checkAnswers({ questions }: Survey, answers: Record<string, AnswerValue>): void {
	const ids = Object.keys(answers);
	if (ids.length === 0) throw invalid('answers are missing');
	for (const id of ids) {
		if (!questions.some((question) => question.id === id)) throw invalid(`no question ${id}`);
	}
	for (const { id, name, required } of questions) {
		if (required && !ids.includes(id)) throw invalid(`${name} can't be blank`);
	}
}

/** The endpoints of surveys. */
export const surveyEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/surveys',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.surveys.surveys.values()), {
				serialize: (survey) => shownSurvey(event, survey, call.account),
				includes: {
					custom_fields: ({ questions }) => questions.map(shownQuestion),
					event_file_category: () => [],
					event_files: () => [],
				},
			}),
	}),
	api.ofEvent({
		method: 'POST',
		path: '/surveys/:id/answers',
		query: { answers: z.string().optional(), survey_type: z.enum(SURVEY_TYPES).optional() },
		body: {},
		otherKeys: answerValue,
		respond(call, event) {
			const { account, query } = call;
			const survey = foundSurvey(event, call.params['id']);
			const answers = answersIn(call.body, query.answers);
			checkAnswers(survey, answers);
			if (!survey.enabled) throw invalid('The survey is not enabled');
			if (query.survey_type !== undefined && query.survey_type !== survey.survey_type) {
				throw invalid(`The survey is of type ${survey.survey_type}`);
			}
			// Nothing in the request says who answers, so it is the token's user.
			event.surveys.answer(survey, answers, { entity_id: USER_ID, entity_type: 'User' });
			if (account) survey.answeredBy.add(account.email);
			return respondWithOne(
				{ ...call, query: {} },
				survey,
				{
					serialize: (row) => shownSurvey(event, row, account, true),
				},
				{ status: 201 },
			);
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/surveys/:survey_id/survey_answers',
		query: pageQuery,
		body: {},
		respond(call, event) {
			const survey = foundSurvey(event, call.params['survey_id']);
			return respondWithList(call, event.surveys.answersTo(survey), {
				serialize: ({ id, surveyId: _shownNowhere, ...attributes }) => ({
					id,
					type: 'survey_answers',
					attributes,
				}),
			});
		},
	}),
];

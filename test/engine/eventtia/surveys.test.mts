/** Eventtia: surveys and their answers, by the text of the questions. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { AMBIGUOUS, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const SURVEYS = below('/surveys');
const surveys = () => Array.from(rig.state.event().surveys.surveys.values());
const survey = (index = 0) => nth(surveys(), index);
const ANSWERS = (index = 0) => `${SURVEYS}/${survey(index).id}/answers`;
const questionId = (index: number, of = 0) => nth(survey(of).questions, index).id;
const LIKE = 'How did you like it?';
const BETTER = 'What could be better?';
const AGAIN = 'Will you come again?';

describe('survey: getAll', () => {
	test('simplified, raw and with the questions', async () => {
		const flat = await rig.run('survey: getAll');
		const raw = await rig.run('survey: getAll', { simplify: false });
		const options = { include: ['custom_fields'] };
		const joined = await rig.run('survey: getAll', { options });

		expect(rig.sent(SURVEYS).map(({ query }) => query)).toEqual([
			PAGE,
			PAGE,
			{ ...PAGE, include: 'custom_fields' },
		]);
		expect(data(flat)[0]).toEqual({
			id: survey().id,
			name: 'Satisfaction survey',
			description: 'Here you can put your comments about the commit',
			entityIds: survey().entity_ids,
			enabled: true,
			surveyType: 'attendee',
			entityType: 'attendee_types',
			sessionType: 'survey',
			enabledSignature: false,
			businessConferenceId: null,
			answered: false,
			updatedAt: rig.state.event().local(survey().updated_at),
			customFieldIds: survey().questions.map(({ id }) => id),
		});
		expect(data(raw)).toEqual(await listed(rig, SURVEYS));
		expect(data(joined)[0]?.customFields).toMatchObject([
			{ name: LIKE },
			{ name: BETTER },
			{ name: AGAIN, options: ['Yes', 'No', 'Yes/No'] },
		]);
	});
});

describe('surveyAnswer: getAll', () => {
	const path = () => `${SURVEYS}/${survey().id}/survey_answers`;

	test('answers are keyed by the text of their questions', async () => {
		const asked = { surveyId: by('list', survey().id), returnAll: true };
		const flat = await rig.run('surveyAnswer: getAll', asked);
		const raw = await rig.run('surveyAnswer: getAll', { ...asked, simplify: false });
		const held = rig.state.event().surveys.answersTo(survey());

		expect(rig.sent(path())).toHaveLength(4);
		expect(rig.sent(SURVEYS).map(({ query }) => query)).toEqual([
			{ ...PAGE, include: 'custom_fields' },
		]);
		expect(held).toHaveLength(30);
		expect(data(flat)).toEqual(
			held.map(({ id, entity_id: entityId, values }) => ({
				id,
				entityId,
				entityType: 'Attendee',
				relatedEntityType: null,
				relatedEntityId: null,
				answers: {
					[LIKE]: values[questionId(0)],
					[BETTER]: values[questionId(1)],
					[AGAIN]: values[questionId(2)],
				},
			})),
		);
		expect(data(raw)).toEqual(await listed(rig, path()));
	});

	test('questions with the same text, and a deleted one, keep their ID', async () => {
		const [first, second] = survey().questions;
		if (!first || !second) throw new Error('The sandbox has no questions');
		second.name = LIKE;
		const held = nth(rig.state.event().surveys.answersTo(survey()));
		held.values['77'] = 'old';
		const asked = { surveyId: survey().id, limit: 1 };
		const result = only(await rig.run('surveyAnswer: getAll', asked));

		expect(result.answers).toEqual({
			[`${LIKE} (${first.id})`]: held.values[first.id],
			[`${LIKE} (${second.id})`]: held.values[second.id],
			[AGAIN]: held.values[questionId(2)],
			'77': 'old',
		});
	});
});

describe('surveyAnswer: create', () => {
	/** *Answers* as the editor stores them. */
	const mapped = (value: IDataObject | null): IDataObject => ({
		surveyId: by('id', survey().id),
		answers: { mappingMode: 'defineBelow', value },
	});
	const filledIn = () =>
		mapped({ [`field_${questionId(0)}`]: '5', [`field_${questionId(2)}`]: 'Yes' });
	const sentAnswers = () => ({ [questionId(0)]: '5', [questionId(2)]: 'Yes' });
	const newest = () => rig.state.event().surveys.answersTo(survey()).at(-1)?.values;

	test('sends the answers as the body, by question ID', async () => {
		const flat = only(await rig.run('surveyAnswer: create', filledIn()));
		const raw = only(await rig.run('surveyAnswer: create', { ...filledIn(), simplify: false }));
		const [sent] = rig.sent(ANSWERS());

		expect(sent?.method).toBe('POST');
		expect(sent?.body).toEqual(sentAnswers());
		expect(sent?.query).toEqual({});
		expect(newest()).toEqual(sentAnswers());
		expect(flat).toMatchObject({ id: survey().id, name: 'Satisfaction survey', answered: true });
		expect(raw).toMatchObject({ id: survey().id, type: 'surveys' });
	});

	test('sends them in the query, without a body, on request', async () => {
		const result = await rig.run('surveyAnswer: create', {
			...filledIn(),
			additionalFields: { surveyType: 'attendee' },
			options: { sendAnswersAs: 'query' },
		});
		const [sent] = rig.sent(ANSWERS());

		expect(result.error).toBeUndefined();
		expect(sent?.body).toBeUndefined();
		expect(Object.keys(sent?.query ?? {}).sort()).toEqual(['answers', 'survey_type']);
		expect(sent?.query.survey_type).toBe('attendee');
		expect(JSON.parse(String(sent?.query.answers))).toEqual(sentAnswers());
		expect(newest()).toEqual(sentAnswers());
	});

	test('JSON identifies questions by text, ignoring case, or by ID', async () => {
		const answersJson = JSON.stringify({
			[LIKE.toUpperCase()]: 4,
			[`  ${BETTER} `]: 'Coffee',
			[questionId(2)]: ['Yes', 'No'],
		});
		const additionalFields = { answersJson };
		await rig.run('surveyAnswer: create', { ...mapped(null), additionalFields });

		expect(nth(rig.sent(ANSWERS())).body).toEqual({
			[questionId(0)]: 4,
			[questionId(1)]: 'Coffee',
			[questionId(2)]: ['Yes', 'No'],
		});
	});

	test('maps the item’s data, and leaves out keys that match no question', async () => {
		const items = [
			{ json: { [LIKE]: '3', [BETTER]: '', other: 'x' } },
			{ json: { [AGAIN]: 'No', email: 'a@example.com' } },
		];
		const answers = { mappingMode: 'autoMapInputData', value: null };
		const surveyId = by('id', survey().id);
		const result = await rig.run('surveyAnswer: create', { surveyId, answers }, { items });

		expect(result.error).toBeUndefined();
		expect(rig.sent(ANSWERS()).map(({ body }) => body)).toEqual([
			{ [questionId(0)]: '3' },
			{ [questionId(2)]: 'No' },
		]);
		// The questions are read once for all items.
		expect(rig.sent(SURVEYS)).toHaveLength(1);
	});

	test('names a question that the survey does not have before anything is sent', async () => {
		const additionalFields = { answersJson: '{"How was the food?": "Good"}' };
		const result = await rig.run('surveyAnswer: create', { ...mapped(null), additionalFields });

		expect(errorOf(result).message).toBe('There is no field "How was the food?" [item 0]');
		expect(errorOf(result).description).toContain(`${LIKE}, ${BETTER}, ${AGAIN}`);
		expect(rig.sent(ANSWERS())).toEqual([]);
	});

	test('reports a survey that the event does not have', async () => {
		const result = await rig.run('surveyAnswer: create', { ...filledIn(), surveyId: '1' });

		expect(errorOf(result).message).toBe('The event has no such survey [item 0]');
		expect(errorOf(result).description).toContain('"Survey"');
	});

	test('refuses an empty answer', async () => {
		const result = await rig.run('surveyAnswer: create', mapped(null));

		expect(errorOf(result).message).toBe('There is no answer [item 0]');
		expect(rig.calls()).toEqual([]);
	});

	test.each([
		[2, undefined, 'The survey is not enabled'],
		[0, 'business_conference_meetings', 'The survey is of type attendee'],
	])('shows Eventtia’s message: survey %i of type %s', async (index, surveyType, words) => {
		const result = await rig.run('surveyAnswer: create', {
			surveyId: survey(index).id,
			additionalFields: { answersJson: `{"${LIKE}": 1}`, ...(surveyType ? { surveyType } : {}) },
		});

		expect(errorOf(result)).toMatchObject({ message: `${words} [item 0]`, httpCode: '400' });
	});

	test('is not repeated if it may have happened, and says so', async () => {
		const before = rig.state.event().surveys.answersTo(survey()).length;
		rig.fault({ when: { method: 'POST' }, do: { kind: 'statusAfterEffect', status: 502 } });
		const result = await rig.run('surveyAnswer: create', filledIn());

		expect(rig.sent(ANSWERS())).toHaveLength(1);
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expect(rig.state.event().surveys.answersTo(survey())).toHaveLength(before + 1);
	});
});

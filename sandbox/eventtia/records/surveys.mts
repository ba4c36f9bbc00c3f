// Surveys of an event, their questions (`custom_fields`) and answers.

import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import { firstAttendees, pick } from './seeding.mts';

const RATING = 1;
const TEXT = 2;
const CHOICE = 3;
const COMMENTS = ['Very good', 'Good', 'Could be better'];
const HIGHEST_RATING = 5;
const DISABLED = 'Old survey';

export const SURVEY_TYPES = ['attendee', 'business_conference_meetings'] as const;
export type SurveyType = (typeof SURVEY_TYPES)[number];

/** The samples show a number, a string and a list of strings. */
export type AnswerValue = number | string | string[];

/** A question. The document names `custom_fields` and shows none: the shape is assumed. */
export interface SurveyQuestion {
	id: string;
	name: string;
	required: boolean;
	input_type: number;
	options: string[] | null;
}

export interface Survey {
	id: string;
	name: string;
	description: string;
	/** IDs of the attendee types that may answer. */
	entity_ids: string[];
	enabled: boolean;
	survey_type: SurveyType;
	session_type: string;
	updated_at: number;
	questions: SurveyQuestion[];
	/** E-mails of the accounts that have answered. */
	answeredBy: Set<string>;
}

export interface SurveyAnswer {
	id: string;
	surveyId: string;
	entity_id: number;
	entity_type: string;
	/** By the id of the question. */
	values: Record<string, AnswerValue>;
	related_entity_type: string | null;
	related_entity_id: number | null;
}

/** The surveys of one event. */
export class SurveyStore {
	readonly surveys = new Map<string, Survey>();
	readonly answers = new Map<string, SurveyAnswer>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds a survey with a rating, a text and a choice question. */
	add(name: string, surveyType: SurveyType = 'attendee', enabled = true): Survey {
		const { event } = this;
		const question = (label: string, inputType: number, options: string[] | null = null) => ({
			id: event.nextId(),
			name: label,
			required: false,
			input_type: inputType,
			options,
		});
		const survey: Survey = {
			id: event.nextId(),
			name,
			description: 'Here you can put your comments about the commit',
			entity_ids: event.attendeeTypes.all().map(({ id }) => id),
			enabled,
			survey_type: surveyType,
			session_type: 'survey',
			updated_at: wholeSeconds(event.now()),
			questions: [
				question('How did you like it?', RATING),
				question('What could be better?', TEXT),
				question('Will you come again?', CHOICE, ['Yes', 'No', 'Yes/No']),
			],
			answeredBy: new Set(),
		};
		this.surveys.set(survey.id, survey);
		return survey;
	}

	/** Adds an answer of an attendee or, with another `entity_type`, of someone else. */
	answer(
		survey: Survey,
		values: Record<string, AnswerValue>,
		by: Partial<Omit<SurveyAnswer, 'id' | 'surveyId' | 'values'>> & { entity_id: number },
	): SurveyAnswer {
		const answer: SurveyAnswer = {
			entity_type: 'Attendee',
			related_entity_type: null,
			related_entity_id: null,
			...by,
			id: this.event.nextId(),
			surveyId: survey.id,
			values,
		};
		this.answers.set(answer.id, answer);
		return answer;
	}

	answersTo({ id }: Survey): SurveyAnswer[] {
		return Array.from(this.answers.values()).filter(({ surveyId }) => surveyId === id);
	}

	toJSON(): unknown {
		return {
			surveys: Array.from(this.surveys.values(), ({ answeredBy, ...survey }) => ({
				...survey,
				answeredBy: Array.from(answeredBy),
			})),
			answers: Array.from(this.answers.values()),
		};
	}

	private seed(): void {
		const { event } = this;
		const satisfaction = this.add('Satisfaction survey');
		const seeded = [
			satisfaction,
			this.add('Meetings', 'business_conference_meetings'),
			this.add(DISABLED, 'attendee', false),
		];
		for (const survey of seeded) survey.updated_at = event.createdAt;
		const [rating, text, choice] = satisfaction.questions;
		if (!rating || !text || !choice) throw new Error('sandbox: a survey has three questions');
		firstAttendees(event).forEach(({ id }, index) => {
			const values = {
				[rating.id]: 1 + (index % HIGHEST_RATING),
				[text.id]: pick(COMMENTS, index),
				[choice.id]: [pick(choice.options ?? [], index)],
			};
			this.answer(satisfaction, values, { entity_id: Number(id) });
		});
	}
}

/** Survey Answer: Get Many (eventtia.md, "List of Survey Answers"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri, readId, surveyField } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many survey answers',
	description: 'Retrieve a list of answers to a survey, under the words of its questions',
	fields: [eventUriField, surveyField],
	path: (item) =>
		path`/events/${readEventUri(item)}/surveys/${readId(item, surveyField)}/survey_answers`,
});

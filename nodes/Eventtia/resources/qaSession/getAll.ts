/** Q&A Session: Get Many (eventtia.md, "List of Q&A Sessions"; without an example or names for `include`). */
import type { INodeProperties } from 'n8n-workflow';
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

/** Free text, because the document does not say what can be included. */
const includeNames: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
	default: [],
	description: 'Related records to send along, by Eventtia’s names; its document lists none',
};

export const getAll = listOperation({
	action: 'Get many Q&A sessions',
	description: 'Retrieve a list of questions-and-answers sessions of an event',
	fields: [eventUriField],
	options: [includeNames],
	path: (item) => path`/events/${readEventUri(item)}/event_qa_sessions`,
});

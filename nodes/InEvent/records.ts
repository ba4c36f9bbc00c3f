/**
 * The two kinds of entries in InEvent's lists, and their type guards. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { RecordKind } from '../shared/http/api';
import { isObject } from '../shared/values';

/** What the entries of a list are, and how they are checked. */
export interface EntryKind extends RecordKind<IDataObject> {
	/** Identifies an entry; left out where entries have no ID. */
	keyOf?: (entry: IDataObject) => string;
}

/** Records with an ID: attendees, sessions, orders. */
export const RECORDS: EntryKind = {
	isRecord,
	name: 'an entry',
	lacks: 'without an "id"',
	keyOf: ({ id }) => String(id),
};

/** Rows and parts of records, which have no ID in the document. Equal rows are separate rows. */
export const ROWS: EntryKind = { isRecord: isRow, name: 'an entry', lacks: 'with nothing in it' };

/** Whether an entry is a record with an ID. */
export function isRecord(entry: unknown): entry is IDataObject {
	return isObject(entry) && isId(entry.id);
}

function isRow(entry: unknown): entry is IDataObject {
	return isObject(entry) && Object.keys(entry).length > 0;
}

function isId(id: unknown): boolean {
	return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

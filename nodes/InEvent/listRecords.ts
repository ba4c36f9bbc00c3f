/**
 * Reads the list of an operation: its limit and its page size.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { readLimit } from '../shared/fields/lists';
import type { InEventClient } from './client';
import type { EntryKind } from './records';
import { readPageSize } from './fields';

/** Default of *Page Size* for most lists. */
export const DEFAULT_PAGE_SIZE = 100;

/** What an operation lists. */
export interface ListQuery {
	/** With IDs already encoded. */
	path: string;
	/** What the entries are. */
	kind: EntryKind;
	/** The vendor's query parameters, without the page. */
	qs?: IDataObject;
	/** Default of *Page Size*, where it is another one. */
	pageSize?: number;
}

/**
 * @returns up to *Limit* records
 * @throws InputError if the limit or the page size is not valid
 */
export async function listRecords(
	item: ItemParameters,
	client: InEventClient,
	{ path, kind, qs = {}, pageSize = DEFAULT_PAGE_SIZE }: ListQuery,
): Promise<IDataObject[]> {
	const limit = readLimit(item);
	const size = Math.min(readPageSize(item, pageSize), limit);
	return await client.list(path, { ...qs, page_size: size }, limit, kind);
}

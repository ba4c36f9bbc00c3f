/**
 * Lists that the vendor's document only names: they are read like the documented ones.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { readLimit } from '../shared/fields/lists';
import type { EntryKind, InEventClient } from './client';
import { readPageSize } from './fields';

export const UNDOCUMENTED_PAGE_SIZE = 100;

/**
 * @param path of the list, ids encoded
 * @param kind what the entries are
 */
export async function readUndocumentedList(
	item: ItemParameters,
	client: InEventClient,
	path: string,
	kind: EntryKind,
): Promise<IDataObject[]> {
	const limit = readLimit(item);
	const qs = { page_size: readPageSize(item, UNDOCUMENTED_PAGE_SIZE, limit) };
	return await client.list(path, qs, limit, kind);
}

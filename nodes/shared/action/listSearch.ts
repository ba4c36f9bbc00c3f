/**
 * *From List* of a resource locator: opens the vendor's client, reads, filters by what was typed.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { limitsOf } from '../fields/runOptions';
import { searchPage } from '../fields/search';
import { toNodeError } from './nodeError';
import type { ClosableClient, Vendor } from './types';

/** n8n's signature of a list search method. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * @param entries all entries, in any order; they are shown by name
 */
export function listSearchOf<Client extends ClosableClient>(
	vendor: Vendor<Client>,
	entries: (client: Client, context: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>,
): ListSearch {
	return async function (filter, paginationToken) {
		const credentials = await this.getCredentials(vendor.credentialType);
		try {
			const client = vendor.connect({ context: this, credentials, limits: limitsOf({}) });
			try {
				const found = await entries(client, this);
				found.sort((a, b) => a.name.localeCompare(b.name));
				return searchPage(found, filter, paginationToken);
			} finally {
				await client.close?.();
			}
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

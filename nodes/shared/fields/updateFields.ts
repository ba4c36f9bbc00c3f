/**
 * Checks the *Update Fields* of an update.
 */
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../errors';

/** @throws InputError if no field was filled in: the request would change nothing */
export function assertHasChanges(body: IDataObject): void {
	if (Object.keys(body).length > 0) return;
	throw new InputError('There is nothing to update', 'Add a field under "Update Fields".');
}

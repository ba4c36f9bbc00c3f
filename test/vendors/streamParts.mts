/** Parts that the streams of several vendors share. */
import type { IDataObject } from 'n8n-workflow';

/** The ID of an item with a record that has one. */
export const byId = ({ id }: IDataObject): string => String(id);

/** The events that most records have: `bookingCreated` and so on. */
export function lifecycle(record: string) {
	return {
		created: `${record}Created`,
		updated: `${record}Updated`,
		deleted: `${record}Deleted`,
	};
}

/** `2026-01-01T00:00:00.000Z`. */
export function toIso(ms: number): string {
	return new Date(ms).toISOString();
}

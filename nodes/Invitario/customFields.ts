/**
 * Labels for Invitario's custom fields: the API only numbers them, so the user labels them. Pure.
 */
import type { IDataObject } from 'n8n-workflow';

const CUSTOM_FIELD = /^customField(\d+)$/;

/** Labels by the vendor's key (`customField13`). */
export type Labels = ReadonlyMap<string, string>;

/** Whether a key of a guest’s `fields` is a custom field. */
export function isCustomField(key: string): boolean {
	return CUSTOM_FIELD.test(key);
}

/**
 * @param field `customField13` or just `13`
 * @returns the vendor's key; undefined if the text is neither
 */
export function customFieldKey(field: string): string | undefined {
	const text = field.trim();
	if (isCustomField(text)) return text;
	return /^\d+$/.test(text) ? `customField${Number(text)}` : undefined;
}

/**
 * The custom fields of a guest, under their labels. A field without a label keeps its key. If two fields
 * have the same label, the key is added to both, even for a guest who has only one of them, so that a
 * field has the same name throughout the list.
 *
 * @param fields the guest's `fields`
 */
export function applyLabels(fields: IDataObject, labels: Labels): IDataObject {
	const keys = Object.keys(fields).filter(isCustomField);
	const names = [...labels.values(), ...keys.filter((key) => !labels.has(key))];
	return Object.fromEntries(
		keys.map((key) => {
			const name = labels.get(key) ?? key;
			const isAmbiguous = names.indexOf(name) !== names.lastIndexOf(name);
			return [isAmbiguous ? `${name} (${key})` : name, fields[key]];
		}),
	);
}

/**
 * Names for Invitario's numbered custom fields: the API has numbers only, so the person gives the
 * names (operations.md c2; design §4.8). Pure.
 */
import type { IDataObject } from 'n8n-workflow';

const CUSTOM_FIELD = /^customField(\d+)$/;

/** Labels by the vendor's key (`customField13`). */
export type Labels = ReadonlyMap<string, string>;

/** Whether a key of a guest’s `fields` is a numbered custom field. */
export function isCustomField(key: string): boolean {
	return CUSTOM_FIELD.test(key);
}

/**
 * @param field `customField13` or just `13`
 * @returns the vendor's key, or undefined for anything else
 */
export function customFieldKey(field: string): string | undefined {
	const text = field.trim();
	if (isCustomField(text)) return text;
	return /^\d+$/.test(text) ? `customField${Number(text)}` : undefined;
}

/**
 * The custom fields among a guest's `fields`, under their labels. Fields without a label keep their
 * key; where two fields have the same label, each label is followed by its key, also for a guest who
 * has only one of the two: a field has one name in the whole list.
 */
export function labelled(fields: IDataObject, labels: Labels): IDataObject {
	const keys = Object.keys(fields).filter(isCustomField);
	const names = [...labels.values(), ...keys.filter((key) => !labels.has(key))];
	return Object.fromEntries(
		keys.map((key) => {
			const name = labels.get(key) ?? key;
			const shared = names.indexOf(name) !== names.lastIndexOf(name);
			return [shared ? `${name} (${key})` : name, fields[key]];
		}),
	);
}

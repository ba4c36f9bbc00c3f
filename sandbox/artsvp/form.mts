// Reads the form bodies of ARTSVP's samples (`-d golden=true -d tags=["artsvp", "vip"]`) as if they were JSON.

const FLAGS = new Set(['golden', 'register_interest']);
const NUMBERS = new Set(['max_bookings']);
const LISTS = new Set(['tags', 'resource_tags']);
const HASHES = new Set(['meta_data']);
const LIST_ITEM = /^(\w+)\[\]$/;
const HASH_ITEM = /^(\w+)\[([^\]]+)\]$/;

function toTypedValue(name: string, value: string): unknown {
	if (FLAGS.has(name) && (value === 'true' || value === 'false')) return value === 'true';
	if (NUMBERS.has(name) && /^-?\d+$/.test(value)) return Number(value);
	return LISTS.has(name) || HASHES.has(name) ? JSON.parse(value) : value;
}

/**
 * The fields of a form: lists as `tags[]=a` or `tags=["a"]`, hashes as `meta_data[a]=b` or `meta_data={"a":"b"}`.
 * @throws SyntaxError when a list or hash is neither
 */
export function readForm(raw: string): Record<string, unknown> {
	const fields = new Map<string, unknown>();
	for (const [name, value] of new URLSearchParams(raw)) {
		const list = LIST_ITEM.exec(name)?.[1];
		const [, hash, key] = HASH_ITEM.exec(name) ?? [];
		if (list !== undefined) {
			const items = fields.get(list);
			fields.set(list, Array.isArray(items) ? [...items, value] : [value]);
		} else if (hash !== undefined && key !== undefined) {
			fields.set(hash, { ...Object(fields.get(hash)), [key]: value });
		} else {
			fields.set(name, toTypedValue(name, value));
		}
	}
	return Object.fromEntries(fields);
}

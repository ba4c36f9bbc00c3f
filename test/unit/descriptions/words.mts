/** The spelling rules of n8n's UX guidelines, as functions (docs.n8n.io, "ux-guidelines", "node-ui-design"). */

const SMALL_WORDS = new Set(
	'a an and as at but by for from in nor of off on or per so the to up via with yet'.split(' '),
);

/** Verbs of two words, the second of which is not a preposition. */
const TWO_WORD_VERBS = /\b(Log|Sign) In\b/g;

/** Whether each word of a label starts with a capital, except small words in the middle. */
export function isTitleCase(label: string): boolean {
	const words = label.replace(TWO_WORD_VERBS, '$1').split(' ');
	return words.every((word, index) => {
		const isInside = index > 0 && index < words.length - 1;
		if (isInside && SMALL_WORDS.has(word.toLowerCase())) return word === word.toLowerCase();
		return word.split('-').every((part) => /^[("]*[A-Z0-9]/.test(part));
	});
}

const ACRONYM = /^[("]*[A-Z][A-Z&]+s?[)".,:;]*$/;

/** Whether a sentence starts with a capital and has no other, except in acronyms and given names. */
export function isSentenceCase(text: string, names: readonly string[]): boolean {
	const plain = names.reduce((rest, name) => rest.split(name).join('name'), text);
	const [first = '', ...others] = plain.split(' ');
	return (
		(/^[A-Z"]/.test(first) || plain.startsWith('name')) &&
		others.every((word) => !/^[("]*[A-Z]/.test(word) || ACRONYM.test(word))
	);
}

/** The number of sentences in a text; "e.g." and "…/path" do not end one. */
export function sentenceCount(text: string): number {
	return text.replace(/e\.g\./g, 'eg').split(/[.!?](?=\s+\S)/).length;
}

/** A single sentence has no final period; several sentences do (tooltips). */
export function endsAsItShould(text: string): boolean {
	return sentenceCount(text) === 1 ? !text.endsWith('.') : /[.!?]"?$/.test(text);
}

/** Whether texts are in alphabetical order. */
export function isAlphabetical(texts: readonly string[]): boolean {
	const sorted = [...texts].sort((a, b) => a.localeCompare(b));
	return texts.every((text, index) => text === sorted[index]);
}

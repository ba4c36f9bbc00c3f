// How the end-to-end tests of one node run it and ask for its lists.

import { expect } from '@jest/globals';
import {
	type Json,
	type SavedCredential,
	listChoices,
	mapperFields,
	optionChoices,
	runNode,
} from './n8n.mts';
import { expectNoSecret } from './vendors.mts';

/** What is the same in every run of a node. */
export interface NodeUnderTest {
	/** e.g. `n8n-nodes-guestlist.artsvp` */
	type: string;
	/** The credential of runs that are given none. */
	credential: () => SavedCredential;
	/** Parameters that every run has. */
	parameters?: () => Json;
	/** What n8n may save nowhere. */
	secrets: () => readonly string[];
}

/** Something that the editor asks the node for, with what is filled in so far. */
interface Question {
	parameter: string;
	method: string;
	parameters: Json;
	/** What was typed into the search. */
	filter?: string;
}

/** @returns functions that run the node in n8n; every run is searched for secrets */
export function nodeUnderTest({ type, credential, parameters, secrets }: NodeUnderTest) {
	const all = (own: Json): Json => ({ options: {}, ...parameters?.(), ...own });
	const asked = (question: Question) => ({
		...question,
		type,
		parameters: all(question.parameters),
		credential: credential(),
	});

	/** Runs the node, however it ends. */
	const execute = async (own: Json, input?: Json[], as = credential()) => {
		const execution = await runNode({
			type,
			credential: as,
			parameters: all(own),
			...(input === undefined ? {} : { input }),
		});
		expectNoSecret(execution.raw, ...secrets());
		return execution;
	};

	return {
		execute,
		/** Runs the node; it must succeed. */
		run: async (own: Json, input?: Json[], as?: SavedCredential) => {
			const execution = await execute(own, input, as);
			expect(execution.error).toBeUndefined();
			return execution;
		},
		/** What *From List* offers. */
		listed: async (question: Question) => await listChoices(asked(question)),
		/** What a drop-down offers. */
		offered: async (question: Question) => await optionChoices(asked(question)),
		/** The fields of a form, as a resource mapper shows them. */
		form: async (question: Question) => await mapperFields(asked(question)),
	};
}

/** The first record, or the first that matches. @throws Error when there is none */
export function first<T>(records: Iterable<T>, matches: (record: T) => boolean = () => true): T {
	for (const record of records) if (matches(record)) return record;
	throw new Error('the sandbox has no such record');
}

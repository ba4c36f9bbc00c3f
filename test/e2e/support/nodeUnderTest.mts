// How the end-to-end tests of one node run it and request its lists.

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

/** The common settings of all runs of a node. */
export interface NodeUnderTest {
	/** e.g. `n8n-nodes-guestlist.artsvp` */
	type: string;
	/** The default credential of runs. */
	credential: () => SavedCredential;
	/** Parameters of every run. */
	parameters?: () => Json;
	/** Values that n8n must not save anywhere. */
	secrets: () => readonly string[];
}

/** A request of the editor to the node, with the current parameter values. */
interface Question {
	parameter: string;
	method: string;
	parameters: Json;
	/** The typed search text. */
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

	/** Runs the node, whether it succeeds or fails. */
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
		/** The entries of *From List*. */
		listed: async (question: Question) => await listChoices(asked(question)),
		/** The entries of a drop-down. */
		offered: async (question: Question) => await optionChoices(asked(question)),
		/** The fields of a form, as a resource mapper shows them. */
		form: async (question: Question) => await mapperFields(asked(question)),
	};
}

/** The first record, or the first that matches. @throws Error if there is none */
export function first<T>(records: Iterable<T>, matches: (record: T) => boolean = () => true): T {
	for (const record of records) if (matches(record)) return record;
	throw new Error('the sandbox has no such record');
}

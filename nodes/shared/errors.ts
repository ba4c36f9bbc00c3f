/**
 * The two things that can go wrong in an operation, in words for a person: what was given
 * (InputError) and what the vendor answered (CallError). They become n8n's errors at the edge
 * (`action/nodeError.ts`), where the item is known.
 */
import type { Failure } from 'n8n-workflow';

/** Bad input of a person, a credential or an earlier node; a request would not mend it. */
export class InputError extends Error {
	/**
	 * @param message names the field in quotes
	 * @param hint what to do about it
	 */
	constructor(
		message: string,
		readonly hint?: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}

/** What went wrong with a call. Holds no secret and no guest's data. */
export interface Problem {
	/** The vendor's own words where it said any. */
	message: string;
	/** What to do, naming the parameter. */
	hint?: string | undefined;
	status?: number | undefined;
	/** Why, for n8n's own back-off (n8n-workflow `errors/failure.d.ts`). */
	failure?: Failure | undefined;
	/** The write may have happened all the same. */
	ambiguous?: boolean | undefined;
}

/** A call that did not succeed. */
export class CallError extends Error {
	constructor(readonly problem: Problem) {
		super(problem.message);
		this.name = 'CallError';
	}
}

/**
 * The execution was stopped by a person or by n8n; nobody reads an explanation. By the word "canceled"
 * n8n tells such a run from a failed one (n8n-core `workflow-execute.js`, processSuccessExecution).
 */
export class CancelledError extends Error {
	constructor() {
		super('The execution was canceled');
		this.name = 'CancelledError';
	}
}

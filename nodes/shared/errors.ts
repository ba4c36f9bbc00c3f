/**
 * The errors of an operation: bad input (InputError), a failed request (CallError), a stopped execution
 * (CancelledError). They become n8n's errors in `action/nodeError.ts`, where the item is known.
 */
import type { Failure } from 'n8n-workflow';

/** Bad input from a person, a credential or an earlier node. It is found before a request is sent. */
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

/** What went wrong with a request, for people. Contains no secret and no guest's data. */
export interface Problem {
	/** The vendor's own message, where it sent one. */
	message: string;
	/** What to do, naming the parameter. */
	hint?: string | undefined;
	status?: number | undefined;
	/** The cause, for n8n's own back-off (n8n-workflow `errors/failure.d.ts`). */
	failure?: Failure | undefined;
	/** The write may have happened although it failed. */
	ambiguous?: boolean | undefined;
}

/** A request that failed. */
export class CallError extends Error {
	constructor(readonly problem: Problem) {
		super(problem.message);
		this.name = 'CallError';
	}
}

/**
 * The execution was stopped by a person or by n8n; nobody needs an explanation. The word "canceled" is
 * how n8n recognises such a run (n8n-core `workflow-execute.js`, processSuccessExecution).
 */
export class CancelledError extends Error {
	constructor() {
		super('The execution was canceled');
		this.name = 'CancelledError';
	}
}

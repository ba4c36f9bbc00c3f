/**
 * The realm in which n8n and the built nodes run: with `engine-environment.cjs` outside the test file's realm, else
 * inside it.
 */
import { createRequire } from 'node:module';

type Globals = typeof globalThis;

declare global {
	/** Set by `engine-environment.cjs`. */
	// `var` is the only way to declare a property of `globalThis`.
	var workerRealm: (() => { createRequire: typeof createRequire; globals: Globals }) | undefined;
}

/** Creates a `require` whose modules stay loaded for all files of a Jest worker, if the environment allows it. */
export function createEngineRequire(from: string): NodeJS.Require {
	return (globalThis.workerRealm?.().createRequire ?? createRequire)(from);
}

/** The global objects whose timers and clock the test, the sandbox, n8n and the nodes use. */
export function allGlobals(): Globals[] {
	const outer = globalThis.workerRealm?.().globals;
	return outer === undefined ? [globalThis] : [globalThis, outer];
}

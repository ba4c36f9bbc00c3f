/** Makes the waits between attempts shorter, so that tests need not wait for a back-off. */

import { allGlobals } from './worker-realm.mts';

/** Back-offs are shortened by this factor; shorter timers and the timeout of a request stay unchanged. */
const FACTOR = 50;
const SHORTEST_BACK_OFF_MS = 500;
const TIMEOUT_MS = 30_000;

/**
 * Runs work while `setTimeout` calls from half a second to half a minute end 50 times sooner. Only for back-off: a
 * wait that is measured against the clock (`Retry-After`) would end too soon and start again.
 * @returns the result of the work, and the requested waits in ms
 */
export async function withShortWaits<T>(
	work: () => Promise<T>,
): Promise<{ result: T; waits: number[] }> {
	const real = globalThis.setTimeout;
	const waits: number[] = [];
	const shortened = new Proxy(real, {
		apply(target, self, [callback, ms, ...rest]: unknown[]) {
			if (typeof ms !== 'number' || ms < SHORTEST_BACK_OFF_MS || ms >= TIMEOUT_MS) {
				return Reflect.apply(target, self, [callback, ms, ...rest]);
			}
			waits.push(ms);
			return Reflect.apply(target, self, [callback, ms / FACTOR, ...rest]);
		},
	});
	const replaced = allGlobals().map((globals) => ({ globals, original: globals.setTimeout }));
	for (const { globals } of replaced) globals.setTimeout = shortened;
	try {
		return { result: await work(), waits };
	} finally {
		for (const { globals, original } of replaced) globals.setTimeout = original;
	}
}

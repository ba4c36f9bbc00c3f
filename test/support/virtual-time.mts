/** The clock of this process, controlled by tests: n8n, the nodes and the sandbox all read it. */

import { allGlobals } from './worker-realm.mts';

/** Back-offs and waits that a vendor requests; shorter and longer timers stay real. */
const SHORTEST_SKIPPED_MS = 200;
const SHORTEST_KEPT_MS = 30_000;

export interface VirtualTime {
	now(): number;
	/** Advances the time, in milliseconds. */
	pass(ms: number): void;
	/** Sets the time, Unix ms. */
	moveTo(ms: number): void;
	/** Whether the clock only moves when a test advances it. */
	freeze(): void;
	/** Restores the real clock. */
	restore(): void;
}

/**
 * Replaces `Date.now` and `setTimeout`. A timer between {@link SHORTEST_SKIPPED_MS} and {@link SHORTEST_KEPT_MS} ends
 * immediately, and the clock advances by its duration.
 */
export function startVirtualTime(): VirtualTime {
	const realNow = Date.now;
	const realTimeout = globalThis.setTimeout;
	const replaced = allGlobals().map((globals) => ({
		globals,
		setTimeout: globals.setTimeout,
		now: globals.Date.now,
	}));
	let offset = 0;
	let frozenAt: number | undefined;
	const time: VirtualTime = {
		now: () => frozenAt ?? Math.floor(realNow() + offset),
		pass(ms) {
			if (frozenAt !== undefined) frozenAt += ms;
			offset += ms;
		},
		moveTo: (ms) => time.pass(ms - time.now()),
		freeze() {
			frozenAt = time.now();
		},
		restore() {
			for (const { globals, setTimeout, now } of replaced) {
				globals.setTimeout = setTimeout;
				globals.Date.now = now;
			}
		},
	};
	const skipping = new Proxy(realTimeout, {
		apply(target, self, [callback, ms, ...rest]: unknown[]) {
			const isSkipped =
				typeof ms === 'number' && ms >= SHORTEST_SKIPPED_MS && ms < SHORTEST_KEPT_MS;
			if (!isSkipped || typeof callback !== 'function') {
				return Reflect.apply(target, self, [callback, ms, ...rest]);
			}
			const end = () => {
				time.pass(ms);
				Reflect.apply(callback, undefined, rest);
			};
			return Reflect.apply(target, self, [end, 1]);
		},
	});
	for (const { globals } of replaced) {
		globals.setTimeout = skipping;
		globals.Date.now = time.now;
	}
	return time;
}

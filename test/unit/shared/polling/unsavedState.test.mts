/** What one poll leaves to the next one in the same process. */
import { describe, expect, test } from '@jest/globals';

import { remember, resume } from '../../../../nodes/shared/polling/unsavedState.ts';
import type { TriggerState } from '../../../../nodes/shared/polling/state.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
const MINUTE = 60_000;
let nodes = 0;

/** A node that nothing is remembered of. */
function newNode(): string {
	nodes += 1;
	return `workflow node-${nodes}`;
}

const stateOf = (turn: string): TriggerState => ({
	v: 1,
	salt: 'salt',
	revision: turn,
	configurationHash: 'f',
	start: '{"kind":"now"}',
	suppressExisting: false,
	streams: {},
});

describe('takeOver', () => {
	test('gives what n8n saved, where nothing is remembered', () => {
		const saved = { anything: true };

		expect(resume(newNode(), saved, 'a', NOW)).toBe(saved);
		expect(resume(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('goes on from a first poll that n8n did not save', () => {
		const node = newNode();
		const state = stateOf('a');
		remember(node, { previousRevision: undefined, state, emittedAtMs: undefined });

		expect(resume(node, undefined, undefined, NOW + 100 * MINUTE)).toBe(state);
		expect(resume(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('goes on from a quiet poll, saved or not', () => {
		const node = newNode();
		const state = stateOf('a');
		remember(node, { previousRevision: 'a', state, emittedAtMs: undefined });

		expect(resume(node, stateOf('a'), 'a', NOW)).toBe(state);
	});

	test('goes on from items once they are saved', () => {
		const node = newNode();
		const state = stateOf('b');
		remember(node, { previousRevision: 'a', state, emittedAtMs: NOW });

		expect(resume(node, stateOf('b'), 'b', NOW)).toBe(state);
	});

	test('waits while n8n saves items, and gives them again if it never did', () => {
		const node = newNode();
		const saved = stateOf('a');
		remember(node, { previousRevision: 'a', state: stateOf('b'), emittedAtMs: NOW });

		expect(resume(node, saved, 'a', NOW + 50)).toBe('savePending');
		expect(resume(node, saved, 'a', NOW + 29_999)).toBe('savePending');
		expect(resume(node, saved, 'a', NOW + 30_000)).toBe(saved);
		// Our clock was put back: that must not put polls off for long.
		expect(resume(node, saved, 'a', NOW - 30_000)).toBe(saved);
	});

	test('waits also for the items of a very first poll', () => {
		const node = newNode();
		remember(node, { previousRevision: undefined, state: stateOf('a'), emittedAtMs: NOW });

		expect(resume(node, undefined, undefined, NOW + 50)).toBe('savePending');
	});

	test('leaves what n8n saved meanwhile without this process', () => {
		const node = newNode();
		const saved = stateOf('z');
		remember(node, { previousRevision: 'a', state: stateOf('b'), emittedAtMs: undefined });

		expect(resume(node, saved, 'z', NOW)).toBe(saved);
		// What was kept is gone: the node was renamed.
		expect(resume(node, undefined, undefined, NOW)).toBeUndefined();
	});
});

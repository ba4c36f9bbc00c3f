/** The state that one poll leaves to the next one in the same process. */
import { describe, expect, test } from '@jest/globals';

import { remember, resume } from '../../../../nodes/shared/polling/unsavedState.ts';
import type { TriggerState } from '../../../../nodes/shared/polling/state.ts';
import { MINUTE } from '../../../../nodes/shared/time.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
let nodes = 0;

/** A node without a poll so far. */
function newNode(): string {
	nodes += 1;
	return `workflow node-${nodes}`;
}

const stateWith = (revision: string): TriggerState => ({
	v: 1,
	salt: 'salt',
	revision,
	configurationHash: 'hash',
	start: '{"kind":"now"}',
	suppressExisting: false,
	streams: {},
});

describe('resume', () => {
	test('returns the saved state if there was no poll', () => {
		const saved = { anything: true };

		expect(resume(newNode(), saved, 'a', NOW)).toBe(saved);
		expect(resume(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('continues from a first poll that n8n did not save', () => {
		const node = newNode();
		const state = stateWith('a');
		remember(node, { previousRevision: undefined, state, emittedAtMs: undefined });

		expect(resume(node, undefined, undefined, NOW + 100 * MINUTE)).toBe(state);
		expect(resume(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('continues from a poll without items, whether it was saved or not', () => {
		const node = newNode();
		const state = stateWith('a');
		remember(node, { previousRevision: 'a', state, emittedAtMs: undefined });

		expect(resume(node, stateWith('a'), 'a', NOW)).toBe(state);
	});

	test('continues from a poll with items once it is saved', () => {
		const node = newNode();
		const state = stateWith('b');
		remember(node, { previousRevision: 'a', state, emittedAtMs: NOW });

		expect(resume(node, stateWith('b'), 'b', NOW)).toBe(state);
	});

	test('waits while n8n saves, and repeats the items if it never does', () => {
		const node = newNode();
		const saved = stateWith('a');
		remember(node, { previousRevision: 'a', state: stateWith('b'), emittedAtMs: NOW });

		expect(resume(node, saved, 'a', NOW + 50)).toBe('savePending');
		expect(resume(node, saved, 'a', NOW + 29_999)).toBe('savePending');
		expect(resume(node, saved, 'a', NOW + 30_000)).toBe(saved);
		// n8n's clock was set back: polls must not wait for long.
		expect(resume(node, saved, 'a', NOW - 30_000)).toBe(saved);
	});

	test('waits after a first poll with items', () => {
		const node = newNode();
		remember(node, { previousRevision: undefined, state: stateWith('a'), emittedAtMs: NOW });

		expect(resume(node, undefined, undefined, NOW + 50)).toBe('savePending');
	});

	test('returns a state that another process saved', () => {
		const node = newNode();
		const saved = stateWith('z');
		remember(node, { previousRevision: 'a', state: stateWith('b'), emittedAtMs: undefined });

		expect(resume(node, saved, 'z', NOW)).toBe(saved);
		// The state is gone because the node was renamed.
		expect(resume(node, undefined, undefined, NOW)).toBeUndefined();
	});
});

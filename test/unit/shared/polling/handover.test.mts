/** What one poll leaves to the next one in the same process. */
import { describe, expect, test } from '@jest/globals';

import { handOver, takeOver } from '../../../../nodes/shared/polling/handover.ts';
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
	turn,
	fingerprint: 'f',
	start: '{"kind":"now"}',
	quiet: false,
	streams: {},
});

describe('takeOver', () => {
	test('gives what n8n saved, where nothing is remembered', () => {
		const saved = { anything: true };

		expect(takeOver(newNode(), saved, 'a', NOW)).toBe(saved);
		expect(takeOver(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('goes on from a first poll that n8n did not save', () => {
		const node = newNode();
		const state = stateOf('a');
		handOver(node, { before: undefined, state, emittedAtMs: undefined });

		expect(takeOver(node, undefined, undefined, NOW + 100 * MINUTE)).toBe(state);
		expect(takeOver(newNode(), undefined, undefined, NOW)).toBeUndefined();
	});

	test('goes on from a quiet poll, saved or not', () => {
		const node = newNode();
		const state = stateOf('a');
		handOver(node, { before: 'a', state, emittedAtMs: undefined });

		expect(takeOver(node, stateOf('a'), 'a', NOW)).toBe(state);
	});

	test('goes on from items once they are saved', () => {
		const node = newNode();
		const state = stateOf('b');
		handOver(node, { before: 'a', state, emittedAtMs: NOW });

		expect(takeOver(node, stateOf('b'), 'b', NOW)).toBe(state);
	});

	test('waits while n8n saves items, and gives them again if it never did', () => {
		const node = newNode();
		const saved = stateOf('a');
		handOver(node, { before: 'a', state: stateOf('b'), emittedAtMs: NOW });

		expect(takeOver(node, saved, 'a', NOW + 50)).toBe('beingSaved');
		expect(takeOver(node, saved, 'a', NOW + 29_999)).toBe('beingSaved');
		expect(takeOver(node, saved, 'a', NOW + 30_000)).toBe(saved);
		// Our clock was put back: that must not put polls off for long.
		expect(takeOver(node, saved, 'a', NOW - 30_000)).toBe(saved);
	});

	test('waits also for the items of a very first poll', () => {
		const node = newNode();
		handOver(node, { before: undefined, state: stateOf('a'), emittedAtMs: NOW });

		expect(takeOver(node, undefined, undefined, NOW + 50)).toBe('beingSaved');
	});

	test('leaves what n8n saved meanwhile without this process', () => {
		const node = newNode();
		const saved = stateOf('z');
		handOver(node, { before: 'a', state: stateOf('b'), emittedAtMs: undefined });

		expect(takeOver(node, saved, 'z', NOW)).toBe(saved);
		// What was kept is gone: the node was renamed.
		expect(takeOver(node, undefined, undefined, NOW)).toBeUndefined();
	});
});

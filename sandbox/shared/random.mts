// A small seeded random generator, so that a run with faults or seeded people can be repeated exactly.

const UINT32_RANGE = 2 ** 32;
const MULBERRY_STEP = 0x6d2b79f5;

/**
 * The mulberry32 generator.
 * @param seed any integer
 * @returns a function that gives the next number in [0, 1)
 */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + MULBERRY_STEP) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_RANGE;
	};
}

/** The cache holds no more than this: a sandbox with many guests asks for each UUID once. */
const MAX_KEPT_UUIDS = 10_000;
const cachedUuids = new Map<number, string>();

/** The `n`th UUID (formatted as version 4), the same for the same `n`. Each `reset` asks for the same ones again. */
export function nthUuid(n: number): string {
	const existing = cachedUuids.get(n);
	if (existing !== undefined) return existing;
	const uuid = makeUuid(n);
	if (cachedUuids.size < MAX_KEPT_UUIDS) cachedUuids.set(n, uuid);
	return uuid;
}

function makeUuid(n: number): string {
	const random = seededRandom(n);
	let hex = '';
	while (hex.length < 32) {
		hex += Math.floor(random() * UINT32_RANGE)
			.toString(16)
			.padStart(8, '0');
	}
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20),
	].join('-');
}

/** The statistics that the bench needs about its samples. */

/** The middle value; of an even count, the mean of the two in the middle. `NaN` for an empty list. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The median of the ratios of samples taken in the same round: a slow moment of the machine hits both. */
export function pairedRatio(ours: number[], theirs: number[]): number {
	return median(ours.map((value, round) => value / (theirs[round] ?? NaN)));
}

/** Median with minimum and maximum: `3.42 (3.31–3.70) s`. */
export function describe(values: number[], unit: string, digits: number): string {
	const text = (value: number) => value.toFixed(digits);
	if (values.length === 1) return `${text(median(values))} ${unit}`;
	const spread = `${text(Math.min(...values))}–${text(Math.max(...values))}`;
	return `${text(median(values))} (${spread}) ${unit}`;
}

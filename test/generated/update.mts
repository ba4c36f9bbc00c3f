/** Generated files: `npm run generate` writes them, the tests check that they are current. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { expect } from '@jest/globals';

/**
 * Whether `npm run generate` runs (`test/generate.mjs` sets the variable). Tests of what holds only once the files are
 * written and built do not belong to that run: a new operation has no file yet, and none in `dist` until the next build.
 */
export const isGenerating = process.env.GENERATE === '1';

/** Writes the file when `npm run generate` runs, otherwise expects it to hold exactly this. */
export function expectCurrent(file: string, text: string): void {
	if (isGenerating) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
}

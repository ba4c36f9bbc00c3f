/** Generated files: `npm run generate` writes them, the tests check that they are current. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { expect, test } from '@jest/globals';

/** Set by `test/generate.mjs`. */
const IS_UPDATE = process.env.GENERATE === '1';

/**
 * A test of what holds only once the files are written and built: `npm run generate` skips it, because a new operation
 * has no file yet when it starts, and none in `dist` until the next build.
 */
export const testUnlessGenerating = IS_UPDATE ? test.skip : test;

/** Writes the file when `npm run generate` runs, otherwise expects it to hold exactly this. */
export function expectCurrent(file: string, text: string): void {
	if (IS_UPDATE) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
}

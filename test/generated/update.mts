/** Generated files: `npm run generate` writes them, the tests check that they are current. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { expect } from '@jest/globals';

/** Set by `test/generate.mjs`. */
const IS_UPDATE = process.env.GENERATE === '1';

/** Writes the file when `npm run generate` runs, otherwise expects it to hold exactly this. */
export function expectCurrent(file: string, text: string): void {
	if (IS_UPDATE) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
}

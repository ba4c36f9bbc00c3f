// The gates for names and for the direction of imports fail when they should.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { repositoryRoot } from '../../support/paths.mts';

const load = createRequire(join(repositoryRoot(), 'package.json'));
const strings = z.array(z.string());
const { findForbiddenWords, splitWords } = z
	.object({
		findForbiddenWords: z.function().args(z.string(), z.string()).returns(strings),
		splitWords: z.function().args(z.string()).returns(strings),
	})
	.parse(load('./test/gates/words.cjs'));
const { layerFindings } = z
	.object({ layerFindings: z.function().args(z.string(), strings).returns(strings) })
	.parse(load('./tools/imports.cjs'));

describe('words of a name', () => {
	test.each([
		['parseHTTPDate', ['parse', 'http', 'date']],
		['MAX_RETRY_MS', ['max', 'retry', 'ms']],
		['rate-limit.mts', ['rate', 'limit', 'mts']],
		['#oAuth2Token', ['o', 'auth', 'token']],
	])('%s', (name, words) => {
		expect(splitWords(name)).toEqual(words);
	});
});

describe('forbidden words', () => {
	test.each([
		['a variable', 'const standingOf = 1;', 'standingOf'],
		['a type', 'type Mishap = string;', 'Mishap'],
		['a property', 'const a = { holdAll: 1 };', 'holdAll'],
		['a quoted property', "const a = { 'laneOf': 1 };", 'laneOf'],
		['a private member', 'class A { #ledger = 1 }', '#ledger'],
		['adjacent words', 'function recordOrNothing() {}', 'recordOrNothing'],
		['a constant', 'const SPENT_WAIT_MS = 1;', 'SPENT_WAIT_MS'],
	])('%s is found', (_, text, name) => {
		const findings = findForbiddenWords('nodes/a.ts', `\n${text}`);
		expect(findings).toEqual([expect.stringContaining(`nodes/a.ts:2: "${name}"`)]);
	});

	test.each([
		['longer words', 'const planes = outstanding + explained;'],
		['words apart', 'const holdThemAll = 1;'],
		['text', "const text = 'told anew'; // standing aside"],
	])('%s are no finding', (_, text) => {
		expect(findForbiddenWords('nodes/a.ts', text)).toEqual([]);
	});

	test('names of files and folders are found', () => {
		expect(findForbiddenWords('host/leash.mjs', '')).toHaveLength(1);
		expect(findForbiddenWords('nodes/lanes/index.json', '{}')).toHaveLength(1);
	});
});

describe('layers', () => {
	const LAYERS = ['', 'http', 'action'];
	let folder = '';
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function findingsFor(files: Record<string, string>): string[] {
		folder = mkdtempSync(join(tmpdir(), 'layers-'));
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		return layerFindings(folder, LAYERS);
	}

	test('imports from lower layers are allowed', () => {
		const files = {
			'errors.ts': '',
			'http/send.ts': "import '../errors';",
			'action/execute.ts': "import '../http/send'; import '../errors';",
		};
		expect(findingsFor(files)).toEqual([]);
	});

	test('an import that goes up is found, also of types', () => {
		const files = {
			'http/send.ts': "import type { A } from '../action/execute';",
			'action/execute.ts': 'export type A = 1;',
		};
		expect(findingsFor(files)).toEqual([
			'http/send.ts imports action/execute.ts, which is in a higher layer',
		]);
	});

	test('a circle within a layer is found', () => {
		const files = {
			'http/a.ts': "import './b';",
			'http/b.ts': "import './c';",
			'http/c.ts': "import './a';",
		};
		expect(findingsFor(files)).toEqual([
			'imports run in a circle: http/a.ts → http/b.ts → http/c.ts → http/a.ts',
		]);
	});

	test('a folder that is not a layer is found', () => {
		expect(findingsFor({ 'misc/a.ts': '' })).toEqual([expect.stringContaining('folder misc')]);
	});
});
